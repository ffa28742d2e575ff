import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

/** First byte of everything sealed: says how to read the rest, so that another cipher can follow without guessing. */
const FORMAT = 1
const IV = 12
const TAG = 16
/** Bytes that sealing adds: format, nonce, tag. */
export const OVERHEAD = 1 + IV + TAG

export type SealFault = 'tooShort' | 'unknownFormat' | 'notOurs'
/** Sealed bytes that do not open: cut, altered, moved to another place, or sealed with another key. Which of these is not knowable. */
export class SealError extends Error {
  readonly code: SealFault
  constructor(code: SealFault, context: string) {
    super(`sealed bytes do not open: ${code} (${context})`)
    this.code = code
  }
}

/** AES-256-GCM with a random 96-bit nonce (SP 800-38D 8.2.2: at most 2^32 a key; a key serves one person or paper). `context` is authenticated. */
export function sealBytes(key: KeyObject, context: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(context, 'utf8'))
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `sealBytes` made under the same key and context, or throws a `SealError`. */
export function openBytes(key: KeyObject, context: string, sealed: Uint8Array): Buffer {
  if (sealed.length < OVERHEAD) throw new SealError('tooShort', context)
  if (sealed[0] !== FORMAT) throw new SealError('unknownFormat', context)
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + IV, sealed.length - TAG)), decipher.final()])
  } catch {
    throw new SealError('notOurs', context)
  }
}
