import { type PaperReason, reasonList } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Objection, objectionValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on a non-acceptance (不予受理决定书, Licensing Law art. 32). */
export type NonAcceptanceInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  reasons: PaperReason[]
  objection: Objection
}

/** Decision not to accept the filing: why, and what can be done. */
export const nonAcceptanceModel = (input: NonAcceptanceInput, texts: PaperTexts): PaperMade =>
  paper<'nonAcceptance'>({ kind: 'nonAcceptance' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      ...objectionValues(input.objection),
      decidedOn: dayText(input.issuedOn),
    },
    lists: { reasons: reasonList(input.reasons) },
  })
