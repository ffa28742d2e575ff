const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

export type CreditCodeAnswer =
  | { valid: true }
  | { valid: false; why: 'length' }
  | { valid: false; why: 'character'; position: number }
  | { valid: false; why: 'check'; expected: string }

/** Checks a unified social credit code (GB 32100-2015): 18 characters of a 31-letter alphabet, the last one computed from the others. */
export function checkCreditCode(typed: string): CreditCodeAnswer {
  const code = typed.normalize('NFKC').trim().toUpperCase()
  const bad = [...code].findIndex((c) => !ALPHABET.includes(c))
  if (bad >= 0) return { valid: false, why: 'character', position: bad + 1 }
  if (code.length !== 18) return { valid: false, why: 'length' }
  const sum = WEIGHTS.reduce((s, w, i) => s + w * ALPHABET.indexOf(code[i] ?? ''), 0)
  const expected = ALPHABET[(31 - (sum % 31)) % 31] ?? ''
  return expected === code[17] ? { valid: true } : { valid: false, why: 'check', expected }
}
