import type { Day } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on the notice that the office needs longer (延长审批期限告知书, Licensing Law art. 42): the reason must be told. */
export type ExtensionOfTimeInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  oldDue: Day
  decideBy: Day
  /** Working days added. */
  days: number
  reason: Value
}

/** Notice that the decision moves to a later day. */
export const extensionOfTimeModel = (input: ExtensionOfTimeInput, texts: PaperTexts): PaperMade =>
  paper<'extensionOfTime'>({ kind: 'extensionOfTime' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      oldDue: dayText(input.oldDue),
      decideBy: dayText(input.decideBy),
      days: String(input.days),
      reason: input.reason,
    },
    lists: {},
  })
