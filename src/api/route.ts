import type { Readable } from 'node:stream'
import type * as z from 'zod'
import type { ProblemCode } from '../contract/problem.ts'
import type { Actor, Envelope, Instant, Language, Role, Text } from '../domain/kernel.ts'
import type { Refusal } from '../domain/refusals.ts'
import type { Found } from '../identity/actor.ts'
import type { Identity } from '../identity/identity.ts'
import type { IdentityRefusal } from '../identity/refusals.ts'
import type { NewSession, StartOf } from '../identity/session.ts'
import type { Tools, Tx } from '../service/tools.ts'
import type { LimitName } from './limits.ts'

/** Who a route is for. `public` and `check` have no session; `admin` uses the session of the office and is absent for all other roles. */
export type Audience = 'public' | 'check' | 'card' | 'employer' | 'office' | 'admin'
/** What narrows the query: the door refuses an actor who lacks it, the query of the handler must use it. `invited`: a code in the request is the right, and the handler checks it. */
export type Scope = 'none' | 'account' | 'employer' | 'office' | 'holder' | 'invited'
export type DoorRefusal =
  | { code: Exclude<ProblemCode, Refusal['code'] | IdentityRefusal['code']>; retryAfterSeconds?: number }
  | { code: 'tooManyRequests'; retryAfterSeconds: number }
export type AnyRefusal = Refusal | IdentityRefusal | DoorRefusal

/** A file on its way out: bytes or a stream, a name as label only, never a path. */
export type FileReply = { body: Uint8Array | Readable; type: string; bytes?: number; name?: string; inline?: boolean }
export type HtmlReply = { html: string; status?: 200 | 400 | 404 | 429 | 503 }
export type ReplyKind = z.ZodType | { file: readonly string[] } | { html: true }
type ValueOf<R> = R extends z.ZodType ? z.input<R> : R extends { html: true } ? HtmlReply : FileReply
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
export type Answer<V> = V | { ok: true; value: V } | { ok: false; refusal: AnyRefusal }

/** All a handler may know of its request. `actor` is there on every route whose `roles` are named. */
export type RequestContext = {
  tools: Tools
  identity: Identity
  actor: Actor | undefined
  /** The same person under each role that this route admits, in the order of the route's `roles`. */
  actors: Actor[]
  /** Account, live session and all hats; undefined when nobody is signed in on this audience. */
  found: Found | undefined
  envelope(commandId: string): Envelope
  purpose: string
  at: Instant
  requestId: string
  address: string
  language: Language
  /** The nonce of this reply's content security policy, for `<style nonce>` in HTML. */
  nonce: string
  /** The raw body of a route that `accepts: 'bytes'`; never read into memory by the door. */
  bytes: Readable | undefined
  headers: {
    contentLength: number | undefined
    contentType: string | undefined
    range: string | undefined
    uploadOffset: number | undefined
  }
  deviceToken: string | undefined
  /** Makes a session in the caller's transaction (registration); `keepSession` sets its cookie. */
  startSession(tx: Tx, start: Omit<StartOf, 'audience'>): Promise<NewSession>
  keepSession(session: NewSession, deviceToken?: string): void
  dropSession(): void
  /** The token that the next unsafe request of this browser must carry; before sign-in it belongs to a cookie of its own. */
  csrfToken(): string
  /** A header of this one reply that the handler may add, from a short list. */
  tell(name: 'x-upload-offset', value: string): void
}

export type Example = { params?: unknown; query?: unknown; body?: unknown; reply?: unknown }
/**
 * One endpoint as a value: it can be mounted, printed as OpenAPI, and walked by a test that knows every role. What is not optional here cannot be left out,
 * so that a route without scope, limit, purpose or step-up does not build (design, section 4; ASVS 8.1).
 */
export type RouteOf<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends ReplyKind,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  audience: Audience
  scope: Scope
  roles: readonly Role[] | 'anyone'
  /** Why personal data is read here, as the access record will say; `none` when none is. */
  purpose: string
  limit: LimitName
  stepUp: boolean
  summary: Text
  params?: P
  query?: Q
  body?: B
  reply: R
  problems: readonly ProblemCode[]
  example?: Example
  /** What the body is: JSON unless said. `form` is for pages that need no script, `bytes` streams a file. */
  accepts?: 'json' | 'form' | 'bytes'
  /** Largest body in bytes, where the ordinary limit does not fit. */
  maxBytes?: number
  /** Also for a session whose second factor is still missing. */
  halfOpen?: boolean
  /** May be kept by caches for so many seconds; only for what is the same for everyone. */
  cacheSeconds?: number
  handle(
    context: RequestContext,
    input: { params: Parsed<P>; query: Parsed<Q>; body: Parsed<B> },
  ): Promise<Answer<ValueOf<R>>> | Answer<ValueOf<R>>
}
/** A route whose inner types nobody needs any more: what lists hold. */
export type Route = Omit<RouteOf<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined, ReplyKind>, 'handle'> & {
  handle(context: RequestContext, input: { params: never; query: never; body: never }): unknown
}

/** Writes a route down with its types checked against each other. */
export const route = <
  R extends ReplyKind,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  value: RouteOf<P, Q, B, R>,
): Route => value as unknown as Route

export const isUnsafe = (r: Pick<Route, 'method'>): boolean => r.method !== 'GET'
/** Which session opens a route; undefined where none is looked for. */
export const sessionAudienceOf = (audience: Audience): 'card' | 'employer' | 'office' | undefined =>
  audience === 'admin' ? 'office' : audience === 'public' || audience === 'check' ? undefined : audience

/** What is wrong with a list of routes beyond what types can say; empty when all is well. A test walks the whole list with it. */
export function routeFaults(routes: readonly Route[]): string[] {
  const seen = new Set<string>()
  return routes.flatMap((r) => {
    const name = `${r.method} ${r.path}`
    const shape = name.replace(/:[A-Za-z]+/g, ':')
    const faults: string[] = []
    const say = (wrong: boolean, text: string) => wrong && faults.push(`${name}: ${text}`)
    say(seen.has(shape), 'is there twice')
    seen.add(shape)
    const session = sessionAudienceOf(r.audience)
    say(r.roles !== 'anyone' && r.roles.length === 0, 'admits no role')
    say(r.roles !== 'anyone' && session === undefined, 'names roles where nobody signs in')
    say(session === undefined && !['none', 'invited'].includes(r.scope), 'has a scope that needs a session')
    say(['employer', 'office', 'holder'].includes(r.scope) && r.roles === 'anyone', 'has a scope without roles')
    say(r.stepUp && session === undefined, 'asks for step-up where nobody signs in')
    say(r.method === 'GET' && r.body !== undefined, 'has a body on GET')
    say(r.cacheSeconds !== undefined && (session !== undefined || r.method !== 'GET' || r.purpose !== 'none'), 'must not be cached')
    say((r.path.match(/:[A-Za-z]+/g) ?? []).length > 0 && r.params === undefined, 'has parameters without a schema')
    say('parse' in r.reply ? r.example?.reply === undefined : false, 'has no example of its reply')
    say(r.body !== undefined && r.example?.body === undefined, 'has no example of its body')
    say(
      r.body !== undefined && r.example?.body !== undefined && !r.body.safeParse(r.example.body).success,
      'has an example body that does not parse',
    )
    say(
      'parse' in r.reply && r.example?.reply !== undefined && !r.reply.safeParse(r.example.reply).success,
      'has an example reply that does not parse',
    )
    say((r.body ?? r.query ?? r.params) !== undefined && !r.problems.includes('invalidInput'), 'does not name the problem invalidInput')
    say(r.summary.zh === '' || r.summary.en === '', 'lacks a summary')
    return faults
  })
}
