import type { Day, Text } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper, sealOf } from './paper.ts'
import { type Filing, type Firm, filingFacts, firmFacts, type Person, partyValues, personFacts } from './party.ts'
import { dayText } from './values.ts'

/** One point to correct: the field or paper, what is wrong, what to do. */
export type PaperDefect = { where: Text; reason: Text; remedy: Text; law?: string | undefined; remark?: string | undefined }

/** What stands on the one-time notice of all defects (补正一次性告知书, Licensing Law art. 32). */
export type DeficiencyNoticeInput = PaperHead & { person: Person; employer: Firm; filing: Filing; defects: PaperDefect[]; correctBy: Day }

/** Everything to correct, told at once: what is not named here cannot be asked later unless it is new. */
export const deficiencyNoticeModel = (input: DeficiencyNoticeInput, texts: PaperTexts): PaperMade => {
  const count = input.defects.length
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    item: input.filing.item,
    caseNo: input.filing.caseNo,
    filedOn: dayText(input.filing.filedOn),
    issuedOn: dayText(input.issuedOn),
    correctBy: dayText(input.correctBy),
    defectCount: String(count),
  }
  return paper({ kind: 'deficiencyNotice' }, input, texts, values, {
    matter: [
      {
        is: 'facts',
        rows: [
          ...personFacts(input.person),
          ...firmFacts(input.employer),
          ...filingFacts(input.filing, dayText(input.filing.filedOn)),
          { label: { zh: '补正截止日期', en: 'Correct by' }, value: dayText(input.correctBy), show: 'strong' },
        ],
      },
      {
        is: 'heading',
        text: { zh: `需要补正的内容（共 ${count} 处）`, en: count === 1 ? 'To correct (1 point)' : `To correct (${count} points)` },
      },
      {
        is: 'points',
        items: input.defects.map((d) => ({
          title: d.where,
          lines: [
            { label: { zh: '问题', en: 'What is wrong' }, value: d.reason },
            ...(d.law ? [{ label: { zh: '依据', en: 'Legal basis' }, value: d.law }] : []),
            ...(d.remark ? [{ label: { zh: '说明', en: 'Remark' }, value: d.remark }] : []),
            { label: { zh: '办法', en: 'What to do' }, value: d.remedy },
          ],
        })),
      },
    ],
    after: [sealOf(input)],
  })
}
