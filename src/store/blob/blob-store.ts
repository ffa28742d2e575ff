import { createHash } from 'node:crypto'

/** SHA-256 of the sealed bytes, 64 small hex digits: computed by us, never taken from outside (threats UPL-4, UPL-5). */
export type Address = string
export type Bytes = AsyncIterable<Uint8Array>

/**
 * Where sealed files lie. A store knows nothing of keys, owners or names; all drivers refuse content that is not what its address says.
 * `put` answers only when the bytes are safe and may be repeated; `get` throws a `BlobError` when there is nothing; `remove` of nothing is no error.
 */
export type BlobStore = {
  put(address: Address, content: Bytes, bytes: number): Promise<void>
  get(address: Address): Bytes
  has(address: Address): Promise<boolean>
  remove(address: Address): Promise<void>
}

export type BlobFault = 'badAddress' | 'missing' | 'otherContent' | 'storeFailed'
/** A fault of the store or of its caller; names the address (a digest of sealed bytes), never the content. */
export class BlobError extends Error {
  readonly code: BlobFault
  constructor(code: BlobFault, address: string, cause?: unknown) {
    super(`blob ${code}: ${address.slice(0, 64).replace(/[^0-9a-zA-Z]/g, '?')}`, { cause })
    this.code = code
  }
}

/** Refuses anything but an address, so that no path can be built from outside. */
export function checkAddress(address: Address): Address {
  if (!/^[0-9a-f]{64}$/.test(address)) throw new BlobError('badAddress', address)
  return address
}

/** Passes the bytes on and throws at the end when they were not those of the address. */
export async function* verified(address: Address, content: Bytes, bytes: number): Bytes {
  const hash = createHash('sha256')
  let seen = 0
  for await (const piece of content) {
    seen += piece.length
    if (seen > bytes) break
    hash.update(piece)
    yield piece
  }
  if (seen !== bytes || hash.digest('hex') !== address) throw new BlobError('otherContent', address)
}
