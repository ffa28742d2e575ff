import { readFileSync } from 'node:fs'
import { plainPassword } from './password.ts'
import type { PasswordFault } from './refusals.ts'

/** Lengths in characters. NIST SP 800-63B-4: at least 15 alone, at least 8 beside a second factor; no rules of composition, no forced change. */
export type PasswordRule = { min: number; max: number }
export type PasswordRules = { alone: PasswordRule; withFactor: PasswordRule; holder: PasswordRule }
/** The holder's rule is that of the national card service (8–16), so that people meet one rule. */
export const PASSWORD_RULES: PasswordRules = { alone: { min: 15, max: 128 }, withFactor: { min: 8, max: 128 }, holder: { min: 8, max: 16 } }

const common: ReadonlySet<string> = new Set(
  readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
)
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm']
const backwards = (s: string) => [...s].reverse().join('')
const lines = RUNS.flatMap((r) => [r, backwards(r)])

/** Is it on the list as it stands, with digits and signs hung on or letters swapped for digits, or one run or one repetition? */
export function isCommon(password: string): boolean {
  const lower = plainPassword(password).toLowerCase()
  const bare = lower.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const read = [...lower].map((c) => LEET[c] ?? c).join('')
  const bareRead = [...lower.replace(/[\d!@#$%^&*._-]+$/, '')].map((c) => LEET[c] ?? c).join('')
  if ([lower, read, bareRead].some((form) => common.has(form)) || (bare.length >= 4 && common.has(bare))) return true
  if (lines.some((run) => run.includes(lower))) return true
  // `abcabcabc` and `11111111` are one short piece said again.
  return /^(.{1,4}?)\1+.{0,3}$/.test(lower) && new Set(lower).size <= 4
}

/** All that speaks against a password, at once. `names` are login and names of the owner: a password that holds one of them is guessed first. */
export function passwordFaults(rule: PasswordRule, password: string, names: readonly string[] = []): PasswordFault[] {
  const plain = plainPassword(password)
  const length = [...plain].length
  const faults: PasswordFault[] = []
  if (length < rule.min) faults.push({ path: 'password', code: 'passwordTooShort', limit: rule.min })
  if (length > rule.max) faults.push({ path: 'password', code: 'passwordTooLong', limit: rule.max })
  if (plain.trim() === '') faults.push({ path: 'password', code: 'passwordSpaces' })
  else if (isCommon(plain)) faults.push({ path: 'password', code: 'passwordCommon' })
  const lower = plain.toLowerCase()
  if (names.some((name) => name.length >= 4 && lower.includes(plainPassword(name).toLowerCase())))
    faults.push({ path: 'password', code: 'passwordHasName' })
  return faults
}
