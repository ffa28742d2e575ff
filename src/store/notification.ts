import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '../db/db.ts'
import type { Day, Instant } from '../domain/kernel.ts'

export type Notice = {
  to: { employerId: string } | { personId: string } | { officeId: string }
  kind: string
  applicationId?: string
  permitId?: string
  dueOn?: Day
}

/** Puts messages into the boxes of those concerned: a kind and ids, never words about a person. Texts are chosen where they are read. */
export async function notify(tx: Tx, notices: Notice[], at: Instant): Promise<void> {
  if (notices.length === 0) return
  const values = notices.map(
    (
      n,
    ) => sql`(${uuidv7()}, ${'employerId' in n.to ? n.to.employerId : null}::uuid, ${'personId' in n.to ? n.to.personId : null}::uuid, ${'officeId' in n.to ? n.to.officeId : null}::uuid, ${n.kind},
    ${n.applicationId ?? null}::uuid, ${n.permitId ?? null}::uuid, ${n.dueOn ?? null}::date, ${at}::timestamptz)`,
  )
  await sql`insert into notification (id, employer_id, person_id, office_id, kind, application_id, permit_id, due_on, at) values ${sql.join(values)}`.execute(
    tx,
  )
}

/** Opens a task for an office, once per kind and case while it is open. */
export async function openTask(
  tx: Tx,
  officeId: string,
  kind: string,
  of: { applicationId?: string; permitId?: string },
  at: Instant,
): Promise<void> {
  await sql`insert into office_task (id, office_id, kind, application_id, permit_id, opened_at) select ${uuidv7()}, ${officeId}, ${kind}, ${of.applicationId ?? null}, ${of.permitId ?? null}, ${at}
    where not exists (select 1 from office_task where office_id = ${officeId} and kind = ${kind} and closed_at is null and application_id is not distinct from ${of.applicationId ?? null} and permit_id is not distinct from ${of.permitId ?? null})`.execute(
    tx,
  )
}
