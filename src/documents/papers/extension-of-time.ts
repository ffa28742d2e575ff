import type { Day, Text } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper, sealOf } from './paper.ts'
import { type Filing, type Firm, filingFacts, firmFacts, type Person, partyValues, personFacts } from './party.ts'
import { dayText } from './values.ts'

/** What stands on the notice that the office needs longer (延长期限告知书, Licensing Law art. 42): the reason must be told. */
export type ExtensionOfTimeInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  oldDue: Day
  newDue: Day
  added: Text
  reason: Value
}

/** Notice that the decision moves to a later day. */
export const extensionOfTimeModel = (input: ExtensionOfTimeInput, texts: PaperTexts): PaperMade => {
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    item: input.filing.item,
    caseNo: input.filing.caseNo,
    filedOn: dayText(input.filing.filedOn),
    issuedOn: dayText(input.issuedOn),
    oldDue: dayText(input.oldDue),
    newDue: dayText(input.newDue),
    added: input.added,
    reason: input.reason,
  }
  return paper({ kind: 'extensionOfTime' }, input, texts, values, {
    matter: [
      {
        is: 'facts',
        rows: [
          ...personFacts(input.person),
          ...firmFacts(input.employer),
          ...filingFacts(input.filing, dayText(input.filing.filedOn)),
          { label: { zh: '原决定期限', en: 'Decision was due' }, value: dayText(input.oldDue), show: 'half' },
          { label: { zh: '延长', en: 'Extended by' }, value: input.added, show: 'half' },
          { label: { zh: '新的决定期限', en: 'Decision is now due' }, value: dayText(input.newDue), show: 'strong' },
          { label: { zh: '延长理由', en: 'Reason' }, value: input.reason },
        ],
      },
    ],
    after: [sealOf(input)],
  })
}
