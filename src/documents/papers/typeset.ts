import { directionOf, type Piece, RIGHT_TO_LEFT, visualOrder } from './bidi.ts'
import { drawable } from './characters.ts'
import { findFont, isComplex, nameOfCodePoint, type Weight, widthOf } from './fonts.ts'
import type { PaperRefusal } from './model.ts'

/** One line, pieces from left to right. `spoken` is the line in reading order where the drawn order or the letter forms differ from it. */
export type Line = { pieces: Piece[]; width: number; spoken?: string }
export type Style = { size: number; weight: Weight; language: 'zh' | 'en' }

/** Thrown inside the composer only, turned into data at its door: a paper is refused as a whole, wherever the fault stands. */
export class CannotSet extends Error {
  refusal: PaperRefusal
  constructor(refusal: PaperRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef\u30fb\u30fc]/u
/** Marks that both languages share; in Chinese text they are a full character wide and belong to the Han font. */
const SHARED = /[“”‘’—…·×]/u
/** Never at the start of a line, never at its end (GB/T 15834 on punctuation at line ends). */
const NOT_FIRST = /^[，。、；：？！）》〉」』】〕〗”’…—·％,.;:?!)\]}%ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u
const NOT_LAST = /[（《〈「『【〔〖“‘([{]$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const splitGraphemes = (text: string): string[] => Array.from(graphemes.segment(text), (s) => s.segment)
const spaces = /^[ \u00a0]+$/

/** A date such as 2026年12月1日 stays on one line. */
const isDate = (before: string, next: string): boolean =>
  (/\d$/.test(before) && /[年月日]/.test(next)) || (/\d[年月]$/.test(before) && /\d/.test(next))

/** Words, single Han characters and spaces; punctuation is glued to what it may not be parted from. */
const tokensOf = (text: string, language: Style['language']): string[] => {
  const atoms = text.match(/[ ]+|[^ ]/gu) ?? []
  const out: string[] = []
  let wordOpen = false
  for (const atom of atoms) {
    const han = HAN.test(atom) || (language === 'zh' && SHARED.test(atom))
    const last = out.at(-1)
    const glued = last !== undefined && !spaces.test(last) && (NOT_FIRST.test(atom) || NOT_LAST.test(last) || isDate(last, atom))
    if (last !== undefined && !spaces.test(atom) && (glued || (wordOpen && !han))) out[out.length - 1] = last + atom
    else out.push(atom)
    wordOpen = !han && !spaces.test(atom)
  }
  return out
}

const pieceOf = (text: string, style: Style): Piece | undefined => {
  const han = HAN.test(text) || (style.language === 'zh' && SHARED.test(text))
  const font = findFont(text, style.weight, han)
  const width = font === undefined ? undefined : widthOf(text, font, style.size)
  return font && width !== undefined ? { text, font, width, dir: directionOf(text) } : undefined
}

/** Cuts a token where script class or direction changes, then picks a font; a part that no single font has is cut by letters. */
const piecesOf = (token: string, style: Style): Piece[] => {
  const sort = (c: string): string => {
    if (HAN.test(c) || (style.language === 'zh' && SHARED.test(c))) return 'han'
    if (RIGHT_TO_LEFT.test(c)) return /\p{N}/u.test(c) ? 'number' : 'right'
    if (/\p{M}|[\u200c\u200d]/u.test(c)) return 'same'
    return /\p{L}/u.test(c) ? 'letter' : /\p{N}/u.test(c) ? 'digit' : 'sign'
  }
  const parts: { text: string; sort: string }[] = []
  const rtl = RIGHT_TO_LEFT.test(token)
  for (const c of token) {
    const s = sort(c)
    const last = parts.at(-1)
    // Letters, digits and signs of left-to-right words stay together, so that kerning and marks do.
    const kind = !rtl && (s === 'letter' || s === 'digit' || s === 'sign') ? 'word' : s
    if (last && (kind === 'same' || last.sort === kind)) last.text += c
    else parts.push({ text: c, sort: kind })
  }
  return parts.flatMap((part) => {
    const whole = pieceOf(part.text, style)
    if (whole) return [whole]
    // Letters that join or reorder must not be cut apart to fit a second font.
    const font = findFont(part.text, style.weight, false)
    if (font && isComplex(font)) throw new CannotSet({ code: 'missingGlyph', codePoint: nameOfCodePoint(part.text) })
    return splitGraphemes(part.text).map((g) => {
      const single = pieceOf(g, style)
      if (single) return single
      const missing = Array.from(g).find((c) => !pieceOf(c, style)) ?? g
      throw new CannotSet({ code: 'missingGlyph', codePoint: nameOfCodePoint(missing) })
    })
  })
}

const widthOfPieces = (pieces: Piece[]): number => pieces.reduce((sum, p) => sum + p.width, 0)

/** Neighbours in one font become one run: fewer operators in the file, and words stay words when copied. */
const merged = (pieces: Piece[]): Piece[] => {
  const out: Piece[] = []
  for (const p of pieces) {
    const last = out.at(-1)
    if (last && last.font === p.font && last.dir !== 'right' && p.dir !== 'right' && !isComplex(p.font)) {
      last.text += p.text
      last.width += p.width
    } else out.push({ ...p })
  }
  return out
}

const lineOf = (pieces: Piece[]): Line => {
  while (pieces.length && spaces.test(pieces.at(-1)!.text)) pieces.pop()
  const line: Line = { pieces: merged(visualOrder(pieces)), width: widthOfPieces(pieces) }
  return pieces.some((p) => isComplex(p.font) || /\p{M}/u.test(p.text)) ? { ...line, spoken: pieces.map((p) => p.text).join('') } : line
}

/**
 * Breaks a text into lines no wider than `width` points. Long names wrap, they are never cut or set smaller; a word longer than a line is broken
 * between letters. Throws `CannotSet` for a character that may not or cannot be drawn.
 */
export const setLines = (text: string, style: Style, width: number): Line[] => {
  const clean = drawable(text)
  if (!clean.ok) throw new CannotSet(clean.refusal)
  return clean.text.split('\n').flatMap((paragraph) => {
    const lines: Line[] = []
    let current: Piece[] = []
    let used = 0
    const flush = () => {
      lines.push(lineOf(current))
      current = []
      used = 0
    }
    const place = (pieces: Piece[]) => {
      current.push(...pieces)
      used += widthOfPieces(pieces)
    }
    for (const token of tokensOf(paragraph, style.language)) {
      const pieces = piecesOf(token, style)
      const needed = widthOfPieces(pieces)
      if (spaces.test(token)) {
        if (current.length) place(pieces)
        continue
      }
      if (used + needed > width && current.length) flush()
      if (needed <= width) {
        place(pieces)
        continue
      }
      for (const g of splitGraphemes(token)) {
        const parts = piecesOf(g, style)
        if (used + widthOfPieces(parts) > width && current.length) flush()
        place(parts)
      }
    }
    if (current.length || lines.length === 0) flush()
    return lines
  })
}
