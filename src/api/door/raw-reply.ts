import type { Outgoing } from './door.ts'

/** A reply as bytes on the wire, for requests so broken that the HTTP library has no reply object for them. */
export function rawReply({ status, headers, body }: Outgoing): string {
  const text = typeof body === 'string' ? body : ''
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': String(Buffer.byteLength(text)) })
  return `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${text}`
}
