import { setTimeout as wait } from 'node:timers/promises'
import { type Address, BlobError, type BlobStore, checkAddress, verified } from './blob-store.ts'
import { EMPTY_PAYLOAD, type S3Credentials, signS3 } from './s3-signature.ts'

export type S3Options = S3Credentials & {
  /** Scheme, host and port of the service; buckets are addressed by path. */
  endpoint: string
  bucket: string
  /** The one door for outgoing requests; it holds the allow-list (threat NET-2). */
  fetch: typeof globalThis.fetch
  now?: () => Date
  seconds?: number
}
const TRIES = 3

/**
 * Files in an S3-compatible store, for several machines. The address is the digest of the sealed bytes, so it is at once the signed body digest
 * that the service checks. A busy or broken service is tried three times; every call may be repeated safely.
 */
export function openS3Store(options: S3Options): BlobStore {
  const { endpoint, bucket, now = () => new Date(), seconds = 30 } = options
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new Error('S3: the bucket name is not one')
  const urlOf = (address: Address) => {
    checkAddress(address)
    return new URL(`/${bucket}/${address.slice(0, 2)}/${address}`, endpoint)
  }
  const call = async (method: 'PUT' | 'GET' | 'HEAD' | 'DELETE', address: Address, body?: Buffer<ArrayBuffer>): Promise<Response> => {
    const url = urlOf(address)
    let cause: unknown
    for (let round = 1; round <= TRIES; round++) {
      const { host: _set, ...headers } = signS3(options, { method, url, payloadHash: body ? address : EMPTY_PAYLOAD, at: now() })
      try {
        const reply = await options.fetch(url, {
          method,
          headers,
          redirect: 'error',
          signal: AbortSignal.timeout(seconds * 1000),
          ...(body ? { body } : {}),
        })
        if (reply.status < 500 && reply.status !== 429) return reply
        cause = new Error(`status ${reply.status}`)
        await reply.body?.cancel()
      } catch (error) {
        cause = error
      }
      if (round < TRIES) await wait(100 * 4 ** (round - 1))
    }
    throw new BlobError('storeFailed', address, cause)
  }
  const refuse = async (reply: Response, address: Address): Promise<never> => {
    await reply.body?.cancel()
    throw new BlobError(reply.status === 404 ? 'missing' : 'storeFailed', address, new Error(`status ${reply.status}`))
  }
  return {
    async put(address, content, bytes) {
      checkAddress(address)
      const pieces: Uint8Array[] = []
      for await (const piece of verified(address, content, bytes)) pieces.push(piece)
      const reply = await call('PUT', address, Buffer.concat(pieces))
      if (!reply.ok) await refuse(reply, address)
      await reply.body?.cancel()
    },
    async *get(address) {
      const reply = await call('GET', address)
      if (!reply.ok || !reply.body) return await refuse(reply, address)
      yield* reply.body as unknown as AsyncIterable<Uint8Array>
    },
    async has(address) {
      const reply = await call('HEAD', address)
      if (reply.ok) return true
      return reply.status === 404 ? false : await refuse(reply, address)
    },
    async remove(address) {
      const reply = await call('DELETE', address)
      if (!reply.ok && reply.status !== 404) await refuse(reply, address)
      await reply.body?.cancel()
    },
  }
}
