import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as text for a cookie, a code in a link, or a token (ASVS 7.2.3). */
export const newSecret = (): string => randomBytes(32).toString('base64url')
/** What is stored in place of a secret: useless to whoever reads the database. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest()
/** Compares without telling by time how much was right. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(hashOfSecret(a), hashOfSecret(b))

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
/** A code that a person reads and types: 20 letters in groups of five (98 bits), without those that look alike. */
export function newTypedCode(): string {
  const letters = Array.from(randomBytes(40))
    .filter((b) => b < LETTERS.length * 8)
    .slice(0, 20)
    .map((b) => LETTERS[b % LETTERS.length])
  if (letters.length < 20) return newTypedCode()
  return [0, 5, 10, 15].map((i) => letters.slice(i, i + 5).join('')).join('-')
}
/** A typed code as it is hashed: case, spaces and dashes do not count. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
