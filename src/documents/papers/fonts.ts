import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'

/** A font file of `assets/fonts/`, by the name under which it is embedded. */
export type FontKey = string

/** Scripts beyond Latin, Greek, Cyrillic and Han: one small font each. They have no bold; a name in them stands in regular weight. */
const SCRIPTS = ['Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Armenian', 'Georgian', 'Bengali', 'Tamil', 'Sinhala', 'Lao', 'Ethiopic']
const scriptFiles = [...SCRIPTS.map((s) => `NotoSans${s}_400Regular`), 'NanumGothic_400Regular']
const HAN = { regular: 'NotoSansSC_400Regular', bold: 'NotoSansSC_700Bold' }
const LATIN = { regular: 'NotoSans_400Regular', bold: 'NotoSans_700Bold' }
export type Weight = keyof typeof HAN

const opened = new Map<FontKey, Font>()
/** The font, read and parsed once in the life of the process; parsing the Han font anew for each paper costs most of its time. */
export const openFont = (key: FontKey): Font => {
  const known = opened.get(key)
  if (known) return known
  const font = create(readFileSync(new URL(`../../../assets/fonts/${key}.ttf`, import.meta.url)))
  if (!('layout' in font)) throw new Error(`font file ${key} is a collection, not one font`)
  opened.set(key, font)
  return font
}

/**
 * Forgets which character asked for a glyph first. Two characters may share a glyph; the fonts live as long as the process, and without this the
 * text inside a file would depend on the papers made before it.
 */
export const forgetGlyphs = (): void => {
  for (const font of opened.values()) font._glyphs = {}
}

/** The glyphs of a text set letter by letter, as `font/glyph`, beside the letters. */
export const glyphsOf = (text: string, key: FontKey): { glyph: string; letter: string }[] =>
  Array.from(text, (letter) => ({ glyph: `${key}/${openFont(key).glyphForCodePoint(letter.codePointAt(0)!).id}`, letter }))

const coverage = new Map<FontKey, Set<number>>()
const covers = (key: FontKey, codePoint: number): boolean => {
  const known = coverage.get(key) ?? new Set(openFont(key).characterSet)
  coverage.set(key, known)
  return known.has(codePoint)
}

/** Joiners shape their neighbours and draw nothing; each font of a script that needs them handles them. */
const codePointsOf = (text: string): number[] => Array.from(text, (c) => c.codePointAt(0)!).filter((c) => c !== 0x200c && c !== 0x200d)

/**
 * The first font that has a glyph for every code point of the text, asked **before** anything is drawn: a font without a glyph would print
 * an empty box over a person's name. `han` puts the Han font first, for Chinese text and its punctuation.
 */
export const findFont = (text: string, weight: Weight, han: boolean): FontKey | undefined => {
  const points = codePointsOf(text)
  const order = han ? [HAN[weight], LATIN[weight], ...scriptFiles] : [LATIN[weight], ...scriptFiles, HAN[weight]]
  return order.find((key) => points.every((point) => covers(key, point)))
}

/** Fonts whose scripts join or reorder letters; text set in them also carries its letters in reading order for copying and reading aloud. */
export const isComplex = (key: FontKey): boolean => key !== 'NanumGothic_400Regular' && scriptFiles.includes(key)

const widths = new Map<string, number>()
/**
 * Letters with their marks are drawn as the one glyph that the font has for them; taken apart (feature `ccmp`) they would no longer copy as typed.
 * Only a text that keeps separate marks after canonical composition needs the feature, as do the scripts that join.
 */
export const featuresFor = (text: string, key: FontKey): Record<string, boolean> =>
  isComplex(key) || /\p{M}/u.test(text) ? {} : { ccmp: false }

/**
 * Advance width in points; `undefined` where the shaper cannot set this text in this font (it throws on anchors that a font leaves empty).
 * Single characters are kept, since Chinese text is measured character by character.
 */
export const widthOf = (text: string, key: FontKey, size: number): number | undefined => {
  const font = openFont(key)
  const id = text.length <= 2 && codePointsOf(text).length === 1 ? `${key}/${text}` : undefined
  const known = id === undefined ? undefined : widths.get(id)
  try {
    const units = known ?? font.layout(text, featuresFor(text, key)).advanceWidth
    if (id !== undefined && known === undefined) widths.set(id, units)
    return (units * size) / font.unitsPerEm
  } catch {
    return undefined
  }
}

/** `U+1F600`: how a refusal names a character without showing it. */
export const nameOfCodePoint = (c: string): string => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
