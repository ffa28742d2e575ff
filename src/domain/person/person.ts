import type { Day } from '../kernel.ts'
import { fullName, type NameParts } from '../names/full-name.ts'
import { spellingsOf, wordsOf } from '../names/name-words.ts'
import { sameName } from '../names/same-name.ts'

/** What makes a passport one passport: the state that issued it (ISO 3166-1 alpha-3 or an ICAO code) and its number, capitals and digits alone. */
export type PassportKey = { issuingState: string; number: string }
export type PassportKeyRead =
  | { ok: true; key: PassportKey }
  | { ok: false; faults: ('issuingStateNotACode' | 'passportNumberEmpty' | 'passportNumberTooLong' | 'passportNumberCharacter')[] }

// Nine places in the machine-readable zone; longer numbers overflow into the optional data (ICAO Doc 9303 part 5, 4.2.2) and few states go beyond.
const LONGEST_NUMBER = 20

/** Reads a passport key. Case, spaces, hyphens and wide characters do not make another passport; anything else in the number is told. */
export function readPassportKey(issuingState: string, number: string): PassportKeyRead {
  const state = issuingState.normalize('NFKC').trim().toUpperCase()
  const plain = number
    .slice(0, 400)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\u2010-\u2015./-]/g, '')
  const faults: (PassportKeyRead & { ok: false })['faults'] = []
  if (!/^[A-Z]{1,3}$/.test(state)) faults.push('issuingStateNotACode')
  if (plain === '') faults.push('passportNumberEmpty')
  else if (!/^[A-Z0-9]+$/.test(plain)) faults.push('passportNumberCharacter')
  else if (plain.length > LONGEST_NUMBER) faults.push('passportNumberTooLong')
  return faults.length > 0 ? { ok: false, faults } : { ok: true, key: { issuingState: state, number: plain } }
}

/** What is compared of two persons; what is not known is left out and says nothing. */
export type PersonFacts = NameParts & {
  chineseName?: string | undefined
  bornOn?: Day | undefined
  nationality?: string | undefined
  sex?: 'F' | 'M' | 'X' | undefined
  passport?: PassportKey | undefined
}
export type SameReason =
  | 'samePassport'
  | 'sameName'
  | 'similarName'
  | 'sameChineseName'
  | 'sameBirthDate'
  | 'birthDateMistyped'
  | 'sameNationality'
  | 'otherName'
  | 'otherBirthDate'
  | 'otherSex'
export type SameSignals = { verdict: 'likely' | 'possible' | 'none'; reasons: SameReason[] }

/**
 * How likely two records are one person: a hint for an officer, never a decision, never told to a filer (threat EMP-3). Two records join only by an officer's act.
 * Likely: one passport, or one name and one birth date. Possible: a name or birth date that agrees with a mistyped other.
 */
export function samePersonSignals(a: PersonFacts, b: PersonFacts): SameSignals {
  const reasons = [...passportReasons(a, b), ...nameReasons(a, b), ...birthReasons(a.bornOn, b.bornOn), ...otherReasons(a, b)]
  const has = (...wanted: SameReason[]) => wanted.some((r) => reasons.includes(r))
  const name = has('sameName', 'sameChineseName')
  const likely = has('samePassport') || (name && has('sameBirthDate') && !has('otherSex'))
  const possible =
    (name && (has('birthDateMistyped') || has('sameBirthDate') || (!has('otherBirthDate') && has('sameNationality')))) ||
    (has('similarName') && has('sameBirthDate', 'birthDateMistyped')) ||
    (has('sameBirthDate') && has('sameNationality') && has('similarName', 'sameChineseName'))
  return { verdict: likely ? 'likely' : possible ? 'possible' : 'none', reasons }
}

const passportReasons = ({ passport: p }: PersonFacts, { passport: q }: PersonFacts): SameReason[] =>
  p && q && p.issuingState === q.issuingState && p.number === q.number ? ['samePassport'] : []

const nameReasons = (a: PersonFacts, b: PersonFacts): SameReason[] => {
  const chinese: SameReason[] =
    a.chineseName && a.chineseName.normalize('NFKC') === b.chineseName?.normalize('NFKC') ? ['sameChineseName'] : []
  const [x, y] = [fullName(a), fullName(b)]
  if (x === '' || y === '') return chinese
  if (sameName(a, y) || sameName(b, x)) return ['sameName', ...chinese]
  return [similar(x, y) ? 'similarName' : 'otherName', ...chinese]
}

/** Every word of the shorter name has its like in the longer one, a letter or two apart, whatever the order: a second surname or given name may be missing. */
const similar = (x: string, y: string): boolean => {
  const words = (name: string) => wordsOf(name).latin.map(spellingsOf)
  const [short = [], long = []] = [words(x), words(y)].sort((p, q) => p.length - q.length)
  const free = [...long]
  return (
    short.length > 0 &&
    short.every((spelt) => {
      const at = free.findIndex((other) => spelt.some((s) => other.some((o) => near(s, o))))
      if (at >= 0) free.splice(at, 1)
      return at >= 0
    })
  )
}
const near = (a: string, b: string): boolean =>
  distance(a, b) <= (Math.min(a.length, b.length) < 4 ? 0 : Math.min(a.length, b.length) < 8 ? 1 : 2)

/** Letters to change, add, leave out or swap with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + other)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

const birthReasons = (a: Day | undefined, b: Day | undefined): SameReason[] => {
  if (a === undefined || b === undefined) return []
  if (a === b) return ['sameBirthDate']
  const [year, month, day] = a.split('-')
  const swapped = b === `${year}-${day}-${month}`
  return [swapped || distance(a, b) === 1 ? 'birthDateMistyped' : 'otherBirthDate']
}
const otherReasons = (a: PersonFacts, b: PersonFacts): SameReason[] => [
  ...(a.nationality && a.nationality === b.nationality ? (['sameNationality'] as const) : []),
  ...(a.sex && b.sex && a.sex !== b.sex ? (['otherSex'] as const) : []),
]
