import type { Day } from '../../domain/kernel.ts'
import { type ListedPaper, paperList } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on an acceptance receipt (受理单, Licensing Law art. 32). */
export type AcceptanceReceiptInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  /** `law`: nobody answered within the period, so the filing counts as accepted from the day it was filed. */
  accepted: { by: 'officer' | 'law'; on: Day }
  decideBy: Day
  /** The days off of that year are not published yet. */
  provisional: boolean
  papers: ListedPaper[]
}

/** Receipt for an accepted filing: what was handed in, and until when the office decides. */
export const acceptanceReceiptModel = (input: AcceptanceReceiptInput, texts: PaperTexts): PaperMade => {
  const due = dayText(input.decideBy)
  return paper<'acceptanceReceipt'>({ kind: 'acceptanceReceipt' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      acceptedOn: dayText(input.accepted.on),
      decideBy: input.provisional ? { zh: `${due.zh}（暂定）`, en: `${due.en} (provisional)` } : due,
      basis: {
        officer: { zh: '经审核受理', en: 'Accepted by the office' },
        law: { zh: '逾期未告知，自收到申请之日起视为受理', en: 'Accepted by law: no answer came within the period' },
      }[input.accepted.by],
    },
    lists: { papers: paperList(input.papers, { zh: '形式', en: 'Form' }) },
  })
}
