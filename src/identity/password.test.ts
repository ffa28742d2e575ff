import { describe, expect, it } from 'vitest'
import { passwordHasher } from './password.ts'
import { isCommon, PASSWORD_RULES, passwordFaults } from './password-policy.ts'

const cheap = { memoryKiB: 64, passes: 1, atOnce: 2, waiting: 3 }
const codes = (password: string, rule = PASSWORD_RULES.alone, names: string[] = []) =>
  passwordFaults(rule, password, names).map((f) => f.code)

describe('a password', () => {
  it('needs fifteen characters alone, eight beside a factor, eight to sixteen on the card', () => {
    expect(codes('heron river d7')).toEqual(['passwordTooShort'])
    expect(codes('heron river d77')).toEqual([])
    expect(codes('heronriv', PASSWORD_RULES.withFactor)).toEqual([])
    expect(codes('heronri', PASSWORD_RULES.holder)).toEqual(['passwordTooShort'])
    expect(codes('heron river dusk 7', PASSWORD_RULES.holder)).toEqual(['passwordTooLong'])
  })
  it('counts characters, not bytes, and asks for no mixture', () => {
    expect(codes('苍鹭黄昏河边慢慢飞过七条小溪')).toEqual(['passwordTooShort'])
    expect(codes('苍鹭黄昏河边慢慢飞过七条小溪啊')).toEqual([])
    expect(codes('onlylowercaseletterstogether')).toEqual([])
    expect(codes('🐦'.repeat(14))).toContain('passwordTooShort')
  })
  it.each([
    'password',
    'Password123',
    'P@ssw0rd!',
    'qwertyui',
    '12345678',
    '87654321',
    'abcdefgh',
    '11111111',
    'abcabcabc',
    'woaini1314',
    'Welcome2026',
    'admin1234',
    '1qaz2wsx',
    'laihua2026',
  ])('that is common is refused: %s', (password) => {
    expect(isCommon(password)).toBe(true)
  })
  it.each(['seven quiet herons at dusk', 'kTz8 vmQ2', 'Gr8x-wexle', 'correct-llama-envelope'])(
    'that is not common is taken: %s',
    (password) => {
      expect(isCommon(password)).toBe(false)
    },
  )
  it('does not hold login or name, and is not blank', () => {
    expect(codes('Wang.Min and the herons', PASSWORD_RULES.alone, ['wang.min'])).toEqual(['passwordHasName'])
    expect(codes(' '.repeat(20))).toEqual(['passwordSpaces'])
  })
  it('is checked in a time that grows with its length alone', () => {
    const started = performance.now()
    passwordFaults(PASSWORD_RULES.alone, `${'ab'.repeat(50_000)}!`)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the hasher', () => {
  it('knows its own, in whatever normal form it is typed, and nothing else', async () => {
    const hasher = passwordHasher(cheap)
    const stored = await hasher.hash('Zoë am Fluß bei Nacht')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
    expect(await hasher.verify(stored, 'Zoe\u0308 am Fluß bei Nacht')).toBe('right')
    expect(await hasher.verify(stored, 'Zoe am Fluß bei Nacht')).toBe('wrong')
    expect(await hasher.hash('Zoë am Fluß bei Nacht')).not.toBe(stored)
  })
  it('does the same work where nothing is stored', async () => {
    const hasher = passwordHasher(cheap)
    expect(await hasher.verify(undefined, 'anything at all')).toBe('wrong')
    expect(hasher.count()).toBe(1)
  })
  it('verifies what was stored at another cost', async () => {
    const stored = await passwordHasher({ ...cheap, memoryKiB: 128 }).hash('herons at dusk')
    expect(await passwordHasher(cheap).verify(stored, 'herons at dusk')).toBe('right')
  })
  it('lets so many work, so many wait, and sends the rest away', async () => {
    const hasher = passwordHasher(cheap)
    const answers = await Promise.all(Array.from({ length: 10 }, () => hasher.verify(undefined, 'x')))
    expect(answers.filter((a) => a === 'busy')).toHaveLength(5)
    expect(await hasher.verify(undefined, 'x')).toBe('wrong')
  })
})
