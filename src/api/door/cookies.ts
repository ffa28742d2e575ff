import type { SessionAudience } from '../../identity/identity.ts'

/** `session` signs in, `device` says that this browser signed in before, `visit` carries the token of those not signed in yet. */
export type CookieUse = 'session' | 'device' | 'visit'

/**
 * Each surface has its own cookies (threat model, border 2). `__Host-` makes the browser refuse them from other hosts, paths and from plain HTTP. A demonstration on
 * loopback is plain HTTP and goes without prefix and `Secure`: nothing leaves the machine there.
 */
export const cookieName = (audience: SessionAudience, use: CookieUse, https: boolean): string => {
  const name = use === 'session' ? `laihua-${audience}` : `laihua-${audience}-${use}`
  return https ? `__Host-${name}` : name
}

/** Reads one cookie. A name that comes twice was put there by somebody else, and counts as none. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  const value = values.length === 1 ? values[0] : undefined
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined
}

export type SetCookie = { audience: SessionAudience; use: CookieUse; value: string | undefined; seconds?: number }
/** Writes `set-cookie`; an undefined value takes the cookie back. Session cookies end with the browser or with the session, whichever is first. */
export function cookieText({ audience, use, value, seconds }: SetCookie, https: boolean): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(https ? ['Secure'] : [])]
  const age = value === undefined ? ['Max-Age=0'] : seconds === undefined ? [] : [`Max-Age=${seconds}`]
  return [`${cookieName(audience, use, https)}=${value ?? ''}`, ...attributes, ...age].join('; ')
}
