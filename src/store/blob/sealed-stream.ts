import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { SealError } from '../vault/envelope.ts'
import type { Bytes } from './blob-store.ts'

/**
 * A sealed file: 4 bytes `LHF` + format 1, 16 bytes salt, then chunks of 64 KiB, each AES-256-GCM with its number and a last-chunk mark as nonce
 * (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): cut, swapped, doubled or appended chunks do not open.
 * The key belongs to this file alone, therefore numbers may serve as nonces.
 */
const MAGIC = Buffer.from([0x4c, 0x48, 0x46, 1])
export const SALT_BYTES = 16
const HEADER = MAGIC.length + SALT_BYTES
const CHUNK = 64 * 1024
const TAG = 16

/** Length of the sealed file for so many plain bytes. */
export const sealedLength = (plain: number): number => HEADER + plain + TAG * Math.max(1, Math.ceil(plain / CHUNK))

const nonce = (number: number, last: boolean) => {
  const n = Buffer.alloc(12)
  n.writeBigUInt64BE(BigInt(number), 0)
  n[11] = last ? 1 : 0
  return n
}

/** Seals bytes held in memory; the same key, salt and context give the same result, so that it may be produced twice: for its address, and to be stored. */
export function* sealFile(key: KeyObject, salt: Uint8Array, context: string, plain: Uint8Array): Generator<Uint8Array> {
  yield Buffer.concat([MAGIC, salt])
  const count = Math.max(1, Math.ceil(plain.length / CHUNK))
  for (let i = 0; i < count; i++) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(i, i === count - 1))
    cipher.setAAD(Buffer.from(context, 'utf8'))
    yield Buffer.concat([cipher.update(plain.subarray(i * CHUNK, (i + 1) * CHUNK)), cipher.final(), cipher.getAuthTag()])
  }
}

/** Opens a sealed file as it streams in. No byte leaves before its chunk is proven; a cut file throws before its end could be taken for whole. */
export async function* openFile(keyOf: (salt: Uint8Array) => KeyObject, context: string, sealed: Bytes): Bytes {
  let held: Buffer = Buffer.alloc(0)
  let key: KeyObject | undefined
  let number = 0
  const chunk = (bytes: Buffer, last: boolean) => {
    if (bytes.length < TAG) throw new SealError('tooShort', context)
    const decipher = createDecipheriv('aes-256-gcm', key!, nonce(number++, last), { authTagLength: TAG })
    decipher.setAAD(Buffer.from(context, 'utf8'))
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG)), decipher.final()])
    } catch {
      throw new SealError('notOurs', context)
    }
  }
  for await (const piece of sealed) {
    held = held.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat([held, piece])
    if (!key) {
      if (held.length < HEADER) continue
      if (!held.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealError('unknownFormat', context)
      key = keyOf(held.subarray(MAGIC.length, HEADER))
      held = held.subarray(HEADER)
    }
    // A chunk is known not to be the last only when something follows it.
    while (held.length > CHUNK + TAG) {
      yield chunk(held.subarray(0, CHUNK + TAG), false)
      held = held.subarray(CHUNK + TAG)
    }
  }
  if (!key) throw new SealError('tooShort', context)
  const rest = chunk(held, true)
  if (rest.length > 0) yield rest
}
