import { APOSTROPHES, capital, HYPHENS, latinForms } from './icao-letters.ts'

/** The two spellings under which a Latin word is looked for: without marks (`jorgensen`) and by ICAO Doc 9303 (`joergensen`); small letters and digits only. */
export function spellingsOf(word: string): string[] {
  let bare = ''
  let icao = ''
  for (const letter of word.normalize('NFC')) {
    const forms = latinForms(letter)
    if (forms) {
      icao += forms[0]
      bare += withoutMarks(letter, forms)
    } else if (/[0-9]/.test(letter)) {
      icao += letter
      bare += letter
    }
  }
  return [...new Set([bare.toLowerCase(), icao.toLowerCase()])].filter(Boolean)
}
/** Of several forms the one-letter one is the base letter. */
const withoutMarks = (letter: string, forms: readonly string[]): string =>
  forms.find((form) => form.length === 1 && capital(letter).normalize('NFD').startsWith(form)) ??
  forms.find((form) => form.length === 1) ??
  forms[0] ??
  ''

const HAN = /\p{Script=Han}/u
/** Runs of Chinese characters, and Latin words: at hyphens and apostrophes both parted and joined, since people type both. */
export function wordsOf(text: string): { latin: string[]; han: string[][] } {
  const latin: string[] = []
  const han: string[][] = []
  const chunks = text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}'’‘ʼʻ`´.-]+|(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/u)
  for (const chunk of chunks) {
    const letters = [...chunk]
    if (HAN.test(chunk)) han.push(letters.filter((c) => HAN.test(c)))
    else {
      const parts = letters
        .map((c) => (HYPHENS.test(c) || APOSTROPHES.test(c) ? ' ' : c))
        .join('')
        .split(' ')
        .filter(Boolean)
      latin.push(...parts, ...(parts.length > 1 ? [parts.join('')] : []))
    }
  }
  return { latin, han }
}

/** Trigrams of a word with two spaces on either side, so that a wrong or swapped letter of a word of five leaves the needed share. */
export const trigramsOf = (word: string): string[] => {
  if (word.length < 3) return []
  const padded = `  ${word}  `
  return Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3))
}
