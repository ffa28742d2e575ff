import { identifiersOf, type NameParts } from './full-name.ts'
import { APOSTROPHES, capital, HYPHENS, latinForms, SPACES } from './icao-letters.ts'
import { MRZ_PLACES, mrzName } from './mrz-name.ts'

// A form field takes 200 characters a part; what is longer was not typed by a person who reads a Notice.
const LONGEST = 420

/**
 * Is the typed name the recorded one (DD-42)? Forgives case, spacing, hyphens, the order of the two parts, and diacritics as letter, ICAO form or base letter;
 * takes the full machine-readable form. Never a part, never the Chinese name, never letters that only look alike: what is typed is not transliterated.
 */
export function sameName(recorded: NameParts, typed: string): boolean {
  const { surname, givenNames } = identifiersOf(recorded)
  if (typed.length > LONGEST || !typed.isWellFormed() || surname + givenNames === '') return false
  if (typed.includes('<')) return sameField(ownField(recorded) ?? mrzName(surname, givenNames).field, typed)
  const letters = lettersOf(typed)
  if (letters.length === 0) return false
  const text = letters.join('')
  const pairs = [[surname, givenNames], ...ownWords(recorded)]
  return pairs.some(([a = '', b = '']) => spells(a + b, text) || spells(b + a, text))
}

/** The capitals of a text without what stands between letters; everything else stays, and so never matches by being left out. */
const lettersOf = (text: string): string[] => {
  const letters = [...text.normalize('NFC')].filter((c) => !SPACES.test(c) && !HYPHENS.test(c) && !APOSTROPHES.test(c))
  // Composed once more: the small dotted I of Turkish meets its dot only as a capital.
  return [...letters.map(asTyped).join('').normalize('NFC')]
}
// A long s and its like become plain capitals when folded; they are look-alikes here.
const asTyped = (letter: string) => (/\p{Script=Latin}/u.test(letter) && latinForms(letter) === undefined ? letter : capital(letter))

/** Whether the text spells the name, each of its letters in any one of its forms. */
const spells = (name: string, text: string): boolean => {
  let ends = new Set([0])
  for (const letter of lettersOf(name)) {
    const forms = [letter, ...(latinForms(letter) ?? [])]
    const next = new Set<number>()
    for (const at of ends) for (const form of forms) if (text.startsWith(form, at)) next.add(at + form.length)
    ends = next
  }
  return ends.has(text.length)
}

const trimmed = (field: string) => field.replace(/<+$/, '')
const sameField = (field: string, typed: string): boolean =>
  trimmed(field) ===
  trimmed(
    [...typed]
      .filter((c) => !SPACES.test(c))
      .join('')
      .toUpperCase(),
  )

const ownField = ({ mrzName: own }: NameParts): string | undefined => {
  const line = own?.replace(/\s/g, '').toUpperCase()
  return line !== undefined && /^[A-Z][A-Z<]*$/.test(line) && line.length <= MRZ_PLACES ? line : undefined
}
/** The passport's own line in letters too, unless a letter in its last place says that it may be cut. */
const ownWords = (recorded: NameParts): [string, string][] => {
  const field = ownField(recorded)
  if (field === undefined || (field.length === MRZ_PLACES && !field.endsWith('<'))) return []
  const [primary = '', secondary = ''] = trimmed(field).split('<<')
  return [[primary.replaceAll('<', ' '), secondary.replaceAll('<', ' ')]]
}
