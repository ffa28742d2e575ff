import type { Day, Text } from '../../domain/kernel.ts'
import type { Block, Point, Value } from './model.ts'
import { NONE } from './values.ts'

/** A list as a block, or nothing where it is empty, so that its heading falls away with it. */
const points = (items: Point[]): Block[] => (items.length ? [{ is: 'points', items }] : [])

/** A reason of the pack, with the officer's words where there are any (in the language in which they were written). */
export type PaperReason = { text: Text; law?: string | undefined; remedy?: Text | undefined; remark?: string | undefined }
export const reasonList = (reasons: PaperReason[]): Block[] =>
  points(
    reasons.map((r) => ({
      title: r.text,
      lines: [
        ...(r.law ? [{ label: { zh: '依据', en: 'Legal basis' }, value: r.law }] : []),
        ...(r.remark ? [{ label: { zh: '说明', en: 'Remark' }, value: r.remark }] : []),
        ...(r.remedy ? [{ label: { zh: '办法', en: 'Way out' }, value: r.remedy }] : []),
      ],
    })),
  )

/** One point to correct: the field or paper, what is wrong, what to do. */
export type PaperDefect = { where: Text; reason: Text; remedy: Text; law?: string | undefined; remark?: string | undefined }
export const defectList = (defects: PaperDefect[]): Block[] =>
  points(
    defects.map((d) => ({
      title: d.where,
      lines: [
        { label: { zh: '问题', en: 'What is wrong' }, value: d.reason },
        ...(d.law ? [{ label: { zh: '依据', en: 'Legal basis' }, value: d.law }] : []),
        ...(d.remark ? [{ label: { zh: '说明', en: 'Remark' }, value: d.remark }] : []),
        { label: { zh: '办法', en: 'What to do' }, value: d.remedy },
      ],
    })),
  )

/** A paper as it was handed in or shown, and in which form or with which result, in words of the pack. */
export type ListedPaper = { title: Text; note: Text; pages?: number | undefined }
export const paperList = (papers: ListedPaper[], note: Text): Block[] =>
  papers.length === 0
    ? []
    : [
        {
          is: 'table',
          columns: [
            { title: { zh: '序号', en: 'No.' }, share: 7 },
            { title: { zh: '材料', en: 'Paper' }, share: 52 },
            { title: note, share: 32 },
            { title: { zh: '页数', en: 'Pages' }, share: 9 },
          ],
          rows: papers.map((p, i): Value[] => [String(i + 1), p.title, p.note, p.pages === undefined ? NONE : String(p.pages)]),
        },
      ]

export type FamilyMember = { relation: Text; fullName: string; bornOn: Day; nationality: Text; passportNumber: string }
export const familyList = (family: FamilyMember[]): Block[] =>
  family.length === 0
    ? []
    : [
        {
          is: 'table',
          columns: [
            { title: { zh: '关系', en: 'Relation' }, share: 13 },
            { title: { zh: '姓名', en: 'Name in the passport' }, share: 37 },
            { title: { zh: '出生日期', en: 'Born on' }, share: 16 },
            { title: { zh: '国籍', en: 'Nationality' }, share: 17 },
            { title: { zh: '护照号码', en: 'Passport number' }, share: 17 },
          ],
          rows: family.map((m): Value[] => [m.relation, m.fullName, m.bornOn, m.nationality, m.passportNumber]),
        },
      ]

/** Plain numbered statements (commitments). */
export const textList = (texts: Text[]): Block[] => points(texts.map((title) => ({ title, lines: [] })))
