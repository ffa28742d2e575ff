// Longer than 200 lines: the one file that knows the HTTP library; what it does not need from it stands in door/.
import { randomBytes } from 'node:crypto'
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { Identity } from '../identity/identity.ts'
import type { Tools } from '../service/tools.ts'
import { type Admitted, admit, ORDINARY_BODY } from './door/admit.ts'
import { answer, type Body, failureReply, problemReply } from './door/answer.ts'
import type { Door, Incoming, Outgoing } from './door/door.ts'
import { headerOf } from './door/door.ts'
import { type DoorLog, doorLog } from './door/door-log.ts'
import { findEdgeRefusal } from './door/edge-refusal.ts'
import { healthReply } from './door/health.ts'
import { languageOf } from './door/language.ts'
import { rawReply } from './door/raw-reply.ts'
import { listStaticFiles, staticReply } from './door/static-files.ts'
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
      const refusal = findEdgeRefusal(error) ?? { code: 'invalidInput', faults: [] }
      socket.end(rawReply(problemReply(door, refusal, 'en', { requestId: uuidv7(), at: tools.now() })))
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
    const refusal = findEdgeRefusal(error)
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

  app.get('/healthz', async (_request, reply) => send(reply, await healthReply(door)))
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
