import type { Day, Text } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Granted, grantValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on the proof that a permit has ended; a next employer files with it. */
export type CancellationCertificateInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  granted: Granted
  endedOn: Day
  endKind: Text
  reason?: Value | undefined
}

/** Certificate that the permit ended on a day, and how. */
export const cancellationCertificateModel = (input: CancellationCertificateInput, texts: PaperTexts): PaperMade => {
  const { place: _, ...granted } = grantValues(input.granted)
  return paper<'cancellationCertificate'>({ kind: 'cancellationCertificate' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      ...granted,
      endedOn: dayText(input.endedOn),
      endKind: input.endKind,
      reason: input.reason,
      decidedOn: dayText(input.issuedOn),
    },
    lists: {},
  })
}
