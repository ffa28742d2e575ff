import { describe, expect, it } from 'vitest'
import { PASSWORD_RULES, passwordFaults } from './password-policy.ts'

describe('passwords (NIST SP 800-63B-4)', () => {
  it('alone are long, and need no mixture of characters', () => {
    expect(passwordFaults(PASSWORD_RULES.alone, 'quiet river over nine stones')).toEqual([])
    expect(passwordFaults(PASSWORD_RULES.alone, 'short one')).not.toEqual([])
  })
  it('may be shorter beside a factor', () => expect(passwordFaults(PASSWORD_RULES.withFactor, 'ninestones')).toEqual([]))
  it('are never a common one', () => expect(passwordFaults(PASSWORD_RULES.withFactor, 'password1')).not.toEqual([]))
  it('are told when far too long', () => expect(passwordFaults(PASSWORD_RULES.alone, 'x'.repeat(100_000))).not.toEqual([]))
})
