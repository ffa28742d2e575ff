import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Identity } from '../../identity/identity.ts'
import type { Tools } from '../../service/tools.ts'
import type { Limits } from '../limits.ts'
import type { DoorLog } from './door-log.ts'

/** What the door works with; composed once. */
export type Door = {
  tools: Tools
  identity: Identity
  limits: Limits
  /** Addresses under which browsers reach us, as configured: the only ones a write may come from. */
  origins: ReadonlySet<string>
  /** Served over TLS (by us or a named proxy). Over plain HTTP, which only a demonstration on loopback may use, cookies lose `__Host-` and `Secure`. */
  https: boolean
  log: DoorLog
}

/** A request without the HTTP library around it. `address` is the client's, as only listed proxies may tell it. */
export type Incoming = {
  method: string
  headers: IncomingHttpHeaders
  params: Record<string, unknown>
  query: Record<string, unknown>
  address: string
  requestId: string
  at: string
}
export type Outgoing = { status: number; headers: Record<string, string | string[]>; body: string | Uint8Array | Readable | undefined }

/** One header as text; a header that came twice counts as absent. */
export const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
