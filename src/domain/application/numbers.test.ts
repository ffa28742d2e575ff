import { describe, expect, it } from 'vitest'
import { checkCreditCode } from '../employer/credit-code.ts'
import { mod11, simulatedScheme } from '../person/permit-number.ts'
import { caseNumber, parseCaseNumber } from './case-number.ts'

describe('case numbers', () => {
  const number = caseNumber('2026-11-25', 481)
  it('are short and read back', () => expect(parseCaseNumber(number.replace(/-/g, ''))).toBe(number))
  it('tell every single wrong digit', () => {
    for (let i = 0; i < number.length; i++)
      for (const d of '0123456789') {
        const wrong = number.slice(0, i) + d + number.slice(i + 1)
        if (number[i] !== '-' && number[i] !== d) expect(parseCaseNumber(wrong), wrong).toBeUndefined()
      }
  })
  it.each(['', '2611', 'abc', '2611-00481-'])('are not read out of “%s”', (x) => expect(parseCaseNumber(x)).toBeUndefined())
})

describe('unified social credit codes (GB 32100-2015)', () => {
  it('the published vector is right', () => expect(checkCreditCode('91350100m000100y43')).toEqual({ valid: true }))
  it('a mistyped character names the one expected at the end', () =>
    expect(checkCreditCode('91350100M000100Y44')).toEqual({ valid: false, why: 'check', expected: '3' }))
  it('a letter outside the alphabet names its place', () =>
    expect(checkCreditCode('9135010OM000100Y43')).toEqual({ valid: false, why: 'character', position: 8 }))
  it('a short one says so', () => expect(checkCreditCode('9135')).toEqual({ valid: false, why: 'length' }))
})

describe('permit numbers', () => {
  it('MOD 11-2 agrees with the permanent resident card', () => expect(mod11('91112419810803002')).toBe('4'))
  it('simulated numbers check themselves', () => {
    const number = simulatedScheme.make([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5])
    expect(number).toHaveLength(18)
    expect(simulatedScheme.plausible(number)).toBe(true)
    expect(simulatedScheme.plausible(number.slice(0, 17) + (number[17] === '1' ? '2' : '1'))).toBe(false)
  })
})
