import { sql } from 'kysely'
import { v4 as uuidv4 } from 'uuid'
import type { Db } from '../db/db.ts'
import type { Instant } from '../domain/kernel.ts'
import type { IdentityVault } from './identity.ts'

export type Verdict = { ok: true } | { ok: false; retryAfterSeconds: number }

/** Keys are keyed digests: the table names nobody and no address. */
const keyOf = (vault: IdentityVault, name: string, of: string) => vault.blind('limit', `${name}\u0000${of}`)

/** Counts one use of a limit over a fixed window, by one upsert in the database, so that any number of servers counts as one (threat SES-1). */
export async function countUse(
  db: Db,
  vault: IdentityVault,
  limit: { name: string; of: string; count: number; seconds: number },
  at: Instant,
): Promise<Verdict> {
  const windowStart = new Date(Date.parse(at) - limit.seconds * 1000).toISOString()
  const { rows } = await sql<{ count: number; started_at: Instant }>`
    insert into limit_counter as c (key, started_at, count, last_at) values (${keyOf(vault, limit.name, limit.of)}, ${at}, 1, ${at})
    on conflict (key) do update set last_at = ${at},
      count = case when c.started_at <= ${windowStart} then 1 else least(c.count + 1, 1000000000) end,
      started_at = case when c.started_at <= ${windowStart} then excluded.started_at else c.started_at end
    returning count, started_at`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('a limit was not counted')
  if (row.count <= limit.count) return { ok: true }
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((Date.parse(row.started_at) - Date.parse(windowStart)) / 1000)) }
}

/** How guessing is slowed: so many tries are free, then the wait doubles from one second up to a most. Forgotten after a day without a try. */
export type Slowness = { name: string; of: string; free: number; mostSeconds: number }
export type Try = { ok: true; count: number } | { ok: false; retryAfterSeconds: number }

/**
 * Takes a try before it is made, so that many at once do not slip through. While the wait runs nothing is counted and nothing is looked at:
 * a delay that grows, never a lock (threat SES-1).
 */
export async function takeTry(db: Db, vault: IdentityVault, slow: Slowness, at: Instant): Promise<Try> {
  const mine = uuidv4()
  const wait = sql`make_interval(secs => case when c.count < ${slow.free} then 0 else least(${slow.mostSeconds}::int, power(2, least(c.count - ${slow.free}::int, 20))) end)`
  const early = sql`(${at}::timestamptz < c.last_at + ${wait})`
  const old = sql`(c.last_at < ${at}::timestamptz - interval '1 day')`
  const { rows } = await sql<{ count: number; last_at: Instant; taken_by: string }>`
    insert into limit_counter as c (key, started_at, count, last_at, taken_by) values (${keyOf(vault, slow.name, slow.of)}, ${at}, 1, ${at}, ${mine})
    on conflict (key) do update set
      count = case when ${old} then 1 when ${early} then c.count else least(c.count + 1, 1000000) end,
      last_at = case when ${early} then c.last_at else excluded.last_at end,
      taken_by = case when ${early} then c.taken_by else excluded.taken_by end
    returning count, last_at, taken_by`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('a try was not counted')
  if (row.taken_by === mine) return { ok: true, count: row.count }
  const seconds = Math.min(slow.mostSeconds, 2 ** Math.min(Math.max(row.count - slow.free, 0), 20))
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((Date.parse(row.last_at) + seconds * 1000 - Date.parse(at)) / 1000)) }
}

/** Forgets the tries of a key after a success. */
export async function forgetTries(db: Db, vault: IdentityVault, slow: Slowness): Promise<void> {
  await sql`delete from limit_counter where key = ${keyOf(vault, slow.name, slow.of)}`.execute(db)
}
/** Gives back the one try that turned out right, and keeps what others at the same key did wrong. */
export async function giveBackTry(db: Db, vault: IdentityVault, slow: Slowness): Promise<void> {
  await sql`update limit_counter set count = greatest(count - 1, 0) where key = ${keyOf(vault, slow.name, slow.of)}`.execute(db)
}
