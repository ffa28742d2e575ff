import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Log } from './log.ts'

/**
 * Notes that the service is up. If the last such note is older than `outageSeconds`, the time between was an outage of ours and is booked first, once,
 * however many processes start: clocks that only employer or holder watch are lengthened by it. Tells whether one was booked. Call before any clock is settled.
 */
export async function noteUp(db: Db, outageSeconds: number): Promise<boolean> {
  const { rows } = await sql<{ booked: number }>`
    with last as (select at from pulse for update),
      booked as (
        insert into outage (from_at, until_at, source)
        select at, clock_timestamp(), 'down' from last where at < clock_timestamp() - make_interval(secs => ${outageSeconds})
        returning 1),
      up as (insert into pulse (at) values (clock_timestamp()) on conflict (single) do update set at = excluded.at returning 1)
    select (select count(*) from booked) + 0 * (select count(*) from up) as booked`.execute(db)
  return (rows[0]?.booked ?? 0) > 0
}

/** Notes it again and again while the service answers. */
export function keepPulse(db: Db, log: Log, { pulseSeconds, outageSeconds }: { pulseSeconds: number; outageSeconds: number }): () => void {
  const timer = setInterval(() => {
    noteUp(db, outageSeconds).then(
      (booked) => {
        if (booked) log.warn('outageBooked')
      },
      (error) => log.error('pulseFailed', error),
    )
  }, pulseSeconds * 1000)
  return () => clearInterval(timer)
}
