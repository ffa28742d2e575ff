import type { Day, Text } from '../../domain/kernel.ts'
import { type ListedPaper, paperList } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Person, personValues } from './party.ts'
import { dayText, NONE } from './values.ts'

/** What stands on the receipt of a visit at the window: what matched, what is left, what was handed over. */
export type CollectionReceiptInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  visitedOn: Day
  /** Who came: the person, or somebody with a power of attorney. */
  presenter: Value
  originals: ListedPaper[]
  /** What is still to bring, and by when; none when the visit finished the check. */
  left: { papers: ListedPaper[]; dueOn: Day } | undefined
  /** Papers handed over at this visit. */
  collected: Text | undefined
}

/** Receipt of a window visit (原件核验和领取回执). */
export const collectionReceiptModel = (input: CollectionReceiptInput, texts: PaperTexts): PaperMade =>
  paper<'collectionReceipt'>({ kind: 'collectionReceipt' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      visitedOn: dayText(input.visitedOn),
      presenter: input.presenter,
      dueOn: input.left && dayText(input.left.dueOn),
      collected: input.collected ?? NONE,
    },
    lists: {
      originals: paperList(input.originals, { zh: '结果', en: 'Result' }),
      originalsLeft: paperList(input.left?.papers ?? [], { zh: '原因', en: 'Why' }),
    },
  })
