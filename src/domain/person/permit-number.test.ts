import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mod11 } from './mod-11-2.ts'
import { simulatedScheme } from './permit-number.ts'

const fifteen = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 })

describe('ISO 7064 MOD 11-2', () => {
  it.each([
    ['permanent resident card', '911124198108030024'],
    ['resident identity card, GB 11643', '11010519491231002X'],
    ['ORCID', '0000000218250097'],
    ['ORCID with X', '000000021694233X'],
    ['ISO 7064 example', '07940'],
  ])('%s', (_, number) => expect(mod11(number.slice(0, -1))).toBe(number.at(-1)))
  it('equals the weights of GB 11643 over seventeen digits', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 }), (digits) => {
        expect(mod11(digits.join(''))).toBe('10X98765432'[digits.reduce((sum, d, i) => sum + d * weights[i]!, 0) % 11])
      }),
    )
  })
  it.each(['', 'x', '1 2', '１'])('is not computed over “%s”', (text) => expect(() => mod11(text)).toThrow(RangeError))
})

describe('simulated permit numbers', () => {
  it('are eighteen characters that begin as no citizen’s and no permanent resident’s number does', () => {
    fc.assert(
      fc.property(fifteen, (digits) => {
        const number = simulatedScheme.make(digits)
        expect(number).toMatch(/^00\d{15}[\dX]$/)
        expect(simulatedScheme.check(number)).toEqual({ ok: true, plain: number })
      }),
    )
    expect(simulatedScheme.simulated).toBe(true)
  })
  it('are read however they are typed', () => {
    const number = simulatedScheme.make([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5])
    const wide = number.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    const spaced = number.replace(/(.{4})/g, '$1 ')
    for (const typed of [number.toLowerCase(), wide, spaced, spaced.replaceAll(' ', '-')])
      expect(simulatedScheme.check(typed)).toEqual({ ok: true, plain: number })
  })
  it('tell every single wrong character and every swap of neighbours', () => {
    fc.assert(
      fc.property(fifteen, fc.nat(17), fc.nat(16), fc.constantFrom(...'0123456789X'), (digits, at, to, other) => {
        const number = simulatedScheme.make(digits)
        const wrong = number.slice(0, at) + other + number.slice(at + 1)
        expect(simulatedScheme.plausible(wrong)).toBe(wrong === number)
        const swapped = [...number]
        ;[swapped[to], swapped[to + 1]] = [swapped[to + 1]!, swapped[to]!]
        expect(simulatedScheme.plausible(swapped.join(''))).toBe(swapped.join('') === number)
      }),
    )
  })
  it('name what is wrong', () => {
    expect(simulatedScheme.check('00123456789O12345X')).toEqual({ ok: false, why: 'character', position: 12 })
    expect(simulatedScheme.check('X0123456789012345X')).toEqual({ ok: false, why: 'character', position: 1 })
    expect(simulatedScheme.check('0012')).toEqual({ ok: false, why: 'length', expected: 18 })
    expect(simulatedScheme.check('911124198108030024')).toEqual({ ok: false, why: 'prefix' })
    const number = simulatedScheme.make(Array(15).fill(0))
    expect(simulatedScheme.check(number.slice(0, -1) + (number.endsWith('X') ? '1' : 'X'))).toEqual({ ok: false, why: 'check' })
    for (const typed of ['\u0000', '\ud800', '__proto__', '😀'.repeat(18)])
      expect(simulatedScheme.check(typed)).toMatchObject({ ok: false, why: 'character' })
    for (const typed of ['', '0'.repeat(1e6)]) expect(simulatedScheme.check(typed)).toMatchObject({ ok: false, why: 'length' })
  })
  it('are not made from anything but fifteen digits', () => {
    for (const digits of [[], Array(14).fill(1), Array(16).fill(1), Array(15).fill(10), Array(15).fill(0.5), Array(15).fill(-1)])
      expect(() => simulatedScheme.make(digits)).toThrow(RangeError)
  })
})
