import type { Day } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper, sealOf } from './paper.ts'
import { type Filing, type Firm, filingFacts, firmFacts, type Person, partyValues, personFacts } from './party.ts'
import { objectionFacts, type PaperReason, reasonPoints } from './refusal.ts'
import { dayText } from './values.ts'

/** What stands on a non-acceptance (不予受理通知书, Licensing Law art. 32). */
export type NonAcceptanceInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  reasons: PaperReason[]
  reviewUntil: Day
  suitUntil: Day
}

/** Notice that the filing is not accepted: why, and what can be done. */
export const nonAcceptanceModel = (input: NonAcceptanceInput, texts: PaperTexts): PaperMade => {
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    item: input.filing.item,
    caseNo: input.filing.caseNo,
    filedOn: dayText(input.filing.filedOn),
    issuedOn: dayText(input.issuedOn),
    reviewUntil: dayText(input.reviewUntil),
    suitUntil: dayText(input.suitUntil),
  }
  return paper({ kind: 'nonAcceptance' }, input, texts, values, {
    matter: [
      {
        is: 'facts',
        rows: [...personFacts(input.person), ...firmFacts(input.employer), ...filingFacts(input.filing, dayText(input.filing.filedOn))],
      },
      { is: 'heading', text: { zh: '不予受理的理由', en: 'Reasons for the non-acceptance' } },
      { is: 'points', items: reasonPoints(input.reasons) },
      ...objectionFacts(input.reviewUntil, input.suitUntil),
    ],
    after: [sealOf(input)],
  })
}
