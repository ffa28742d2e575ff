import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import { transaction } from '../db/db.ts'
import type { Envelope } from '../domain/kernel.ts'
import type { Refusal } from '../domain/refusals.ts'

/** What a use case answers: a value, or the reason why nothing was done. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }
export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const refused = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal })

/** Ids and versions that a repeated command is answered with; never personal content (threat EMP-8). */
export type Receipt = { target?: string; version?: number; [id: string]: string | number | boolean | null | undefined }

class RolledBack extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Runs a write once per (actor, command id): the first time it works, later it answers the same and does nothing; another body under the same id is refused.
 * A refusal rolls everything back and is not remembered. `work` gets the only transaction that can write.
 */
export async function once<T extends Receipt>(
  db: Db,
  envelope: Envelope,
  body: unknown,
  work: (tx: Tx) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await transaction(db, async (tx) => {
      const seen = await enter(tx, envelope, body)
      if (seen) return seen.ok ? done(seen.value as T) : seen
      const outcome = await work(tx)
      if (!outcome.ok) throw new RolledBack(outcome.refusal)
      await close(tx, envelope, outcome.value)
      return outcome
    })
  } catch (error) {
    if (error instanceof RolledBack) return refused(error.refusal)
    throw error
  }
}

/** Takes the receipt of a command, or finds the answer that was given to it. Equal commands at once wait here for each other. */
export async function enter(tx: Tx, envelope: Envelope, body: unknown): Promise<Outcome<Receipt> | undefined> {
  const hash = createHash('sha256')
    .update(JSON.stringify(body ?? null), 'utf8')
    .digest()
  const { actor, commandId } = envelope
  const { rows } =
    await sql`insert into command_receipt (actor_id, command_id, body_hash, at) values (${actor.accountId}, ${commandId}, ${hash}, ${envelope.at}) on conflict do nothing returning 1`.execute(
      tx,
    )
  if (rows.length === 1) return undefined
  const before = await sql<{
    body_hash: Buffer
    result: Receipt | null
  }>`select body_hash, result from command_receipt where actor_id = ${actor.accountId} and command_id = ${commandId}`.execute(tx)
  const row = before.rows[0]
  if (!row) throw new Error('a receipt vanished while it was read')
  return hash.equals(row.body_hash) ? done(row.result ?? {}) : refused({ code: 'commandIdReused' })
}

/** Writes down what a command did, for its repetition. */
export async function close(tx: Tx, envelope: Envelope, result: Receipt): Promise<void> {
  await sql`update command_receipt set target = ${result.target ?? null}, version = ${result.version ?? null}, result = ${JSON.stringify(result)}
    where actor_id = ${envelope.actor.accountId} and command_id = ${envelope.commandId}`.execute(tx)
}
