import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { photo, readerOf, type Story, story, type Unit } from '../../service/uploads/story.test-kit.ts'
import { type FileReply, type RequestContext, type Route, routeFaults } from '../route.ts'
import { ownUnit, readPiece } from './door.ts'
import { showingRoutes } from './showing-routes.ts'
import { uploadRoutes } from './upload-routes.ts'

let s: Story
let routes: Route[]
beforeAll(async () => {
  s = await story()
  const door = { parsers: s.tools.parsers, uploads: s.tools.uploads, scopeOf: ownUnit }
  routes = [...uploadRoutes(door), ...showingRoutes(door)]
})
afterAll(() => s?.end())

type Sent = { params?: object; query?: object; body?: object; bytes?: Buffer }
/** Does what the door does for one request: parses by the schemas of the route, calls it, and lets only what its reply names leave. */
const call = async (unit: Unit, method: string, path: string, sent: Sent = {}) => {
  const found = routes.find((r) => r.method === method && r.path === path)!
  const { actor, at, requestId } = { ...readerOf(s).envelope, actor: unit.handler }
  const context = {
    tools: { ...s.t.tools, blobs: s.tools.blobs },
    actor,
    at,
    requestId,
    purpose: found.purpose,
    bytes: sent.bytes && Readable.from([sent.bytes]),
    envelope: (commandId: string) => ({ actor, at, requestId, commandId }),
  } as unknown as RequestContext
  const input = Object.fromEntries((['params', 'query', 'body'] as const).map((k) => [k, found[k]?.parse(sent[k] ?? {})]))
  const answer = (await found.handle(context, input as never)) as { ok?: boolean; value?: unknown; refusal?: unknown }
  const value = answer.ok === undefined ? answer : answer.value
  return answer.ok === false
    ? { refusal: answer.refusal }
    : { value: 'parse' in found.reply ? (found.reply as z.ZodType).parse(value) : value }
}
const BASE = '/api/employer/uploads'

describe('the routes of uploads', () => {
  it('are complete and do not contradict themselves', () => {
    expect(routeFaults(routes)).toEqual([])
    expect(routes).toHaveLength(10)
    for (const r of routes) expect([r.audience, r.scope]).toEqual(['employer', 'employer'])
  })

  it('take a photo from its start to the cut that fits, and show and give it back', async () => {
    const picture = await photo(1200, 800)
    const id = uuidv7()
    const body = {
      for: 'paper',
      id,
      applicationId: s.nanling.filing,
      slot: 'M09',
      form: 'FILE',
      translation: false,
      name: '../Hà\r\n.jpg',
      bytes: picture.length,
    }
    expect(await call(s.nanling, 'POST', BASE, { body })).toMatchObject({ value: { id, received: 0, state: 'receiving', name: 'Hà.jpg' } })
    for (let at = 0; at < picture.length; at += 16_384)
      await call(s.nanling, 'PUT', `${BASE}/:id/content`, {
        params: { id },
        query: { offset: String(at) },
        bytes: picture.subarray(at, at + 16_384),
      })
    expect(await call(s.nanling, 'POST', `${BASE}/:id/finish`, { params: { id } })).toMatchObject({
      value: { state: 'refused', faults: [{ code: 'aspect', measured: 1.5, limit: '0.70–0.80' }] },
    })
    const proposal = (await call(s.nanling, 'GET', `${BASE}/:id/crop`, { params: { id } })) as { value: { box: object } }
    expect(await call(s.nanling, 'POST', `${BASE}/:id/crop`, { params: { id }, body: { box: proposal.value.box } })).toMatchObject({
      value: { state: 'stored', width: 600, height: 800 },
    })
    expect(await call(s.nanling, 'GET', BASE, { query: { applicationId: s.nanling.filing } })).toMatchObject({
      value: { uploads: [{ id, state: 'stored' }] },
    })
    const page = (await call(s.nanling, 'GET', `${BASE}/:id/pages/:page`, { params: { id, page: '1' }, query: { source: 'true' } })) as {
      value: FileReply
    }
    expect(page.value).toMatchObject({ type: 'image/jpeg', inline: true, name: 'page-1.jpg' })
    const file = (await call(s.nanling, 'GET', `${BASE}/:id/file`, { params: { id } })) as { value: FileReply }
    expect(file.value).toMatchObject({ type: 'image/jpeg', inline: false, name: 'Hà.jpg' })
    let seen = 0
    for await (const piece of file.value.body as AsyncIterable<Buffer>) seen += piece.length
    expect(seen).toBe(file.value.bytes)
    for (const [method, path, sent] of [
      ['GET', '/:id', {}],
      ['GET', '/:id/file', {}],
      ['POST', '/:id/finish', {}],
      ['DELETE', '/:id', {}],
      ['GET', '/:id/crop', {}],
    ] as const)
      expect(await call(s.beijiang, method, `${BASE}${path}`, { params: { id }, ...sent })).toEqual({ refusal: { code: 'notFound' } })
    expect(await call(s.nanling, 'DELETE', `${BASE}/:id`, { params: { id } })).toEqual({ value: { id } })
  })

  it('tell where to go on, and word each refusal in codes that the interface has', async () => {
    const id = uuidv7()
    const body = {
      for: 'paper',
      id,
      applicationId: s.nanling.filing,
      slot: 'M01',
      form: 'SIGNED',
      translation: false,
      name: 'x',
      bytes: 50_000,
    }
    await call(s.nanling, 'POST', BASE, { body })
    const put = (offset: number, bytes: Buffer) =>
      call(s.nanling, 'PUT', `${BASE}/:id/content`, { params: { id }, query: { offset }, bytes })
    expect(await put(100, Buffer.alloc(5000))).toEqual({ refusal: { code: 'uploadNotReady', received: 0 } })
    expect(await put(0, Buffer.alloc(16_385))).toEqual({ refusal: { code: 'bodyTooLarge' } })
    expect(await put(0, Buffer.alloc(3))).toMatchObject({ refusal: { code: 'invalidInput', least: 1024, most: 16_384 } })
    expect(await call(s.nanling, 'POST', BASE, { body: { ...body, bytes: 7 } })).toEqual({ refusal: { code: 'commandIdReused' } })
    await call(s.nanling, 'DELETE', `${BASE}/:id`, { params: { id } })
  })

  it('refuse bodies that are not theirs', async () => {
    const good = { for: 'seal', id: uuidv7(), name: 'x', bytes: 1 }
    for (const bad of [
      {},
      { ...good, more: 1 },
      { ...good, id: '../x' },
      { ...good, bytes: -1 },
      { ...good, bytes: 1.5 },
      { ...good, bytes: '9' },
      { ...good, name: 'x'.repeat(1001) },
      { ...good, for: '__proto__' },
    ])
      await expect(call(s.nanling, 'POST', BASE, { body: bad })).rejects.toThrow()
    for (const offset of ['-1', '1.5', 'x', '1e99', '9007199254740992'])
      await expect(call(s.nanling, 'PUT', `${BASE}/:id/content`, { params: { id: good.id }, query: { offset } })).rejects.toThrow()
  })

  it('show an agency without a mandate at hand nothing', async () => {
    const agency = { ...s.nanling, handler: { ...s.nanling.handler, role: 'agencyStaff' as const } }
    expect(await call(agency, 'GET', BASE, { query: { applicationId: s.nanling.filing } })).toEqual({ value: { uploads: [] } })
    expect(await call(agency, 'POST', BASE, { body: { for: 'seal', id: uuidv7(), name: 'x', bytes: 10 } })).toEqual({
      refusal: { code: 'notFound' },
    })
  })

  it('stop reading at the first byte too many', async () => {
    let given = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given += 1000
          yield Buffer.alloc(1000)
        }
      })(),
    )
    expect(await readPiece(endless, 16_384)).toBe('tooLarge')
    expect(given).toBeLessThan(100_000)
    expect(await readPiece(undefined, 10)).toHaveLength(0)
  })
})
