import { createHmac } from 'node:crypto'
import { sameSecret } from '../../identity/secret.ts'
import { isUnsafe, type Route, sessionAudienceOf } from '../route.ts'
import { cookieName, readCookie } from './cookies.ts'
import { type Door, headerOf, type Incoming } from './door.ts'

/** The token that belongs to a visit before sign-in: whoever forges a sign-in from another site knows neither cookie nor key. */
export const visitToken = (door: Door, audience: string, visit: string): string =>
  createHmac('sha256', door.identity.vault.subKey('csrf')).update(`${audience}\u0000${visit}`).digest('base64url')

/**
 * Did this write come from a page of our own? By `Sec-Fetch-Site`, which no script can set, and by `Origin`, which must be one of ours where it is told.
 * A form on a page with `no-referrer` sends `Origin: null`: then the former must vouch (Fetch standard, "serialising a request origin").
 */
export function isOwnPage(door: Door, headers: Incoming['headers']): boolean {
  const site = headerOf(headers, 'sec-fetch-site')
  const origin = headerOf(headers, 'origin')
  if (site !== undefined && site !== 'same-origin') return false
  if (origin !== undefined && origin !== 'null') return door.origins.has(origin)
  return site === 'same-origin'
}

const typeOf = (headers: Incoming['headers']) => (headerOf(headers, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase()
const TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded', bytes: 'application/octet-stream' } as const

export type CrossSiteRefusal = { code: 'crossSite' | 'tokenMissing' | 'mediaTypeNotAccepted' } | { code: 'bodyTooLarge'; limit: number }
/** Checks a write before its body is read: own page, the token of this browser, the one accepted type, and the announced size (threat SES-8). */
export function findCrossSiteRefusal(
  door: Door,
  route: Route,
  incoming: Incoming,
  csrf: string | undefined,
  maxBytes: number,
): CrossSiteRefusal | undefined {
  if (!isUnsafe(route)) return undefined
  const { headers } = incoming
  if (!isOwnPage(door, headers)) return { code: 'crossSite' }
  const length = Number(headerOf(headers, 'content-length') ?? 0)
  const hasBody = length > 0 || headers['transfer-encoding'] !== undefined
  if (hasBody && typeOf(headers) !== TYPES[route.accepts ?? 'json']) return { code: 'mediaTypeNotAccepted' }
  if (length > maxBytes) return { code: 'bodyTooLarge', limit: maxBytes }
  const audience = sessionAudienceOf(route.audience)
  if (audience === undefined) return undefined
  const token = headerOf(headers, 'x-csrf-token')
  if (token === undefined) return { code: 'tokenMissing' }
  if (csrf !== undefined) return sameSecret(token, csrf) ? undefined : { code: 'tokenMissing' }
  const visit = readCookie(headers.cookie, cookieName(audience, 'visit', door.https))
  return visit !== undefined && sameSecret(token, visitToken(door, audience, visit)) ? undefined : { code: 'tokenMissing' }
}
