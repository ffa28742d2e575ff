/**
 * Letters of passports in the A to Z of the machine-readable zone (ICAO Doc 9303 part 3, section 6), in capitals. The first form is the one that our own lines
 * use; the others are recommended there too. Letters that are A to Z with marks need no line: they lose the marks.
 */
const LATIN: Readonly<Record<string, readonly string[]>> = {
  Ä: ['AE', 'A'],
  Å: ['AA', 'A'],
  Æ: ['AE'],
  Ð: ['D'],
  Đ: ['D'],
  Ə: ['E'],
  Ħ: ['H'],
  İ: ['I'],
  Ĳ: ['IJ'],
  ĸ: ['Q'],
  Ŀ: ['L'],
  Ł: ['L'],
  Ñ: ['N', 'NXX'],
  Ŋ: ['N'],
  Ö: ['OE', 'O'],
  Ø: ['OE', 'O'],
  Œ: ['OE'],
  ẞ: ['SS'],
  Þ: ['TH'],
  Ŧ: ['T'],
  Ü: ['UE', 'UXX', 'U'],
}
/** Cyrillic letters by the same section, in the reading that most states share; a passport with another reading brings its own line. */
const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  `А A Б B В V Г G Д D Е E Ё E Ж ZH З Z И I Й I К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х KH Ц TS Ч CH Ш SH Щ SHCH Ъ IE Ы Y Э E Ю IU Я IA
  І I Ї I Є IE Ґ G Ў U Ђ D Ѓ G Ѕ DZ Ј J Љ LJ Њ NJ Ћ C Ќ K Џ DZ Ѵ Y Ѫ U`
    .split(/\s+/)
    .flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1] ?? '']] : [])),
)
// The soft sign has no sound and no place in the zone.
const SILENT = 'Ь'

/** Capitals, composed: the form in which letters are compared. `ß` stays one letter. */
export const capital = (letter: string): string => (letter === 'ß' ? 'ẞ' : letter.normalize('NFC').toUpperCase().normalize('NFC'))

/** The letter without its marks, where an A to Z is left. */
const bare = (upper: string): string | undefined => {
  const base = upper.normalize('NFD').replace(/\p{M}/gu, '')
  return /^[A-Z]$/.test(base) ? base : undefined
}

/** The forms of a Latin letter in A to Z, the usual one first; undefined for anything that no passport prints as a Latin letter. */
export function latinForms(letter: string): readonly string[] | undefined {
  const upper = capital(letter)
  const listed = Object.hasOwn(LATIN, upper) ? LATIN[upper] : undefined
  if (listed) return listed
  // A long s or an ordinal sign turns into a plain capital too, but is not one.
  if (upper !== letter && upper.toLowerCase().normalize('NFC') !== letter.normalize('NFC') && letter !== 'ı') return undefined
  const base = bare(upper)
  return base === undefined ? undefined : [base]
}

/** The form of any letter in the machine-readable zone; empty for what has no place there. */
export function mrzLetters(letter: string): string {
  const upper = capital(letter)
  if (upper === SILENT) return ''
  if (Object.hasOwn(CYRILLIC, upper)) return CYRILLIC[upper] ?? ''
  return latinForms(letter)?.[0] ?? bare(upper) ?? ''
}

/** What stands between letters in a name without being one: spaces, hyphens, apostrophes, points and commas. Invisible characters are not among them. */
export const SPACES = /[\p{Zs}\t]/u
export const HYPHENS = /[-\u2010-\u2015\u2212]/u
export const APOSTROPHES = /['\u2018\u2019\u02BB\u02BC`\u00B4.,]/u
