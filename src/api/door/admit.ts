import type { Actor, Role } from '../../domain/kernel.ts'
import { actorOf, type Found, findActor, type Hat } from '../../identity/actor.ts'
import { recordSecurityEvent } from '../../identity/security-event.ts'
import { touchSession } from '../../identity/session.ts'
import { isSteppedUp } from '../../identity/step-up.ts'
import { useLimit } from '../limits.ts'
import { type AnyRefusal, type Route, sessionAudienceOf } from '../route.ts'
import { cookieName, readCookie } from './cookies.ts'
import { findCrossSiteRefusal } from './cross-site.ts'
import { type Door, headerOf, type Incoming } from './door.ts'

export const ORDINARY_BODY = 256 * 1024
export type Admitted = { ok: true; found: Found | undefined; actors: Actor[] }
export type Turned = { ok: false; found: Found | undefined; refusal: AnyRefusal }

/**
 * Decides before the body is read whether a request may reach its handler: actor → role and unit → limit → cross-site and token. Everything is read from the
 * database now; nothing the browser says about itself is believed but the session id.
 */
export async function admit(door: Door, route: Route, incoming: Incoming): Promise<Admitted | Turned> {
  const { tools, identity } = door
  const { at } = incoming
  const audience = sessionAudienceOf(route.audience)
  const token = audience && readCookie(incoming.headers.cookie, cookieName(audience, 'session', door.https))
  const found = audience && token ? await findActor(tools.db, audience, token, at) : undefined
  const turned = (refusal: AnyRefusal): Turned => ({ ok: false, found, refusal })

  const hats = admittedHats(route, found, incoming)
  const refusal = refusalOfRole(door, route, found, hats, at)
  if (refusal) {
    if (found && refusal.code !== 'stepUpNeeded')
      await recordSecurityEvent(tools.db, incoming, {
        kind: 'roleRefused',
        accountId: found.account.id,
        audience: route.audience,
        code: refusal.code,
      })
    // Who is turned away still counts, or a stranger could ask without end.
    const verdict = await useLimit(
      tools.db,
      identity.vault,
      door.limits,
      route.limit,
      { accountId: found?.account.id, address: incoming.address },
      at,
    )
    return turned(verdict.ok ? refusal : { code: 'tooManyRequests', retryAfterSeconds: verdict.retryAfterSeconds })
  }
  const verdict = await useLimit(
    tools.db,
    identity.vault,
    door.limits,
    route.limit,
    { accountId: found?.account.id, address: incoming.address },
    at,
  )
  if (!verdict.ok) return turned({ code: 'tooManyRequests', retryAfterSeconds: verdict.retryAfterSeconds })

  const foreign = findCrossSiteRefusal(door, route, incoming, found?.session.csrf, route.maxBytes ?? ORDINARY_BODY)
  if (foreign) {
    if (found && foreign.code === 'crossSite')
      await recordSecurityEvent(tools.db, incoming, { kind: 'crossSiteRefused', accountId: found.account.id, audience: route.audience })
    return turned(foreign)
  }
  if (found) await touchSession(tools.db, identity, found.session, at)
  return { ok: true, found, actors: found ? hats.map((hat) => actorOf(found, hat)) : [] }
}

/** The hats that fit the route, in the order of its roles; narrowed to the unit that the address or the header `x-laihua-unit` names (threat EMP-4). */
const admittedHats = (route: Route, found: Found | undefined, { params, headers }: Incoming): Hat[] => {
  if (!found) return []
  const named = [params['employerId'], params['officeId'], headerOf(headers, 'x-laihua-unit')].find(
    (unit): unit is string => typeof unit === 'string',
  )
  const here = found.hats.filter((hat) => named === undefined || hat.employerId === named || hat.officeId === named)
  if (route.roles === 'anyone') return here
  const order = (role: Role) => (route.roles === 'anyone' ? -1 : route.roles.indexOf(role))
  return here.filter((hat) => order(hat.role) >= 0 && fits(route, hat)).sort((a, b) => order(a.role) - order(b.role))
}
const fits = (route: Route, hat: Hat): boolean =>
  route.scope === 'office'
    ? hat.officeId !== undefined
    : route.scope === 'employer'
      ? hat.employerId !== undefined
      : route.scope === 'holder'
        ? hat.role === 'holder'
        : true

const refusalOfRole = (door: Door, route: Route, found: Found | undefined, hats: Hat[], at: string): AnyRefusal | undefined => {
  if (route.roles === 'anyone' && (route.scope === 'none' || route.scope === 'invited')) return undefined
  if (!found) return { code: 'notSignedIn' }
  if (found.session.state !== 'open' && !route.halfOpen) return { code: 'secondFactorNeeded' }
  if (route.roles !== 'anyone' && hats.length === 0) {
    const role = found.hats[0]?.role
    // Administration does not exist for others; a unit that is not one's own answers like one that is not there.
    const known = found.hats.some((hat) => route.roles !== 'anyone' && route.roles.includes(hat.role))
    return route.audience === 'admin' || known || role === undefined ? { code: 'notFound' } : { code: 'roleNotAllowed', role }
  }
  return route.stepUp && !isSteppedUp(door.identity, found.session, at) ? { code: 'stepUpNeeded' } : undefined
}
