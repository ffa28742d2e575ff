import { mod11 } from './mod-11-2.ts'

export { mod11 } from './mod-11-2.ts'

/** What a typed permit number is. `plain` is its one written form: capitals and digits alone. */
export type PermitNumberRead =
  | { ok: true; plain: string }
  | { ok: false; why: 'length'; expected: number }
  /** `position` counts from 1. */
  | { ok: false; why: 'character'; position: number }
  | { ok: false; why: 'prefix' }
  | { ok: false; why: 'check' }

/**
 * How permit numbers are made and checked. The true scheme is not published, so an installation may bring its own; no data is ever derived from a number.
 * `make` takes its random digits as an argument: the domain has no chance of its own. Uniqueness is the register's business.
 */
export type PermitNumberScheme = {
  simulated: boolean
  /** How many random digits `make` wants. */
  digits: number
  make: (digits: readonly number[]) => string
  check: (typed: string) => PermitNumberRead
  plausible: (number: string) => boolean
}

const PREFIX = '00'
const DIGITS = 15
const LENGTH = PREFIX.length + DIGITS + 1

const check = (typed: string): PermitNumberRead => {
  const plain = typed
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015-]/g, '')
    .toUpperCase()
  const letters = [...plain]
  const bad = letters.findIndex((c, i) => !(i === LENGTH - 1 ? /[0-9X]/ : /[0-9]/).test(c))
  if (bad >= 0 && bad < LENGTH) return { ok: false, why: 'character', position: bad + 1 }
  if (letters.length !== LENGTH) return { ok: false, why: 'length', expected: LENGTH }
  if (!plain.startsWith(PREFIX)) return { ok: false, why: 'prefix' }
  return mod11(plain.slice(0, -1)) === plain.at(-1) ? { ok: true, plain } : { ok: false, why: 'check' }
}

/**
 * Our stand-in: `00` (no citizen's or permanent resident's number begins so), fifteen digits, ISO 7064 MOD 11-2 over the seventeen. Shown as simulated wherever
 * it appears.
 */
export const simulatedScheme: PermitNumberScheme = {
  simulated: true,
  digits: DIGITS,
  make: (digits) => {
    if (digits.length !== DIGITS || digits.some((d) => !Number.isInteger(d) || d < 0 || d > 9))
      throw new RangeError(`a permit number is made from ${DIGITS} digits`)
    const body = PREFIX + digits.join('')
    return body + mod11(body)
  },
  check,
  plausible: (number) => check(number).ok,
}
