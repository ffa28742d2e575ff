import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { newSecret } from '../../identity/secret.ts'
import { startSession } from '../../identity/session.ts'
import { type RequestContext, type Route, sessionAudienceOf } from '../route.ts'
import type { Admitted } from './admit.ts'
import { cookieName, cookieText, readCookie, type SetCookie } from './cookies.ts'
import { visitToken } from './cross-site.ts'
import { type Door, headerOf, type Incoming } from './door.ts'
import { languageOf } from './language.ts'

/** Half a year: how long a browser stays known. */
const DEVICE_SECONDS = 180 * 86_400
export type Told = { cookies: () => string[]; headers: Record<string, string> }

const whole = (text: string | undefined) => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined)

/** Makes what a handler may know, and collects what it wants told beside its reply. */
export function contextOf(
  door: Door,
  route: Route,
  incoming: Incoming,
  admitted: Admitted,
  bytes: Readable | undefined,
): { context: RequestContext; told: Told } {
  const { headers, at, requestId } = incoming
  const { found, actors } = admitted
  const audience = sessionAudienceOf(route.audience)
  const cookies = new Map<string, SetCookie>()
  const headersOut: Record<string, string> = {}
  const put = (cookie: SetCookie) => cookies.set(cookieName(cookie.audience, cookie.use, door.https), cookie)
  const cookie = (use: 'device' | 'visit') => audience && readCookie(headers.cookie, cookieName(audience, use, door.https))
  const mustSignIn = () => {
    if (!audience) throw new Error(`${route.path} has no sessions`)
    return audience
  }

  const context: RequestContext = {
    tools: door.tools,
    identity: door.identity,
    actor: actors[0],
    actors,
    found,
    envelope(commandId) {
      const actor = actors[0]
      if (!actor) throw new Error(`${route.method} ${route.path} asks for an actor and admits anyone`)
      return { actor, at, requestId, commandId }
    },
    purpose: route.purpose,
    at,
    requestId,
    address: incoming.address,
    language: languageOf(incoming.query['lang'], headerOf(headers, 'accept-language'), found?.account.language),
    nonce: randomBytes(16).toString('base64url'),
    bytes,
    headers: {
      contentLength: whole(headerOf(headers, 'content-length')),
      contentType: headerOf(headers, 'content-type'),
      range: headerOf(headers, 'range'),
      uploadOffset: whole(headerOf(headers, 'x-upload-offset')),
    },
    deviceToken: cookie('device'),
    startSession: (tx, start) => startSession(tx, door.identity, { ...start, audience: mustSignIn() }, at),
    keepSession(session, deviceToken) {
      put({ audience: session.audience, use: 'session', value: session.token })
      if (deviceToken) put({ audience: session.audience, use: 'device', value: deviceToken, seconds: DEVICE_SECONDS })
    },
    dropSession: () => put({ audience: mustSignIn(), use: 'session', value: undefined }),
    csrfToken() {
      if (found) return found.session.csrf
      const visit = cookie('visit') ?? newSecret()
      if (!cookie('visit')) put({ audience: mustSignIn(), use: 'visit', value: visit })
      return visitToken(door, mustSignIn(), visit)
    },
    tell: (name, value) => {
      headersOut[name] = value
    },
  }
  return { context, told: { cookies: () => [...cookies.values()].map((c) => cookieText(c, door.https)), headers: headersOut } }
}
