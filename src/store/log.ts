import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Envelope, Instant } from '../domain/kernel.ts'

/** The four append-only logs. One stream is the life of one aggregate. */
export type Log = 'application' | 'permit' | 'card' | 'employer'
const TABLE = {
  application: sql.table('application_event'),
  permit: sql.table('permit_event'),
  card: sql.table('card_event'),
  employer: sql.table('employer_event'),
}

type Row = {
  stream_id: string
  version: number
  type: string
  v: number
  at: Instant
  effective_at: Instant
  actor_id: string
  actor_person_id: string
  role: string
  office_id: string | null
  employer_id: string | null
  mandate_id: string | null
  level: string
  request_id: string
  command_id: string
  prev_hash: Buffer | null
  hash: Buffer
  outcome: string
}

/**
 * The link of one event to the one before it: SHA-256 over the hash before and the stored text of every column.
 * Rotation of keys never touches it, because nothing sealed is in the log.
 */
export function linkHash(row: Omit<Row, 'hash'>): Buffer {
  const body = JSON.stringify([
    row.stream_id,
    row.version,
    row.type,
    row.v,
    row.at,
    row.effective_at,
    row.actor_id,
    row.actor_person_id,
    row.role,
    row.office_id,
    row.employer_id,
    row.mandate_id,
    row.level,
    row.request_id,
    row.command_id,
    row.outcome,
  ])
  return createHash('sha256')
    .update(row.prev_hash ?? Buffer.alloc(0))
    .update(body, 'utf8')
    .digest()
}

/** Where a stream stands: its version and the hash of its last event. */
export type Head = { version: number; hash: Buffer | null }
export const START: Head = { version: 0, hash: null }

/**
 * Appends facts to one stream within the caller's transaction and lock; returns the new head. The database checks the chain and the version again on insert.
 * `effectiveAt` is the legal moment where it is not the moment of writing.
 */
export async function appendEvents(
  tx: Tx,
  log: Log,
  streamId: string,
  head: Head,
  events: readonly { type: string; v: number }[],
  envelope: Envelope,
  effectiveAt: Instant = envelope.at,
): Promise<Head> {
  if (events.length === 0) return head
  const { actor } = envelope
  let prev = head.hash
  const rows = events.map((event, i): Row => {
    const { type, v, ...outcome } = event
    const row = {
      stream_id: streamId,
      version: head.version + 1 + i,
      type,
      v,
      at: envelope.at,
      effective_at: effectiveAt,
      actor_id: actor.accountId,
      actor_person_id: actor.personId,
      role: actor.role,
      office_id: actor.officeId ?? null,
      employer_id: actor.employerId ?? null,
      mandate_id: actor.mandateId ?? null,
      level: actor.level,
      request_id: envelope.requestId,
      command_id: envelope.commandId,
      prev_hash: prev,
      outcome: JSON.stringify(outcome),
    }
    prev = linkHash(row)
    return { ...row, hash: prev }
  })
  const values = rows.map(
    (
      r,
    ) => sql`(${r.stream_id}, ${r.version}, ${r.type}, ${r.v}, ${r.at}, ${r.effective_at}, ${r.actor_id}, ${r.actor_person_id}, ${r.role}, ${r.office_id}, ${r.employer_id},
    ${r.mandate_id}, ${r.level}, ${r.request_id}, ${r.command_id}, ${r.prev_hash}, ${r.hash}, ${r.outcome})`,
  )
  await sql`insert into ${TABLE[log]} (stream_id, version, type, v, at, effective_at, actor_id, actor_person_id, role, office_id, employer_id, mandate_id, level, request_id, command_id,
    prev_hash, hash, outcome) values ${sql.join(values)}`.execute(tx)
  return { version: head.version + events.length, hash: prev }
}

export type StoredEvent = Omit<Row, 'outcome'> & { event: { type: string; v: number } & Record<string, unknown>; outcome: string }

/** The whole life of one aggregate, oldest first, as stored. */
export async function listEvents(db: Db, log: Log, streamId: string): Promise<StoredEvent[]> {
  const { rows } = await sql<Row>`select * from ${TABLE[log]} where stream_id = ${streamId} order by version`.execute(db)
  return rows.map((r) => ({ ...r, event: { type: r.type, v: r.v, ...(JSON.parse(r.outcome) as Record<string, unknown>) } }))
}
