import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { testBrowser } from './door/test-browser.ts'
import { ORIGIN, openTestDoor, PASSWORD, type TestDoor } from './door/test-door.ts'
import { route } from './route.ts'

const base = {
  audience: 'office',
  scope: 'account',
  roles: 'anyone',
  purpose: 'none',
  limit: 'write',
  stepUp: false,
  summary: { zh: '试', en: 'Try' },
} as const
const handled: unknown[] = []
const echo = route({
  ...base,
  method: 'POST',
  path: '/api/office/echo',
  problems: ['invalidInput'],
  body: z.strictObject({
    name: z.string().min(2).max(40),
    age: z.int().min(0).optional(),
    kind: z.enum(['a', 'b']).optional(),
    free: z.record(z.string(), z.json()).optional(),
    on: z.iso.date().optional(),
  }),
  reply: z.object({ name: z.string(), language: z.string() }),
  handle({ language }, { body }) {
    handled.push(body)
    return { name: body.name, language, secret: 'must not leave', stage: 'granted' }
  },
})
const query = route({
  ...base,
  method: 'GET',
  path: '/api/office/items/:id',
  limit: 'read',
  problems: ['invalidInput', 'notFound'],
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ page: z.coerce.number().int().optional(), kind: z.string().optional() }),
  reply: z.object({ id: z.string() }),
  handle: (_context, { params }) => ({ id: params.id }),
})
const broken = route({
  ...base,
  method: 'GET',
  path: '/api/public/broken',
  audience: 'public',
  scope: 'none',
  limit: 'public',
  problems: [],
  reply: z.object({}),
  handle: () => Promise.reject(Object.assign(new Error('passport E12345678 of Maria'), { code: '23505' })),
})
const away = route({
  ...base,
  method: 'GET',
  path: '/api/public/away',
  audience: 'public',
  scope: 'none',
  limit: 'public',
  problems: [],
  reply: z.object({}),
  handle: () => Promise.reject(Object.assign(new Error('x'), { code: '57P01' })),
})
const misfit = route({
  ...base,
  method: 'GET',
  path: '/api/public/misfit',
  audience: 'public',
  scope: 'none',
  limit: 'public',
  problems: [],
  reply: z.object({ n: z.int() }),
  handle: () => ({ n: 'Maria' }) as never,
})
const where = route({
  ...base,
  method: 'GET',
  path: '/api/public/where',
  audience: 'public',
  scope: 'none',
  limit: 'public',
  problems: [],
  reply: z.object({ address: z.string() }),
  handle: ({ address }) => ({ address }),
})
const page = route({
  ...base,
  method: 'GET',
  path: '/v/:code',
  audience: 'check',
  scope: 'invited',
  limit: 'check',
  problems: ['invalidInput'],
  params: z.strictObject({ code: z.string().max(40) }),
  reply: { html: true },
  handle: ({ nonce, language }) => ({ html: `<style nonce="${nonce}"></style>${language}` }),
})
const form = route({
  ...base,
  method: 'POST',
  path: '/check',
  audience: 'check',
  scope: 'invited',
  limit: 'check',
  accepts: 'form',
  problems: ['invalidInput'],
  body: z.strictObject({ code: z.string() }),
  reply: { html: true },
  handle: (_c, { body }) => ({ html: body.code.length.toString() }),
})
const file = route({
  ...base,
  method: 'GET',
  path: '/api/public/file',
  audience: 'public',
  scope: 'none',
  limit: 'file',
  problems: [],
  reply: { file: ['application/pdf'] },
  handle: () => ({ body: Buffer.from('%PDF-'), type: 'application/pdf', name: '../../通知"\r\nx: y.pdf' }),
})
const bytes = route({
  ...base,
  method: 'POST',
  path: '/api/office/bytes',
  accepts: 'bytes',
  maxBytes: 1000,
  problems: [],
  reply: z.object({ length: z.int() }),
  async handle({ bytes }) {
    let length = 0
    for await (const chunk of bytes ?? []) length += (chunk as Buffer).length
    return { length }
  },
})
const dist = mkdtempSync(join(tmpdir(), 'laihua-dist-'))
let door: TestDoor
const li = () => testBrowser(door.app, 'office')
const signedIn = async () => {
  const browser = li()
  await browser.signIn('li.wen')
  return browser
}
beforeAll(async () => {
  for (const [folder, name, text] of [
    ['office', 'index.html', '<script nonce="__CSP_NONCE__" src="/office/assets/app-AbCd1234.js"></script>'],
    ['office/assets', 'app-AbCd1234.js', 'console.log(1)'],
    ['public', 'index.html', 'home'],
    ['office', 'notes.md', 'not for serving'],
    ['card', 'index.html', 'card'],
  ] as const) {
    mkdirSync(join(dist, folder), { recursive: true })
    writeFileSync(join(dist, folder, name), text)
  }
  door = await openTestDoor({ routes: [echo, query, broken, away, misfit, where, page, form, file, bytes], proxies: ['10.0.0.9'], dist })
  await door.person('li.wen', 'staff')
})
afterAll(async () => {
  await door.close()
  rmSync(dist, { recursive: true })
})

describe('a write', () => {
  const body = { name: 'Maria' }
  it.each([
    ['no token', { 'x-csrf-token': undefined }, 403, 'tokenMissing'],
    ['a wrong token', { 'x-csrf-token': 'x'.repeat(43) }, 403, 'tokenMissing'],
    ['a foreign origin', { origin: 'https://evil.example' }, 403, 'crossSite'],
    ['a foreign origin of the same site', { 'sec-fetch-site': 'same-site' }, 403, 'crossSite'],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, 403, 'crossSite'],
    ['a null origin and nothing to vouch', { origin: 'null', 'sec-fetch-site': undefined }, 403, 'crossSite'],
    ['neither origin nor site', { origin: undefined, 'sec-fetch-site': undefined }, 403, 'crossSite'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'mediaTypeNotAccepted'],
    ['plain text', { 'content-type': 'text/plain' }, 415, 'mediaTypeNotAccepted'],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'mediaTypeNotAccepted'],
    ['no type', { 'content-type': undefined }, 415, 'mediaTypeNotAccepted'],
    ['a type that only begins like JSON', { 'content-type': 'application/jsonx' }, 415, 'mediaTypeNotAccepted'],
  ])('with %s is refused before its handler', async (_name, headers, status, code) => {
    const browser = await signedIn()
    const before = handled.length
    const reply = await browser.post('/api/office/echo', body, { headers })
    expect([reply.status, reply.json.code]).toEqual([status, code])
    expect(handled).toHaveLength(before)
  })
  it('with token, own origin and JSON goes through, also without Sec-Fetch-Site', async () => {
    const browser = await signedIn()
    expect((await browser.post('/api/office/echo', body)).status).toBe(200)
    expect((await browser.post('/api/office/echo', body, { headers: { 'sec-fetch-site': undefined } })).status).toBe(200)
  })
  it('cannot sign somebody in without the token of the visit', async () => {
    const stranger = li()
    expect((await stranger.post('/api/office/sign-in', { login: 'li.wen', password: PASSWORD })).json.code).toBe('tokenMissing')
    await stranger.session()
    stranger.cookies.delete('__Host-laihua-office-visit')
    expect((await stranger.post('/api/office/sign-in', { login: 'li.wen', password: PASSWORD })).json.code).toBe('tokenMissing')
  })
  it('leaves all rows as they were when it is only a GET', async () => {
    const browser = await signedIn()
    const count = async () =>
      (
        await sql<{
          text: string
        }>`select (select string_agg(a::text, ',') from account a) || (select count(*) from security_event) as text`.execute(door.db)
      ).rows[0]!.text
    const before = await count()
    for (const path of [
      '/api/office/session',
      '/api/office/passkeys',
      '/api/office/demo-people',
      '/api/office/items/0192d3a4-7c11-7b52-9f6e-3b1f7c0a1d2e',
    ])
      await browser.get(path)
    expect(await count()).toBe(before)
  })
})

describe('input', () => {
  it('is told all its faults at once, with path, rule and way out, and not what was sent', async () => {
    const browser = await signedIn()
    const reply = await browser.post('/api/office/echo', {
      name: 'M',
      age: -1,
      kind: 'zzz-marker',
      stage: 'granted',
      officeId: 'x',
      on: '2026-02-30',
    })
    expect(reply.status).toBe(400)
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(reply.json.faults.map((f: { path: string; code: string }) => [f.path, f.code])).toEqual([
      ['name', 'tooShort'],
      ['age', 'tooSmall'],
      ['kind', 'notOffered'],
      ['on', 'wrongFormat'],
      ['stage', 'unknownKey'],
      ['officeId', 'unknownKey'],
    ])
    for (const fault of reply.json.faults) expect(fault.message.length * fault.wayOut.length).toBeGreaterThan(0)
    expect(reply.text).not.toContain('zzz-marker')
  })
  it('is worded in the language of its reader', async () => {
    const browser = await signedIn()
    const reply = await browser.post('/api/office/echo', { name: 'M' }, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en' } })
    expect(reply.json.title).toBe('有内容需要修改')
    expect(reply.json.faults[0].message).toBe('太短，至少 2')
  })
  const hostile: [string, string | Buffer, number][] = [
    ['a NUL', '{"name":"Ma\\u0000ria"}', 400],
    ['a lone surrogate', '{"name":"Ma\\ud800ria"}', 400],
    ['a NUL in a key', '{"name":"Maria","free":{"a\\u0000":1}}', 400],
    ['__proto__', '{"name":"Maria","__proto__":{"admin":true}}', 400],
    ['__proto__ inside', '{"name":"Maria","free":{"__proto__":{"x":1}}}', 400],
    ['constructor', '{"name":"Maria","free":{"constructor":{"prototype":{}}}}', 400],
    ['ten megabytes', `{"name":"${'x'.repeat(10_000_000)}"}`, 413],
    ['bottomless nesting', `{"name":"Maria","free":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`, 400],
    ['half of it', '{"name":"Mar', 400],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['a number', '1e999', 400],
    ['a string', '"x"', 400],
    ['a wrong type', '{"name":{"toString":"x"}}', 400],
    ['a huge number', '{"name":"Maria","age":1e300}', 400],
    ['a byte order mark', '\ufeff{"name":"Maria"}', 200],
  ]
  it.each(hostile)('with %s gets a clear answer and no 5xx', async (_name, raw, status) => {
    const browser = await signedIn()
    const reply = await browser.post('/api/office/echo', undefined, { raw, headers: { 'content-type': 'application/json' } })
    expect(reply.status).toBe(status)
    if (status !== 200) expect(reply.json.code).toBe(status === 413 ? 'bodyTooLarge' : 'invalidInput')
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  })
  it('in addresses is as strict', async () => {
    const browser = await signedIn()
    const id = '0192d3a4-7c11-7b52-9f6e-3b1f7c0a1d2e'
    expect((await browser.get(`/api/office/items/${id}?page=2&lang=en`)).status).toBe(200)
    for (const bad of [
      '/api/office/items/xyz',
      `/api/office/items/${id}?stage=1`,
      `/api/office/items/${id}?kind=a&kind=b`,
      `/api/office/items/${id}?kind=%00`,
      `/api/office/items/${id}?__proto__=1`,
      '/api/office/items/%ff',
      '/api/office/items/%00',
    ])
      expect([bad, (await browser.get(bad)).status]).toEqual([bad, 400])
    expect((await browser.get(`/api/office/items/${'x'.repeat(3000)}`)).status).toBe(400)
    expect((await browser.get('/api/office/session?stage=1')).json.faults).toMatchObject([{ path: 'query.stage', code: 'unknownKey' }])
  })
  it('streamed as bytes is held to its size before it is read', async () => {
    const browser = await signedIn()
    const type = { 'content-type': 'application/octet-stream' }
    expect((await browser.post('/api/office/bytes', undefined, { raw: Buffer.alloc(1000), headers: type })).json).toEqual({ length: 1000 })
    expect((await browser.post('/api/office/bytes', undefined, { raw: Buffer.alloc(1001), headers: type })).json.code).toBe('bodyTooLarge')
  })
})

describe('a reply', () => {
  it('lets out only what its schema names', async () => {
    const browser = await signedIn()
    expect((await browser.post('/api/office/echo', { name: 'Maria' })).json).toEqual({ name: 'Maria', language: 'en' })
  })
  it('of a failure tells nothing of it, and the log neither', async () => {
    for (const path of ['/api/public/broken', '/api/public/misfit']) {
      const reply = await li().get(path)
      expect([reply.status, reply.json.code]).toEqual([500, 'internal'])
      expect(reply.json.reference).toMatch(/^[0-9a-f-]{36}$/)
      expect(reply.text + door.lines.join('')).not.toMatch(/Maria|E12345678/)
      expect(door.lines.some((line) => line.includes(reply.json.reference) && line.includes('"event":"failed"'))).toBe(true)
    }
  })
  it('while the database is away is 503 with a time to come back', async () => {
    const reply = await li().get('/api/public/away')
    expect([reply.status, reply.json.code, reply.headers['retry-after']]).toEqual([503, 'unavailable', '5'])
  })
  it('with a file has a safe name and a sandbox', async () => {
    const reply = await li().get('/api/public/file')
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename=".._..______x: y.pdf"; filename*=UTF-8''.._.._%E9%80%9A%E7%9F%A5%22__x%3A%20y.pdf`,
    )
    expect(reply.headers['content-security-policy']).toContain('sandbox')
  })

  const paths = [
    '/',
    '/office/cases/1',
    '/office/assets/app-AbCd1234.js',
    '/card/',
    '/api/office/session',
    '/api/office/passkeys',
    '/api/nowhere',
    '/v/abc',
    '/api/public/broken',
    '/api/public/file',
    '/healthz',
    '/api/docs',
    '/api/openapi.json',
    '/%ff',
    '/office/x.css',
  ]
  it.each(paths)('carries the whole header set: %s', async (path) => {
    const { headers } = await li().get(path)
    const fixed = Object.fromEntries(
      [
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
        'referrer-policy',
        'x-content-type-options',
        'x-frame-options',
        'strict-transport-security',
        'origin-agent-cluster',
      ].map((h) => [h, headers[h]]),
    )
    expect(fixed).toEqual({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'origin-agent-cluster': '?1',
    })
    const csp = String(headers['content-security-policy'])
    expect(csp).toContain("frame-ancestors 'none'")
    expect(csp).toContain("base-uri 'none'")
    expect(csp).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')|script-src[^;]*unsafe-inline|\*/)
    expect(String(headers['permissions-policy']).includes('camera=(self)')).toBe(path.startsWith('/card'))
    const kept = { '/office/assets/app-AbCd1234.js': 'public, max-age=31536000, immutable', '/api/openapi.json': 'public, max-age=300' }[
      path
    ]
    expect(headers['cache-control']).toBe(kept ?? 'no-store')
    expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined()
  })
  it('allows no script on pages that need none', async () => {
    for (const path of ['/v/abc', '/api/docs'])
      expect(String((await li().get(path)).headers['content-security-policy'])).not.toContain('script-src')
  })
})

describe('addresses', () => {
  it('unknown, with a foreign suffix, or of a file not built for the web are 404 in JSON', async () => {
    for (const path of [
      '/api/nowhere',
      '/office/case/x.css',
      '/office/notes.md',
      '/office/../package.json',
      '/office/%2e%2e/%2e%2e/package.json',
      '/.env',
      '/src/main/start.ts',
      '/nowhere',
      '/office/assets/app-AbCd1234.js.map',
    ]) {
      const reply = await li().get(path)
      expect([path, reply.status, reply.json?.code]).toEqual([path, 404, 'notFound'])
    }
  })
  it('of a surface show its page, with a fresh nonce', async () => {
    const [one, two] = [await li().get('/office/cases/4403-00001-K'), await li().get('/office')]
    const nonce = /nonce="([\w-]{22})"/.exec(one.text)?.[1]
    expect(nonce).toBeDefined()
    expect(String(one.headers['content-security-policy'])).toContain(`'nonce-${nonce}'`)
    expect(two.text).not.toContain(nonce)
  })
  it('take a form only from a page of our own, also with a null origin', async () => {
    const send = (headers: Record<string, string | undefined>) =>
      li().post('/check', undefined, { raw: 'code=abc', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })
    expect((await send({})).text).toBe('3')
    expect((await send({ origin: 'null' })).text).toBe('3')
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({ origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('the network', () => {
  it('believes forwarded addresses from listed proxies only', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.5', 'x-forwarded-host': 'evil.example', forwarded: 'for=203.0.113.6;host=evil.example' }
    expect((await li().get('/api/public/where', { headers, address: '198.51.100.1' })).json.address).toBe('198.51.100.1')
    expect((await li().get('/api/public/where', { headers, address: '10.0.0.9' })).json.address).toBe('203.0.113.5')
  })
  it('never uses the host header', async () => {
    const plain = await li().get('/api/office/session')
    const spoofed = await li().get('/api/office/session', {
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
      address: '10.0.0.9',
    })
    expect(spoofed.text + JSON.stringify(spoofed.headers)).not.toContain('evil.example')
    expect(spoofed.status).toBe(plain.status)
    expect(
      (await li().post('/api/office/sign-in', {}, { headers: { host: 'evil.example', origin: 'https://evil.example' } })).json.code,
    ).toBe('crossSite')
  })
  it('logs patterns and ids, one line each, never what was sent', async () => {
    const browser = await signedIn()
    await browser.post('/api/office/echo', { name: 'MARKER-NAME' }, { headers: { 'user-agent': 'evil\u001b[31m' } })
    await browser.get('/v/MARKER-CODE%0aforged')
    const log = door.lines.join('')
    expect(log).not.toMatch(/MARKER|forged|evil|li\.wen/)
    expect(log).toContain('"route":"/v/:code"')
    expect(log).toContain('"route":"/api/office/echo"')
    for (const line of door.lines) expect(line.trimEnd().split('\n')).toHaveLength(1)
  })
  it('is limited by a count that all servers share', async () => {
    const other = await door.openServer()
    const statuses: number[] = []
    for (let i = 0; i < 130; i++)
      statuses.push((await testBrowser(i % 2 ? door.app : other.app).get('/v/x', { address: '192.0.2.200' })).status)
    expect(statuses.filter((s) => s === 200)).toHaveLength(120)
    expect(statuses.filter((s) => s === 429)).toHaveLength(10)
    door.pass(61)
    expect((await li().get('/v/x', { address: '192.0.2.200' })).status).toBe(200)
  })
})

describe('a server on a socket', () => {
  it('answers broken and oversized requests with the header set, and closes while clients keep their connection', async () => {
    const { app } = await door.openServer()
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        let got = ''
        const socket = dial(port, '127.0.0.1', () => socket.write(text))
        socket
          .on('data', (chunk) => (got += chunk))
          .on('close', () => resolve(got))
          .on('error', () => resolve(got))
      })
    expect(await raw('NOT HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*frame-ancestors 'none'[\s\S]*"code":"invalidInput"/)
    expect(await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*"code":"headersTooLarge"/,
    )
    expect(await raw('POST /check HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400/,
    )
    await new Promise<void>((resolve) =>
      request({ port, host: '127.0.0.1', path: '/healthz', headers: { connection: 'keep-alive' } }, (r) =>
        r.resume().on('end', resolve),
      ).end(),
    )
    const started = performance.now()
    await app.close()
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

it('a demonstration on plain HTTP has cookies without prefix and no HSTS', async () => {
  const plain = await openTestDoor({ origins: ['http://127.0.0.1:8080'] })
  const reply = await testBrowser(plain.app).get('/api/office/session')
  expect(String(reply.headers['set-cookie'])).toMatch(/^laihua-office-visit=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(reply.headers['strict-transport-security']).toBeUndefined()
  expect(ORIGIN).toMatch(/^https:/)
  await plain.close()
})
