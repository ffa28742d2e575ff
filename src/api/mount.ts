// Longer than 200 lines: the one file that knows the HTTP library; what it does not need from it stands in door/.
import { randomBytes } from 'node:crypto'
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Identity } from '../identity/identity.ts'
import type { Tools } from '../service/tools.ts'
import { type Admitted, admit, ORDINARY_BODY } from './door/admit.ts'
import { answer, type Body, failureReply, problemReply } from './door/answer.ts'
import type { Door, Incoming, Outgoing } from './door/door.ts'
import { headerOf } from './door/door.ts'
import { type DoorLog, doorLog } from './door/door-log.ts'
import { languageOf } from './door/language.ts'
import { listStaticFiles, staticReply } from './door/static-files.ts'
import { securityHeaders } from './headers.ts'
import { LIMITS, type Limits } from './limits.ts'
import { openApiRoutes } from './openapi.ts'
import type { AnyRefusal, Route } from './route.ts'

export type MountOptions = {
  tools: Tools
  identity: Identity
  routes: readonly Route[]
  /** All addresses under which browsers reach us, such as `https://permits.example.cn`. Writes from elsewhere are refused; the Host header is never used. */
  origins: readonly string[]
  /** Addresses or networks of proxies that may tell the client's address; empty when none stands in front. */
  proxies?: readonly string[]
  /** Folder with the built applications. */
  dist?: string
  /** Addresses that the public application shows. */
  publicPaths?: readonly string[]
  limits?: Partial<Limits>
  log?: DoorLog
}
const PUBLIC_PATHS = [
  '/',
  '/sign-in',
  '/register',
  '/self-check',
  '/guides',
  '/guide',
  '/faq',
  '/times',
  '/help',
  '/accessibility',
  '/privacy',
]

declare module 'fastify' {
  interface FastifyRequest {
    incoming: Incoming
    admitted: Admitted | undefined
    accountId: string | undefined
  }
}

/** Opens the only door: every route value behind the same order of checks. This file alone knows the HTTP library. */
export async function mount(options: MountOptions): Promise<FastifyInstance> {
  const { tools, identity, origins, proxies = [], dist } = options
  const https = origins.length > 0 && origins.every((o) => o.startsWith('https://'))
  const door: Door = {
    tools,
    identity,
    limits: { ...LIMITS, ...options.limits },
    origins: new Set(origins),
    https,
    log: options.log ?? doorLog(),
  }
  const files = dist === undefined ? undefined : listStaticFiles(dist, options.publicPaths ?? PUBLIC_PATHS)
  let closing = false

  const app = fastify({
    logger: false,
    bodyLimit: ORDINARY_BODY,
    requestTimeout: 120_000,
    keepAliveTimeout: 30_000,
    http: { maxHeaderSize: 16_384, headersTimeout: 15_000 },
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    genReqId: () => uuidv7(),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false, caseSensitive: true },
    frameworkErrors: (_error, request, reply) =>
      void send(
        reply,
        turn({ code: 'invalidInput', faults: [{ path: 'path', code: 'wrongFormat', expected: 'URI' }] }, incomingOf(tools, request)),
      ),
    clientErrorHandler(error, socket) {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      const code =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? 'headersTooLarge'
          : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
            ? 'requestTooSlow'
            : 'invalidInput'
      const reply = problemReply(door, code === 'invalidInput' ? { code, faults: [] } : { code }, 'en', {
        requestId: uuidv7(),
        at: tools.now(),
      })
      const lines = Object.entries({
        ...reply.headers,
        connection: 'close',
        'content-length': String(Buffer.byteLength(String(reply.body))),
      })
      socket.end(`HTTP/1.1 ${reply.status} Refused\r\n${lines.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n${reply.body}`)
    },
  })
  const turn = (refusal: AnyRefusal & { faults?: readonly object[] }, incoming: Incoming): Outgoing =>
    problemReply(door, refusal, languageOf(incoming.query['lang'], headerOf(incoming.headers, 'accept-language'), undefined), incoming)

  app.removeAllContentTypeParsers()
  for (const type of ['application/json', 'application/x-www-form-urlencoded'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))

  app.decorateRequest('incoming')
  app.decorateRequest('admitted', undefined)
  app.decorateRequest('accountId', undefined)
  app.addHook('onRequest', async (request, reply) => {
    request.incoming = incomingOf(tools, request)
    if (closing) {
      reply.header('connection', 'close')
      return send(reply, turn({ code: 'closing' }, request.incoming))
    }
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, id, accountId } = request
    door.log.info('request', {
      requestId: String(id),
      method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      accountId,
    })
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const incoming = request.incoming ?? incomingOf(tools, request)
    const refusal = edgeRefusalOf(error, request)
    return send(reply, refusal ? turn(refusal, incoming) : failureReply(door, error, incoming, request.routeOptions.url ?? 'none'))
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const file = request.method === 'GET' || request.method === 'HEAD' ? files?.find(path) : undefined
    if (!file) return send(reply, turn({ code: 'notFound' }, request.incoming))
    const nonce = randomBytes(16).toString('base64url')
    const asked = {
      nonce,
      https,
      acceptEncoding: headerOf(request.headers, 'accept-encoding') ?? '',
      ifNoneMatch: headerOf(request.headers, 'if-none-match'),
    }
    return send(reply, staticReply(file, asked))
  })

  app.get('/healthz', async (_request, reply) => {
    // A pool that is exhausted must not hang the health check.
    const alive = await Promise.race([
      sql`select 1`.execute(tools.db).then(
        () => true,
        () => false,
      ),
      new Promise<false>((r) => setTimeout(r, 2000, false).unref()),
    ])
    const headers = { ...securityHeaders({ surface: 'api', nonce: '', https }), 'content-type': 'application/json; charset=utf-8' }
    return send(reply, {
      status: alive ? 200 : 503,
      headers: alive ? headers : { ...headers, 'retry-after': '5' },
      body: JSON.stringify({ healthy: alive }),
    })
  })
  for (const route of [...options.routes, ...openApiRoutes(options.routes)]) mountOne(app, door, route)

  let sweep: NodeJS.Timeout | undefined
  let hard: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    closing = true
    // `close` waits for keep-alive clients for ever; idle ones are sent away until all are gone.
    sweep = setInterval(() => app.server.closeIdleConnections(), 200)
    hard = setTimeout(() => app.server.closeAllConnections(), 10_000)
  })
  app.addHook('onClose', async () => {
    clearInterval(sweep)
    clearTimeout(hard)
  })
  await app.ready()
  return app
}

const mountOne = (app: FastifyInstance, door: Door, route: Route) =>
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.maxBytes ?? ORDINARY_BODY,
    onRequest: async (request, reply) => {
      const admitted = await admit(door, route, request.incoming)
      request.accountId = admitted.found?.account.id
      if (admitted.ok) request.admitted = admitted
      else {
        const language = languageOf(
          request.incoming.query['lang'],
          headerOf(request.headers, 'accept-language'),
          admitted.found?.account.language,
        )
        return send(reply, problemReply(door, admitted.refusal, language, request.incoming))
      }
    },
    handler: async (request, reply) => {
      if (!request.admitted) throw new Error('a request reached its handler without being admitted')
      return send(reply, await answer(door, route, request.incoming, request.admitted, request.body as Body))
    },
  })

const send = (reply: FastifyReply, out: Outgoing): FastifyReply => reply.code(out.status).headers(out.headers).send(out.body)

const incomingOf = (tools: Tools, request: FastifyRequest): Incoming => ({
  method: request.method,
  headers: request.headers,
  params: (request.params ?? {}) as Record<string, unknown>,
  query: (request.query ?? {}) as Record<string, unknown>,
  address: request.ip,
  requestId: String(request.id),
  at: tools.now(),
})

const edgeRefusalOf = (
  { code, statusCode }: FastifyError,
  request: FastifyRequest,
): (AnyRefusal & { faults?: readonly object[] }) | undefined => {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'bodyTooLarge' }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { code: 'mediaTypeNotAccepted' }
  if (code === 'FST_ERR_MAX_PARAM_LENGTH' || code === 'FST_ERR_NOT_FOUND') return { code: 'notFound' }
  // Body length that does not fit, broken encodings: the sender's.
  if (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500) return { code: 'invalidInput', faults: [] }
  return request.raw.destroyed && !request.raw.complete ? { code: 'requestTooSlow' } : undefined
}
