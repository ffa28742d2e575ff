import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseNumber, parseCaseNumber, readCaseNumber } from './case-number.ts'

const serial = fc.integer({ min: 1, max: 999_999_999 })
const month = fc
  .integer({ min: 0, max: 1199 })
  .map((n) => `20${String(Math.floor(n / 12)).padStart(2, '0')}-${String((n % 12) + 1).padStart(2, '0')}-15`)

describe('a case number', () => {
  it('holds month, serial and check digit', () => {
    expect(caseNumber('2026-11-25', 481)).toMatch(/^2611-00481-\d$/)
    expect(caseNumber('2026-11-25', 1_234_567)).toMatch(/^2611-1234567-\d$/)
  })
  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(month, serial, (on, n) => {
        const number = caseNumber(on, n)
        const wide = number.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))
        for (const typed of [
          number,
          number.replaceAll('-', ''),
          ` ${number.replaceAll('-', ' – ')} `,
          wide,
          number.replaceAll('0', 'O').replaceAll('1', 'l'),
        ])
          expect(readCaseNumber(typed)).toEqual({ ok: true, caseNo: number })
      }),
    )
  })
  it('tells every single wrong digit and every swap of neighbours', () => {
    for (const number of [caseNumber('2026-11-25', 481), caseNumber('2024-12-01', 98_765), caseNumber('2030-01-31', 1_000_001)]) {
      const digits = number.replaceAll('-', '')
      for (let i = 0; i < digits.length; i++) {
        for (const d of '0123456789')
          if (d !== digits[i]) expect(parseCaseNumber(digits.slice(0, i) + d + digits.slice(i + 1)), digits).toBeUndefined()
        const [a, b] = [digits[i], digits[i + 1]]
        if (b !== undefined && a !== b) expect(parseCaseNumber(digits.slice(0, i) + b + a + digits.slice(i + 2)), digits).toBeUndefined()
      }
    }
  })
  it('says whether it is mistyped or no case number at all', () => {
    const good = caseNumber('2026-11-25', 481)
    expect(readCaseNumber(good.slice(0, -1) + String((Number(good.at(-1)) + 1) % 10))).toEqual({ ok: false, code: 'caseNumberMistyped' })
    const none = [
      '',
      '2611',
      'abc',
      '2611-00481-',
      '2613-00481-7',
      '2600-00481-7',
      '2611-000481-7',
      `2611-${'1'.repeat(40)}`,
      '\u0000',
      '\ud800',
      '__proto__',
      '1'.repeat(1e6),
    ]
    for (const typed of none) expect(readCaseNumber(typed)).toEqual({ ok: false, code: 'notACaseNumber' })
  })
  it('is not made from a serial that no sequence gives', () => {
    for (const n of [0, -1, 1.5, Number.NaN, 1e9]) expect(() => caseNumber('2026-11-25', n)).toThrow(RangeError)
  })
})
