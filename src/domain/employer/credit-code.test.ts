import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCreditCode, creditCodeCheck, plainCreditCode } from './credit-code.ts'

const VECTOR = '91350100M000100Y43'
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const seventeen = fc.array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 }).map((c) => c.join(''))

describe('unified social credit codes (GB 32100-2015)', () => {
  it('the published vector is right, in small letters, wide characters or groups too', () => {
    const wide = VECTOR.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    for (const typed of [VECTOR, VECTOR.toLowerCase(), ` ${VECTOR} `, wide, '9135 0100 M000 100Y 43', '91-350100-M000100Y4-3']) {
      expect(checkCreditCode(typed)).toEqual({ valid: true })
      expect(plainCreditCode(typed)).toBe(VECTOR)
    }
  })
  it('a mistyped last character is told the one expected', () => {
    expect(checkCreditCode('91350100M000100Y44')).toEqual({ valid: false, why: 'check', expected: '3' })
  })
  it.each([...'IOSVZ中*'])('“%s” is not of the alphabet, and its place is told', (c) => {
    expect(checkCreditCode(`9135010${c}M000100Y43`)).toEqual({ valid: false, why: 'character', position: 8 })
  })
  it.each(['', '9135', VECTOR.slice(0, 17), `${VECTOR}3`, `${VECTOR}I`, '1'.repeat(100_000)])('%j has not 18 characters', (typed) => {
    expect(checkCreditCode(typed)).toEqual({ valid: false, why: 'length' })
  })
  it.each(['\u0000', '\ud800', '__proto__', '<b>', '𝟗😀'])('hostile text %j is refused with a place', (typed) => {
    expect(checkCreditCode(typed)).toMatchObject({ valid: false, why: 'character' })
  })
  it('every code with its computed last character is right, with any one other character wrong', () => {
    fc.assert(
      fc.property(seventeen, fc.nat(17), fc.constantFrom(...ALPHABET), (body, at, other) => {
        const code = body + creditCodeCheck(body)
        expect(checkCreditCode(code)).toEqual({ valid: true })
        const wrong = code.slice(0, at) + other + code.slice(at + 1)
        expect(checkCreditCode(wrong).valid).toBe(wrong === code)
      }),
    )
  })
})
