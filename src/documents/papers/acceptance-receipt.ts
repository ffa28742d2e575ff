import type { Day, Text } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper, sealOf } from './paper.ts'
import { type Filing, type Firm, filingFacts, firmFacts, type Person, partyValues, personFacts } from './party.ts'
import { dayText } from './values.ts'

/** A paper as it was received: its form (original, commitment, owed) in words of the pack. */
export type ReceivedPaper = { code: string; title: Text; form: Text; pages?: number | undefined }

/** What stands on an acceptance receipt (受理单, Licensing Law art. 32). */
export type AcceptanceReceiptInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  /** `byLaw`: nobody answered within the period, so the filing counts as accepted from its day of filing. */
  accepted: { by: 'officer' | 'law'; on: Day }
  decideBy: Day
  /** The days off of that year are not published yet. */
  provisional: boolean
  papers: ReceivedPaper[]
}

/** Receipt for an accepted filing: what was handed in and until when the office decides. */
export const acceptanceReceiptModel = (input: AcceptanceReceiptInput, texts: PaperTexts): PaperMade => {
  const due = dayText(input.decideBy)
  const decideBy = input.provisional
    ? { zh: `${due.zh}（暂定，放假安排公布后重新计算）`, en: `${due.en} (provisional until the days off are published)` }
    : due
  const how = {
    officer: { zh: '经审核受理', en: 'By the office' },
    law: { zh: '逾期未告知，自收到申请之日起视为受理', en: 'By law: no answer within the period' },
  }[input.accepted.by]
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    item: input.filing.item,
    caseNo: input.filing.caseNo,
    filedOn: dayText(input.filing.filedOn),
    acceptedOn: dayText(input.accepted.on),
    decideBy,
    issuedOn: dayText(input.issuedOn),
  }
  return paper({ kind: 'acceptanceReceipt' }, input, texts, values, {
    matter: [
      {
        is: 'facts',
        rows: [
          ...personFacts(input.person),
          ...firmFacts(input.employer),
          ...filingFacts(input.filing, dayText(input.filing.filedOn)),
          { label: { zh: '受理日期', en: 'Accepted on' }, value: dayText(input.accepted.on), show: 'half' },
          { label: { zh: '受理方式', en: 'How' }, value: how },
          { label: { zh: '决定期限', en: 'Decision by' }, value: decideBy, show: 'strong' },
        ],
      },
      { is: 'heading', text: { zh: '收到的材料', en: 'Papers received' } },
      {
        is: 'table',
        columns: [
          { title: { zh: '序号', en: 'No.' }, share: 8 },
          { title: { zh: '材料', en: 'Paper' }, share: 52 },
          { title: { zh: '形式', en: 'Form' }, share: 30 },
          { title: { zh: '页数', en: 'Pages' }, share: 10 },
        ],
        rows: input.papers.map((p, i): Value[] => [String(i + 1), p.title, p.form, p.pages === undefined ? '—' : String(p.pages)]),
      },
    ],
    after: [sealOf(input)],
  })
}
