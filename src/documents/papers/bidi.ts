/** The smallest part of a line: one font, one direction, never broken. */
export type Piece = { text: string; font: string; width: number; dir: 'left' | 'right' | 'number' | 'neutral' }

const MIRROR: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
}

export const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
export const directionOf = (text: string): Piece['dir'] => {
  if (RIGHT_TO_LEFT.test(text) && /\p{L}/u.test(text)) return 'right'
  if (/\p{L}/u.test(text)) return 'left'
  return /\p{N}/u.test(text) ? 'number' : 'neutral'
}

/**
 * Pieces in the order in which they stand on the line from left to right, in a left-to-right paragraph (Unicode Bidirectional Algorithm for two
 * levels: a right-to-left stretch runs from its first to its last right-to-left letter or number, brackets inside it are mirrored).
 */
export const visualOrder = (pieces: Piece[]): Piece[] => {
  const out: Piece[] = []
  for (let i = 0; i < pieces.length; ) {
    if (pieces[i]!.dir !== 'right') {
      out.push(pieces[i]!)
      i += 1
      continue
    }
    let last = i
    for (let j = i + 1; j < pieces.length && pieces[j]!.dir !== 'left'; j += 1) if (pieces[j]!.dir !== 'neutral') last = j
    const stretch = pieces.slice(i, last + 1).reverse()
    out.push(
      ...stretch.map((p) =>
        p.dir === 'neutral'
          ? {
              ...p,
              text: Array.from(p.text, (c) => MIRROR[c] ?? c)
                .reverse()
                .join(''),
            }
          : p,
      ),
    )
    i = last + 1
  }
  return out
}
