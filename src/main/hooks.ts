import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../db/db.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

/** What every process of ours begins with. Its database connections are closed after `close` of what it started. */
export type Context = {
  config: Config
  log: Log
  /** With the application's rights. */
  db: Db
}
/** Before anyone is served: the owner's rights too, where we have them. */
export type PrepareContext = Context & { ownerDb: Db | undefined }
/** The desk uses `db`; the public side has connections of its own, so that a flood there leaves the desk working (threat NET-5). */
export type ServeContext = Context & { publicDb: Db }

export type Service = {
  /** Listens and tells the port. */
  listen: (at: { host: string; port: number }) => Promise<number>
  /** Takes no new requests and ends when those under way are answered. */
  close: () => Promise<void>
  /** Called several times while closing: clients that keep a connection without using it would hold up the end. */
  closeIdleConnections: () => void
}

/** What `compose.ts` exports: how the rooms are put together. All of them may run again after a crash half-way. */
export type Hooks = {
  /** Packs, calendars and offices that the database lacks; every start, before anyone is served. */
  loadPolicy?: (context: PrepareContext) => Promise<void>
  /** Example employers, persons and cases; every start of a demo. */
  seedDemo?: (context: PrepareContext) => Promise<void>
  /** Sentences for the operator's terminal when all is up, such as the one-time code of the first administrator. */
  greet?: (context: PrepareContext) => Promise<string[]>
  serve?: (context: ServeContext) => Promise<Service>
  work?: (context: Context) => Promise<{ close: () => Promise<void> }>
}

export async function loadHooks(): Promise<Hooks> {
  const file = join(import.meta.dirname, 'compose.ts')
  return existsSync(file) ? ((await import(file)) as Hooks) : {}
}
