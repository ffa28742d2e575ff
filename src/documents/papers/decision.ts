import type { Day } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Granted, grantValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on a Decision that grants the permit (准予行政许可决定书, Licensing Law art. 38 para. 1). */
export type DecisionInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  granted: Granted
  acceptedOn: Day
  acceptanceNo?: string | undefined
  decidedOn: Day
  /** From the configured public origin, never from a request. */
  checkUrl: string
}

const CAPTION = {
  zh: '扫码或打开下面的网址，核对本决定书是否真实、许可是否有效。',
  en: 'Scan, or open the address below, to see whether this Decision is real and the permit valid.',
}

/** Decision on the grant; for a new permit it is handed over after the originals were seen. */
export const decisionModel = (input: DecisionInput, texts: PaperTexts): PaperMade =>
  paper<'decision'>({ kind: 'decision', check: { url: input.checkUrl, caption: CAPTION } }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      ...grantValues(input.granted),
      acceptedOn: dayText(input.acceptedOn),
      acceptanceNo: input.acceptanceNo,
      decidedOn: dayText(input.decidedOn),
    },
    lists: {},
  })
