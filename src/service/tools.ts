import type { Db, Tx } from '../db/db.ts'

/** The door names the database's types through the use cases: it may not reach the database itself. */
export type { Db, Tx } from '../db/db.ts'

import type { Calendar } from '../domain/clock/calendar.ts'
import type { Day, Instant } from '../domain/kernel.ts'
import type { Pack } from '../domain/policy/pack.ts'
import type { BlobStore } from '../store/blob/blob-store.ts'
import type { PackRegister } from '../store/pack-register.ts'
import type { Vault } from '../store/vault/vault.ts'

/** Follow-up work that a commit brings with it. Payloads carry ids only (settled: jobs hold no personal content). */
export type Jobs = {
  makePaper: { paperId: string }
  tellPeople: { notificationIds: string[] }
}

/** What use cases may reach, composed once in `src/main/compose.ts`. Nothing here keeps state that another process would miss. */
export type Tools = {
  db: Db
  vault: Vault
  blobs: BlobStore
  packs: PackRegister
  /** Puts a job on the queue within the caller's transaction. */
  enqueue: <N extends keyof Jobs>(tx: Tx, name: N, payload: Jobs[N]) => Promise<void>
  /** The moment now in UTC; tests set it. */
  now: () => Instant
  /** Addresses of the service as configured; never taken from a request (threat PAP-2). */
  publicOrigin: string
  /** Born demo or real; papers of a demo say SPECIMEN. */
  kind: 'demo' | 'real'
  limits: { faceTriesADay: number; liveCodeSeconds: number; filingsADay: number }
}

export type PackInForce = { hash: string; pack: Pack; calendar: Calendar; on: Day }
