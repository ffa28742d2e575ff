import type { Day, Text } from '../../domain/kernel.ts'
import type { Block, Fact, PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper, sealOf } from './paper.ts'
import { type Firm, firmName, nameFact, nationalityFact, type Person, partyValues, passportFact } from './party.ts'
import { classText, dayText, monthsText, NONE, pair, sexText, spanText } from './values.ts'

export type FamilyMember = { relation: Text; fullName: string; bornOn: Day; nationality: Text; passportNumber: string }

/** What stands on a Work Permit Notice (外国人工作许可通知). The permit number is on it, so that its holder can open the card with it. */
export type NoticeInput = PaperHead & {
  person: Person
  employer: Firm
  class: 'A' | 'B' | 'C'
  permitNumber: string
  post?: { zh: string; en?: string | undefined } | undefined
  region: Text
  approvedMonths: number
  /** Validity of the permit. */
  validFrom: Day
  validUntil: Day
  /** Last day on which the Notice itself can be used for a visa and entry. */
  useBy: Day
  family: FamilyMember[]
  /** Where the visa will be asked for; none for a filing inside the mainland. */
  consularPost?: Text | undefined
  checkUrl: string
}

const familyBlocks = (family: FamilyMember[]): Block[] =>
  family.length === 0
    ? []
    : [
        { is: 'heading', text: { zh: `随行家属（共 ${family.length} 人）`, en: `Accompanying family (${family.length})` } },
        {
          is: 'table',
          columns: [
            { title: { zh: '关系', en: 'Relation' }, share: 13 },
            { title: { zh: '姓名', en: 'Name as in the passport' }, share: 37 },
            { title: { zh: '出生日期', en: 'Born on' }, share: 16 },
            { title: { zh: '国籍', en: 'Nationality' }, share: 17 },
            { title: { zh: '护照号码', en: 'Passport number' }, share: 17 },
          ],
          rows: family.map((m): Value[] => [m.relation, m.fullName, m.bornOn, m.nationality, m.passportNumber]),
        },
      ]

/** Work Permit Notice: proof of the grant before entry, with the code by which anyone can ask whether it is real. */
export const noticeModel = (input: NoticeInput, texts: PaperTexts): PaperMade => {
  const post = input.post ? pair(input.post.zh, input.post.en) : NONE
  const facts: Fact[] = [
    nameFact(input.person),
    { label: { zh: '工作许可号码', en: 'Work permit number' }, value: input.permitNumber, show: 'strong' },
    { label: { zh: '性别', en: 'Sex' }, value: sexText(input.person.sex), show: 'half' },
    nationalityFact(input.person),
    passportFact(input.person),
    { label: { zh: '类别', en: 'Class' }, value: classText(input.class), show: 'half' },
    { label: { zh: '用人单位', en: 'Employer' }, value: firmName(input.employer) },
    ...(input.post ? [{ label: { zh: '岗位', en: 'Post' }, value: post, show: 'half' as const }] : []),
    { label: { zh: '工作地区', en: 'Place of work' }, value: input.region, show: 'half' },
    { label: { zh: '批准期限', en: 'Approved term' }, value: monthsText(input.approvedMonths), show: 'half' },
    { label: { zh: '许可有效期', en: 'Permit valid' }, value: spanText(input.validFrom, input.validUntil), show: 'half' },
    { label: { zh: '通知使用期限', en: 'Use this Notice until' }, value: dayText(input.useBy), show: 'half' },
    ...(input.consularPost
      ? [{ label: { zh: '签证申请地', en: 'Visa applied for at' }, value: input.consularPost, show: 'half' as const }]
      : []),
  ]
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    permitNumber: input.permitNumber,
    class: classText(input.class),
    post,
    region: input.region,
    approvedMonths: monthsText(input.approvedMonths),
    validFrom: dayText(input.validFrom),
    validUntil: dayText(input.validUntil),
    validity: spanText(input.validFrom, input.validUntil),
    issuedOn: dayText(input.issuedOn),
    useBy: dayText(input.useBy),
    familyCount: String(input.family.length),
    consularPost: input.consularPost ?? NONE,
    checkUrl: input.checkUrl,
  }
  const caption = {
    zh: '扫码或打开下面的网址，核对本通知是否真实、许可是否有效。',
    en: 'Scan, or open the address below, to see whether this Notice is real and the permit valid.',
  }
  return paper({ kind: 'notice', check: { url: input.checkUrl, caption } }, input, texts, values, {
    matter: [{ is: 'facts', rows: facts }, ...familyBlocks(input.family)],
    after: [sealOf(input)],
  })
}
