import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SealError } from '../vault/envelope.ts'
import type { Bytes } from './blob-store.ts'
import { openFile, SALT_BYTES, sealedLength, sealFile } from './sealed-stream.ts'

const key = createSecretKey(Buffer.alloc(32, 3))
const salt = Buffer.alloc(SALT_BYTES, 4)
const CHUNK = 65_536
const HEADER = 20
const seal = (plain: Uint8Array, context = 'blob/1') => Buffer.concat([...sealFile(key, salt, context, plain)])
async function* inPieces(bytes: Buffer, size: number): Bytes {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
const open = async (sealed: Buffer, context = 'blob/1', size = 10_000) => {
  const pieces: Uint8Array[] = []
  for await (const piece of openFile(() => key, context, inPieces(sealed, size))) pieces.push(piece)
  return Buffer.concat(pieces)
}
const bytes = (n: number) => Buffer.from(Array.from({ length: n }, (_, i) => (i * 31 + (i >> 8)) & 255))

describe('a sealed file', () => {
  it.each([0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])(
    'of %i bytes comes back whole, however it is cut on the way',
    async (n) => {
      const sealed = seal(bytes(n))
      expect(sealed.length).toBe(sealedLength(n))
      for (const size of [7, 1000, CHUNK, 10 * CHUNK])
        if (n < 1000 || size > 7) expect((await open(sealed, 'blob/1', size)).equals(bytes(n))).toBe(true)
    },
  )

  it('holds nothing of its content in clear', () => {
    const sealed = seal(Buffer.from('MARKER-E12345678'.repeat(9000)))
    expect(sealed.includes('MARKER')).toBe(false)
  })

  it('cut anywhere is told as such, also at the border of a chunk', async () => {
    const sealed = seal(bytes(2 * CHUNK + 50))
    for (const cut of [0, 1, 3, HEADER - 1, HEADER, HEADER + 15, HEADER + CHUNK + 16, HEADER + 2 * (CHUNK + 16), sealed.length - 1])
      await expect(open(sealed.subarray(0, cut))).rejects.toBeInstanceOf(SealError)
    await expect(open(Buffer.concat([sealed, Buffer.of(0)]))).rejects.toBeInstanceOf(SealError)
    await expect(open(Buffer.concat([sealed, sealed.subarray(HEADER)]))).rejects.toBeInstanceOf(SealError)
  })

  it('with chunks swapped, doubled or left out does not open', async () => {
    const sealed = seal(bytes(3 * CHUNK))
    const part = (i: number) => sealed.subarray(HEADER + i * (CHUNK + 16), HEADER + (i + 1) * (CHUNK + 16))
    const head = sealed.subarray(0, HEADER)
    for (const order of [[1, 0, 2], [0, 0, 1, 2], [0, 2], [0, 1], [2], [0, 1, 1]])
      await expect(open(Buffer.concat([head, ...order.map(part)]))).rejects.toBeInstanceOf(SealError)
    expect((await open(Buffer.concat([head, part(0), part(1), part(2)]))).length).toBe(3 * CHUNK)
  })

  it('in the place of another file does not open', async () => {
    await expect(open(seal(bytes(10)), 'blob/2')).rejects.toBeInstanceOf(SealError)
  })

  it('with any byte changed does not open', () => {
    const sealed = seal(bytes(40))
    return fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        // The salt only makes the key; in this test every salt gives the same key.
        fc.pre(at < 4 || at >= HEADER)
        const bent = Buffer.from(sealed)
        bent[at] = bent[at]! ^ by
        await expect(open(bent)).rejects.toBeInstanceOf(SealError)
      }),
    )
  })
})
