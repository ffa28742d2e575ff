import type { Day } from '../../domain/kernel.ts'
import { type PaperReason, reasonList } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Objection, objectionValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on a refusal (不予行政许可决定书): reasons and both ways to object (Licensing Law art. 38 para. 2). */
export type RefusalInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  acceptedOn: Day
  decidedOn: Day
  reasons: PaperReason[]
  objection: Objection
}

/** Decision that refuses the permit. */
export const refusalModel = (input: RefusalInput, texts: PaperTexts): PaperMade =>
  paper<'refusal'>({ kind: 'refusal' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      ...objectionValues(input.objection),
      acceptedOn: dayText(input.acceptedOn),
      decidedOn: dayText(input.decidedOn),
    },
    lists: { reasons: reasonList(input.reasons) },
  })
