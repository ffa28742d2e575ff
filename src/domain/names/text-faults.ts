import { APOSTROPHES, HYPHENS, latinForms, SPACES } from './icao-letters.ts'

/** What a text is for: each kind has its own letters (threat EMP-9). `text` may have lines; all others are one line. */
export type TextKind = 'passportName' | 'chineseName' | 'unitName' | 'fileName' | 'line' | 'text'
/** What is wrong, by name. */
export type TextFaultCode =
  | 'nul'
  | 'controlCharacter'
  | 'loneSurrogate'
  | 'bidiControl'
  | 'zeroWidth'
  | 'privateUse'
  | 'unassigned'
  | 'replacementCharacter'
  | 'tooManyMarks'
  | 'scriptNotAllowed'
  | 'characterNotAllowed'
  | 'notComposed'
  | 'mixedScript'
/**
 * `refuse`: the text may not be stored. `compose`: store `text.normalize('NFC')` instead. `flag`: store it, and show the flag to officers.
 * `at` counts code points from 0; `character` is the code point as U+XXXX, so that a message can name what nobody sees.
 */
export type TextFault = { code: TextFaultCode; verdict: 'refuse' | 'compose' | 'flag'; at: number; character: string }

const HIDDEN: readonly [TextFaultCode, RegExp][] = [
  ['loneSurrogate', /\p{Cs}/u],
  ['bidiControl', /\p{Bidi_Control}/u],
  ['zeroWidth', /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u],
  ['controlCharacter', /[\p{Cc}\p{Zl}\p{Zp}]/u],
  ['privateUse', /\p{Co}/u],
  ['unassigned', /\p{Cn}/u],
  ['replacementCharacter', /[\uFFFC\uFFFD]/u],
]
const LINE_ENDS = /[\n\r\t]/
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}]/u
const HAN = /\p{Script=Han}/u
const LATIN = /\p{Script=Latin}/u
// A name in any living script has at most a few marks on a letter; a tower of them hides its neighbours.
const TOWER = /\p{M}{5,}/u

/**
 * Everything hostile or out of place in a text, each kind of fault once, at its first place. Empty for a good text. Lengths are the form's business.
 */
export function textFaults(text: string, kind: TextKind): TextFault[] {
  const faults: TextFault[] = []
  const tell = (code: TextFaultCode, at: number, letter: string, verdict: TextFault['verdict'] = 'refuse') => {
    if (faults.some((f) => f.code === code)) return
    faults.push({ code, verdict, at, character: `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` })
  }
  // Judged as it would be stored: composed, so that a letter and its mark are one.
  const stored = text.normalize('NFC')
  const letters = [...stored]
  letters.forEach((letter, at) => {
    const hidden = letter === '\u0000' ? 'nul' : HIDDEN.find(([, those]) => those.test(letter))?.[0]
    if (hidden) {
      if (kind !== 'text' || !LINE_ENDS.test(letter)) tell(hidden, at, letter)
      return
    }
    const place = placeFault(letter, kind)
    if (place) tell(place, at, letter)
  })
  const tower = TOWER.exec(stored)
  if (tower) tell('tooManyMarks', [...stored.slice(0, tower.index)].length, tower[0])
  if (stored !== text) {
    const at = [...text].findIndex((letter, i) => letter !== letters[i])
    tell('notComposed', Math.max(0, at), [...text][Math.max(0, at)] ?? '', 'compose')
  }
  const mixed = mixedAt(stored)
  if (mixed) tell('mixedScript', mixed.at, mixed.letter, 'flag')
  return faults
}

/** Whether a text may be stored as it is or composed. */
export const mayBeStored = (text: string, kind: TextKind): boolean => textFaults(text, kind).every((fault) => fault.verdict !== 'refuse')

const placeFault = (letter: string, kind: TextKind): TextFaultCode | undefined => {
  const between = SPACES.test(letter) || HYPHENS.test(letter) || APOSTROPHES.test(letter)
  switch (kind) {
    case 'passportName':
      if (between || latinForms(letter) !== undefined) return undefined
      return /\p{L}/u.test(letter) && !LATIN.test(letter) ? 'scriptNotAllowed' : 'characterNotAllowed'
    case 'chineseName':
      if (HAN.test(letter) || letter === '·' || letter === '•' || letter === ' ' || letter === '\u3000') return undefined
      return /\p{L}/u.test(letter) ? 'scriptNotAllowed' : 'characterNotAllowed'
    case 'unitName':
      return /\p{L}/u.test(letter) && !HAN.test(letter) && !LATIN.test(letter) ? 'scriptNotAllowed' : undefined
    case 'fileName':
      return /[/\\:*?"<>|]/.test(letter) ? 'characterNotAllowed' : undefined
    case 'line':
    case 'text':
      return undefined
    default:
      return kind satisfies never
  }
}

const scriptOf = (letter: string): string | undefined => {
  if (CJK.test(letter)) return 'cjk'
  return SCRIPTS.find(([, those]) => those.test(letter))?.[0] ?? (/\p{L}/u.test(letter) ? 'other' : undefined)
}
const SCRIPTS: readonly [string, RegExp][] = [
  ['latin', LATIN],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['armenian', /\p{Script=Armenian}/u],
  ['cherokee', /\p{Script=Cherokee}/u],
]

/** The first letter that is of another script than its word. Chinese beside Latin is ordinary here; any other mixture within a word is not. */
const mixedAt = (text: string): { at: number; letter: string } | undefined => {
  let first: string | undefined
  let at = -1
  for (const letter of text) {
    at++
    if (!/[\p{L}\p{M}\p{N}]/u.test(letter)) {
      first = undefined
      continue
    }
    const script = scriptOf(letter)
    if (script === undefined || script === 'cjk') continue
    if (first !== undefined && first !== script) return { at, letter }
    first = script
  }
  return undefined
}
