import type { Text } from '../../domain/kernel.ts'
import { fillTexts, type Values } from './fill.ts'
import type { Block, CheckedKind, CheckMark, PaperHead, PaperMade, PaperTexts, PlainKind } from './model.ts'

type Parts = { before?: Block[]; matter: Block[]; after: Block[] }

const section = (s: { heading?: Text | undefined; lines: Text[] }): Block[] => [
  ...(s.heading ? [{ is: 'heading' as const, text: s.heading }] : []),
  ...s.lines.map((text) => ({ is: 'paragraph' as const, text })),
]

/**
 * One order for all papers: the first section of the pack's text (what is said), the matter (what it is about), the other sections (duties, ways
 * to object), signatures and seal.
 */
export const paper = (
  of: { kind: PlainKind } | { kind: CheckedKind; check: CheckMark },
  head: PaperHead,
  texts: PaperTexts,
  values: Values,
  parts: Parts,
): PaperMade => {
  const filled = fillTexts(texts, values)
  if (!filled.ok) return filled
  const { title, sections } = filled.filled
  const [opening, ...rest] = sections
  const blocks = [...(parts.before ?? []), ...(opening ? section(opening) : []), ...parts.matter, ...rest.flatMap(section), ...parts.after]
  return {
    ok: true,
    model: { ...of, title, number: head.number, issuer: head.issuer, madeAt: head.madeAt, specimen: head.specimen, blocks },
  }
}

/** The place where the authority's seal and date stand. */
export const sealOf = (head: PaperHead): Block => ({
  is: 'places',
  places: [{ is: 'seal', label: { zh: '决定机关（印章）', en: 'Deciding body (seal)' }, name: head.issuer, on: head.issuedOn }],
})
