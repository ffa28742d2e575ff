import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { Envelope } from '../domain/kernel.ts'

/** A read of a person's data: who was shown, for what purpose, how closely. */
export type Look = { personId: string; what: string; how: 'listed' | 'opened' | 'checked' }

/**
 * Puts reads of personal data on record before the reply leaves (invariant 8); if the record cannot be written there is no reply.
 * A list counts once per actor, person and day; an opening counts each time.
 */
export async function recordAccess(
  db: Db | Tx,
  envelope: Pick<Envelope, 'actor' | 'at' | 'requestId'>,
  purpose: string,
  looks: Look[],
): Promise<void> {
  if (looks.length === 0) return
  const { actor } = envelope
  const values = looks.map(
    (
      l,
    ) => sql`(${uuidv7()}::uuid, ${l.personId}::uuid, ${actor.accountId}::uuid, ${actor.personId}::uuid, ${actor.role}, ${actor.officeId ?? null}::uuid, ${actor.employerId ?? null}::uuid, ${purpose}, ${l.what},
    ${l.how}, ${envelope.requestId}, ${envelope.at}::timestamptz)`,
  )
  await sql`insert into access_record (id, person_id, actor_id, actor_person_id, role, office_id, employer_id, purpose, what, how, request_id, at)
    select * from (values ${sql.join(values)}) as look (id, person_id, actor_id, actor_person_id, role, office_id, employer_id, purpose, what, how, request_id, at)
    where look.how <> 'listed' or not exists (select 1 from access_record r where r.actor_id = look.actor_id and r.person_id = look.person_id and r.how = 'listed' and r.at > look.at - interval '1 day')`.execute(
    db,
  )
}
