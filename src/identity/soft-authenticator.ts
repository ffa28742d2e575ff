import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 }

/** A platform authenticator in software, for tests: one ES256 key, user verified unless said otherwise (WebAuthn level 3, 6.1). */
export function softAuthenticator({ rpId, origin, verified = true }: { rpId: string; origin: string; verified?: boolean }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const jwk = publicKey.export({ format: 'jwk' })
  let counter = 0
  const flags = () => FLAGS.present | (verified ? FLAGS.verified : 0)
  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  const head = (extra: number) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha(rpId), Buffer.from([flags() | extra]), count])
  }
  return {
    id: b64(id),
    rewind: () => {
      counter -= 2
    },
    enrol(challenge: string) {
      counter++
      const key = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(jwk.x!, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(jwk.y!, 'base64url'))],
        ]) as never,
      )
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const authData = Buffer.concat([head(FLAGS.attested), Buffer.alloc(16), length, id, key])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authData)],
        ]) as never,
      )
      const response = {
        clientDataJSON: b64(clientData('webauthn.create', challenge, origin)),
        attestationObject: b64(attestation),
        transports: ['internal'],
      }
      return { id: b64(id), rawId: b64(id), type: 'public-key', response, clientExtensionResults: {} }
    },
    show(challenge: string, from = origin) {
      counter++
      const authData = head(0)
      const client = clientData('webauthn.get', challenge, from)
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, sha(client)]))
        .sign(privateKey)
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        response: { clientDataJSON: b64(client), authenticatorData: b64(authData), signature: b64(signature) },
        clientExtensionResults: {},
      }
    },
  }
}
