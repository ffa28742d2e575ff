import { fillText } from './fill.ts'
import { type Lists, layOut } from './lay-out.ts'
import type { Block, CheckedKind, CheckMark, ModelKind, PaperHead, PaperMade, PaperTexts, PlainKind, Value } from './model.ts'
import type { ListName, ValueName } from './placeholders.ts'

/** What a kind of paper must offer to its texts: exactly the names of its line in `placeholders.ts`. */
export type Offered<K extends ModelKind> = { values: Record<ValueName<K>, Value | undefined>; lists: Record<ListName<K>, Block[]> }

type Of<K extends ModelKind> = K extends CheckedKind ? { kind: K; check: CheckMark } : { kind: K & PlainKind }

/** Fills and lays out the pack's text; further sheets (commitments) follow with titles of their own. */
export const paper = <K extends ModelKind>(
  of: Of<K>,
  head: PaperHead,
  texts: PaperTexts,
  offered: Offered<K>,
  sheets: PaperTexts[] = [],
): PaperMade => {
  const lists: Lists = offered.lists
  const blocks: Block[] = []
  const title = fillText(texts.title, offered.values)
  if (!title.ok) return title
  for (const [i, sheet] of [texts, ...sheets].entries()) {
    const own = fillText(sheet.title, offered.values)
    if (!own.ok) return own
    if (i > 0) blocks.push({ is: 'sheet', title: own.filled ?? sheet.title })
    const laid = layOut(sheet, offered.values, lists)
    if (!laid.ok) return laid
    blocks.push(...laid.filled)
  }
  const { number, issuer, madeAt, specimen } = head
  // The compiler cannot see that `of` and its kind belong together in the union.
  return {
    ok: true,
    model: { ...of, title: title.filled ?? texts.title, number, issuer, madeAt, specimen, blocks } as Extract<
      PaperMade,
      { ok: true }
    >['model'],
  }
}
