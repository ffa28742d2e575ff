import type { Readable } from 'node:stream'
import type * as z from 'zod'
import type { Language } from '../../domain/kernel.ts'
import { type Surface, securityHeaders } from '../headers.ts'
import { problemOf, retryAfterOf } from '../problem.ts'
import type { AnyRefusal, FileReply, HtmlReply, Route } from '../route.ts'
import type { Admitted } from './admit.ts'
import { contextOf } from './context.ts'
import { type Door, headerOf, type Incoming, type Outgoing } from './door.ts'
import { errorFields } from './door-log.ts'
import { languageOf } from './language.ts'
import { hiddenFaults, type InputFault, parseBy, readForm, readJson } from './parse.ts'

/** What the body is when it reaches the door: bytes in memory, a stream for a file, or nothing. */
export type Body = Buffer | Readable | undefined

/** Parses strictly, runs the handler, and lets only what the reply schema names out. */
export async function answer(door: Door, route: Route, incoming: Incoming, admitted: Admitted, body: Body): Promise<Outgoing> {
  const bytes = body !== undefined && !Buffer.isBuffer(body) ? body : undefined
  const { context, told } = contextOf(door, route, incoming, admitted, bytes)
  const input = readInput(route, incoming, Buffer.isBuffer(body) ? body : Buffer.alloc(0))
  if (!input.ok) return problemReply(door, { code: 'invalidInput', faults: input.faults }, context.language, incoming)

  const given = await route.handle(context, input.value as never)
  const outcome = asOutcome(given)
  const cookies = told.cookies()
  const extra = { ...told.headers, ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) }
  if (!outcome.ok) {
    const problem = problemReply(door, outcome.refusal, context.language, incoming)
    return { ...problem, headers: { ...problem.headers, ...extra } }
  }
  const cache = route.cacheSeconds === undefined ? undefined : `public, max-age=${route.cacheSeconds}`
  const headers = (surface: Surface) => ({
    ...securityHeaders({ surface, nonce: context.nonce, https: door.https, ...(cache ? { cache } : {}) }),
    ...extra,
  })
  if ('html' in route.reply) {
    const { html, status = 200 } = outcome.value as HtmlReply
    return {
      status,
      headers: {
        ...headers('page'),
        'content-type': 'text/html; charset=utf-8',
        'content-language': context.language === 'zh' ? 'zh-CN' : 'en',
      },
      body: html,
    }
  }
  if ('file' in route.reply) return fileReply(route.reply.file, outcome.value as FileReply, headers('file'))
  const filtered = (route.reply as z.ZodType).safeParse(outcome.value)
  if (!filtered.success) {
    const where = filtered.error.issues.map((i) => `${i.path.join('.')}:${i.code}`).join(' ')
    throw new Error('a reply does not fit its schema', { cause: Object.assign(new Error('reply'), { where }) })
  }
  return {
    status: 200,
    headers: { ...headers('api'), 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(filtered.data),
  }
}

type Outcome = { ok: true; value: unknown } | { ok: false; refusal: AnyRefusal }
const asOutcome = (given: unknown): Outcome => {
  if (typeof given === 'object' && given !== null && 'ok' in given) {
    if (given.ok === false && 'refusal' in given) return given as Outcome
    if (given.ok === true && 'value' in given) return given as Outcome
  }
  return { ok: true, value: given }
}

const readInput = (route: Route, incoming: Incoming, bytes: Buffer): { ok: true; value: object } | { ok: false; faults: InputFault[] } => {
  const faults: InputFault[] = []
  const part = (name: 'params' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown) => {
    const hidden = name === 'body' ? [] : hiddenFaults(value, name)
    faults.push(...hidden)
    if (!schema || hidden.length > 0) return undefined
    const parsed = parseBy(schema, value, name === 'body' ? '' : name)
    if (parsed.ok) return parsed.value
    faults.push(...parsed.faults)
    return undefined
  }
  const params = part('params', route.params, { ...incoming.params })
  // The language may stand in any address.
  const { lang: _, ...asked } = incoming.query
  const query = part('query', route.query, 'lang' in (shapeOf(route.query) ?? {}) ? { ...incoming.query } : asked)
  if (!route.query)
    faults.push(
      ...Object.keys(asked)
        .slice(0, 20)
        .map((key): InputFault => ({ path: `query.${key.replace(/[^\w.-]/g, '?').slice(0, 80)}`, code: 'unknownKey' })),
    )

  let body: unknown
  if (route.accepts !== 'bytes') {
    const read = route.accepts === 'form' ? readForm(bytes) : readJson(bytes)
    if (!read.ok) faults.push(...read.faults)
    else if (route.body && read.value === undefined) faults.push({ path: '', code: 'bodyMissing' })
    else if (route.body) body = part('body', route.body, read.value)
    else if (read.value !== undefined) faults.push(...bodyNotAsked(read.value))
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { params, query, body } }
}
const shapeOf = (schema: z.ZodType | undefined): object | undefined => (schema && 'shape' in schema ? (schema.shape as object) : undefined)
const bodyNotAsked = (value: unknown): InputFault[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value)
        .slice(0, 20)
        .map((key): InputFault => ({ path: key.replace(/[^\w.-]/g, '?').slice(0, 80), code: 'unknownKey' }))
    : [{ path: '', code: 'wrongType', expected: 'object' }]

const fileReply = (allowed: readonly string[], file: FileReply, headers: Record<string, string | string[]>): Outgoing => {
  const bare = file.type.split(';')[0]!.trim()
  if (!allowed.includes(bare)) throw new Error(`a file of type ${bare.replace(/[^\w/+.-]/g, '?')} is not named by its route`)
  const size = file.bytes ?? (file.body instanceof Uint8Array ? file.body.length : undefined)
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.type,
      'content-disposition': disposition(file),
      ...(size === undefined ? {} : { 'content-length': String(size) }),
    },
    body: file.body,
  }
}
/** RFC 6266: the name is a label; what could leave a folder or a header is gone from it. */
export const disposition = ({ name, inline }: Pick<FileReply, 'name' | 'inline'>): string => {
  const kind = inline ? 'inline' : 'attachment'
  if (!name) return kind
  const label = [...name.toWellFormed().replace(/[\p{Cc}\p{Cf}/\\]/gu, '_')].slice(0, 150).join('')
  const ascii = label.replace(/[^\x20-\x7e]|["%]/g, '_')
  const coded = encodeURIComponent(label).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${coded}`
}

/** A refusal as a reply. */
export function problemReply(
  door: Door,
  refusal: AnyRefusal & { faults?: readonly object[] },
  language: Language,
  { requestId, at }: Pick<Incoming, 'requestId' | 'at'>,
): Outgoing {
  const retryAfter = retryAfterOf(refusal, at)
  const problem = problemOf(refusal, language, requestId)
  return {
    status: problem.status,
    headers: {
      ...securityHeaders({ surface: 'api', nonce: '', https: door.https }),
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify(retryAfter === undefined ? problem : { ...problem, retryAfterSeconds: retryAfter }),
  }
}

/** The database is away, restarting, or has no connection left: nothing was done, and trying again helps. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '53300',
  '53400',
  '08000',
  '08003',
  '08006',
  '08001',
  '25006',
])
/** Text that PostgreSQL cannot hold and no schema refused: the sender's fault, told without the text. */
const BAD_TEXT = new Set(['22021', '22P05', '22P02', '22003', '22008'])
/** The last resort: an exception is our fault and tells nothing; the log gets its kind and place. */
export function failureReply(door: Door, error: unknown, incoming: Incoming, route: string): Outgoing {
  const { code } = (error ?? {}) as { code?: unknown }
  const text = error instanceof Error ? error.message : ''
  const away =
    (typeof code === 'string' && AWAY.has(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|driver has already been destroyed/.test(
      text,
    )
  const language = languageOf(incoming.query['lang'], headerOf(incoming.headers, 'accept-language'), undefined)
  const cause = error instanceof Error ? (error.cause as { where?: string } | undefined) : undefined
  door.log.error(away ? 'unavailable' : 'failed', {
    requestId: incoming.requestId,
    route,
    ...errorFields(error),
    ...(typeof cause?.where === 'string' ? { code: cause.where } : {}),
  })
  if (away) return problemReply(door, { code: 'unavailable' }, language, incoming)
  if (typeof code === 'string' && BAD_TEXT.has(code)) return problemReply(door, { code: 'invalidInput', faults: [] }, language, incoming)
  return problemReply(door, { code: 'internal' }, language, incoming)
}
