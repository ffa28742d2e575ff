import type { Day } from '../kernel.ts'

/**
 * Damm's quasigroup of order 10 ("Total anti-symmetrische Quasigruppen", 2004): one decimal check digit that catches every single wrong digit and every swap of
 * two neighbours, the two faults people make most when they copy or dictate a number. ISO 7064 needs a letter, or misses some swaps, for the same.
 */
const DAMM: readonly string[] = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]
const check = (digits: string): number => [...digits].reduce((row, digit) => Number(DAMM[row]?.[Number(digit)]), 0)
const SERIAL_DIGITS = 5
const LARGEST_SERIAL = 999_999_999

/**
 * A case number that people can read aloud: year and month of the start, serial (five digits or more), check digit, such as `2611-00481-7`.
 * The serial comes from a sequence; one outside 1 to 999,999,999 is a fault of ours.
 */
export function caseNumber(on: Day, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1 || serial > LARGEST_SERIAL)
    throw new RangeError('a serial is a whole number from 1 to 999999999')
  const head = on.slice(2, 4) + on.slice(5, 7)
  const tail = String(serial).padStart(SERIAL_DIGITS, '0')
  return `${head}-${tail}-${check(head + tail)}`
}

/** What a typed text is: a case number in its one written form, not of that shape, or of the shape with a digit mistyped. */
export type CaseNumberRead = { ok: true; caseNo: string } | { ok: false; code: 'notACaseNumber' | 'caseNumberMistyped' }

/** Reads a typed case number: with or without hyphens and spaces, in wide digits, with the letters O, I and l for the digits they look like. */
export function readCaseNumber(typed: string): CaseNumberRead {
  const digits = typed
    .slice(0, 60)
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015\u2212-]/g, '')
    .replace(/[Oo]/g, '0')
    .replace(/[Il]/g, '1')
  const parts = /^(\d\d(?:0[1-9]|1[0-2]))(\d{5,9})(\d)$/.exec(digits)
  const [, head = '', tail = '', last = ''] = parts ?? []
  if (!parts || (tail.length > SERIAL_DIGITS && tail.startsWith('0'))) return { ok: false, code: 'notACaseNumber' }
  return check(head + tail) === Number(last) ? { ok: true, caseNo: `${head}-${tail}-${last}` } : { ok: false, code: 'caseNumberMistyped' }
}

/** The case number in a typed text, or undefined when it is none or mistyped. */
export function parseCaseNumber(typed: string): string | undefined {
  const read = readCaseNumber(typed)
  return read.ok ? read.caseNo : undefined
}
