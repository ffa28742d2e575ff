import { createHash, createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BlobStore, Bytes } from './blob-store.ts'
import { signS3 } from './s3-signature.ts'
import { openS3Store } from './s3-store.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const sha = (b: Buffer | string) => createHash('sha256').update(b).digest('hex')
const mac = (k: Buffer | string, t: string) => createHmac('sha256', k).update(t).digest()

/** A small S3 service that works the signature out from the bytes on the wire, in its own words, and keeps objects in memory. */
const objects = new Map<string, Buffer>()
let failures: number[] = []
let requests = 0
const verdict = (method: string, path: string, headers: NodeJS.Dict<string | string[]>, body: Buffer): number => {
  const m =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      String(headers['authorization']),
    )
  if (!m) return 403
  const [, id, day, region, signed, signature] = m as unknown as string[]
  if (id !== 'AKID' || region !== 'cn-south' || !String(headers['x-amz-date']).startsWith(day!)) return 403
  if (headers['x-amz-content-sha256'] !== sha(body)) return 400
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date']) if (!signed!.split(';').includes(needed)) return 403
  let text = `${method}\n${path}\n\n`
  for (const name of signed!.split(';')) text += `${name}:${String(headers[name]).trim()}\n`
  text += `\n${signed}\n${headers['x-amz-content-sha256']}`
  const toSign = `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${day}/${region}/s3/aws4_request\n${sha(text)}`
  const k = mac(mac(mac(mac(`AWS4${SECRET}`, day!), region!), 's3'), 'aws4_request')
  return mac(k, toSign).toString('hex') === signature ? 200 : 403
}
let server: Server
let endpoint: string
beforeAll(async () => {
  server = createServer((request, reply) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      requests++
      const body = Buffer.concat(pieces)
      const path = request.url!
      const fail = failures.shift()
      const status = fail ?? verdict(request.method!, path, request.headers, body)
      if (status !== 200) return void reply.writeHead(status).end()
      if (request.method === 'PUT') objects.set(path, body)
      if (request.method === 'DELETE') objects.delete(path)
      const there = objects.get(path)
      if (request.method === 'DELETE') return void reply.writeHead(204).end()
      if (!there) return void reply.writeHead(404).end()
      reply
        .writeHead(200, { 'content-length': request.method === 'PUT' ? 0 : there.length })
        .end(request.method === 'GET' ? there : undefined)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((done) => server.close(done)))
beforeEach(() => {
  failures = []
  requests = 0
})

const storeWith = (secretAccessKey = SECRET): BlobStore =>
  openS3Store({ endpoint, bucket: 'laihua-files', region: 'cn-south', accessKeyId: 'AKID', secretAccessKey, fetch, seconds: 5 })
async function* of(...pieces: Buffer[]): Bytes {
  yield* pieces
}
const read = async (content: Bytes) => {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}
const file = Buffer.alloc(200_000, 'sealed')
const address = sha(file)

describe('the S3 store', () => {
  it.each([
    ['lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('signs the worked example "GET ?%s" of the Amazon S3 manual as printed there', (query, signature) => {
    const headers = signS3(
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET, region: 'us-east-1' },
      {
        method: 'GET',
        url: new URL(`https://examplebucket.s3.amazonaws.com/?${query}`),
        payloadHash: sha(''),
        at: new Date('2013-05-24T00:00:00Z'),
      },
    )
    expect(headers['authorization']).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
    )
  })

  it('keeps, finds, gives and removes; each call may be repeated', async () => {
    const store = storeWith()
    expect(await store.has(address)).toBe(false)
    await store.put(address, of(file.subarray(0, 9), file.subarray(9)), file.length)
    await store.put(address, of(file), file.length)
    expect(await store.has(address)).toBe(true)
    expect((await read(store.get(address))).equals(file)).toBe(true)
    await store.remove(address)
    await store.remove(address)
    expect(await store.has(address)).toBe(false)
    await expect(read(store.get(address))).rejects.toMatchObject({ code: 'missing' })
  })

  it('with the wrong secret is refused by the service and says so without it', async () => {
    const store = storeWith('other-secret')
    const fault = await store.put(address, of(file), file.length).catch((e: unknown) => e)
    expect(fault).toMatchObject({ code: 'storeFailed' })
    expect(String((fault as Error).message)).not.toContain('other-secret')
    expect(objects.size).toBe(0)
    await expect(store.has(address)).rejects.toMatchObject({ code: 'storeFailed' })
  })

  it('sends nothing that is not what the address says', async () => {
    await expect(storeWith().put(address, of(file, file), file.length)).rejects.toMatchObject({ code: 'otherContent' })
    await expect(storeWith().put(address, of(Buffer.from('x')), 1)).rejects.toMatchObject({ code: 'otherContent' })
    await expect(storeWith().has('../secret')).rejects.toMatchObject({ code: 'badAddress' })
    expect(requests).toBe(0)
  })

  it('tries a busy service again, three times in all', async () => {
    failures = [503, 500]
    await storeWith().put(address, of(file), file.length)
    expect(requests).toBe(3)
    failures = [503, 503, 503]
    await expect(storeWith().has(address)).rejects.toMatchObject({ code: 'storeFailed' })
    await storeWith().remove(address)
  })

  it('is not opened for a bucket name that could lead elsewhere', () => {
    for (const bucket of ['../x', 'a/b', '', 'UPPER', 'a?b'])
      expect(() => openS3Store({ endpoint, bucket, region: 'r', accessKeyId: 'a', secretAccessKey: 's', fetch })).toThrow('bucket')
  })
})
