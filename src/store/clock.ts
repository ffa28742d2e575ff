import { sql } from 'kysely'
import type { Tx } from '../db/db.ts'
import type { Clock } from '../domain/clock/clock.ts'
import { startOf } from '../domain/kernel.ts'

/**
 * The rows by which the sweep finds clocks. They say nothing that the log does not: one upsert a write, keyed by the clock's own id.
 * A clock of an ended owner no longer fires.
 */
export async function keepClocks(
  tx: Tx,
  ownerKind: 'application' | 'permit',
  ownerId: string,
  clocks: Clock[],
  ownerEnded: boolean,
): Promise<void> {
  if (clocks.length === 0) return
  const values = clocks.map((c) => {
    const live = c.state === 'running' && !ownerEnded
    const remind = live ? c.remindOn[0] : undefined
    return sql`(${c.id}, ${ownerKind}, ${ownerId}, ${c.period.code}, ${c.period.kind}, ${c.period.party}, ${c.dueOn}::date, ${live ? c.firesAt : null}::timestamptz,
      ${remind ? startOf(remind) : null}::timestamptz, ${c.state}, ${c.provisional}::boolean, ${c.period.missed})`
  })
  await sql`insert into clock (id, owner_kind, owner_id, code, kind, party, due_on, fires_at, remind_at, state, provisional, missed) values ${sql.join(values)}
    on conflict (id) do update set due_on = excluded.due_on, fires_at = excluded.fires_at, state = excluded.state, provisional = excluded.provisional,
    remind_at = case when clock.due_on = excluded.due_on and clock.state = excluded.state then clock.remind_at else excluded.remind_at end
    where (clock.due_on, clock.state, clock.fires_at, clock.provisional) is distinct from (excluded.due_on, excluded.state, excluded.fires_at, excluded.provisional)`.execute(
    tx,
  )
}
