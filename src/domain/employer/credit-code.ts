/** Digits and capitals without I, O, S, V and Z (GB 32100-2015, 4.2). */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Powers of 3 modulo 31, for the first seventeen places. */
const WEIGHTS: readonly number[] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

export type CreditCodeAnswer =
  | { valid: true }
  | { valid: false; why: 'length' }
  /** `position` counts from 1, so that a message can point to it. */
  | { valid: false; why: 'character'; position: number }
  /** `expected` is the last character that the first seventeen ask for. */
  | { valid: false; why: 'check'; expected: string }

/** A typed credit code in its one written form: wide characters narrowed, spaces and hyphens left out, capitals. Not checked. */
export const plainCreditCode = (typed: string): string =>
  typed
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015-]/g, '')
    .toUpperCase()

/** The eighteenth character for the first seventeen (GB 32100-2015, 5). */
export const creditCodeCheck = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(first17[i] ?? ''), 0)
  return ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

/** Checks a unified social credit code: 18 characters of the alphabet, the last one computed from the others. Tells the first fault found. */
export function checkCreditCode(typed: string): CreditCodeAnswer {
  const code = [...plainCreditCode(typed)]
  const bad = code.findIndex((character) => !ALPHABET.includes(character))
  if (bad >= 0 && bad < 18) return { valid: false, why: 'character', position: bad + 1 }
  if (code.length !== 18) return { valid: false, why: 'length' }
  const expected = creditCodeCheck(code.join(''))
  return expected === code[17] ? { valid: true } : { valid: false, why: 'check', expected }
}
