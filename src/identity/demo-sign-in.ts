import { sql } from 'kysely'
import { type Db, type Tx, transaction } from '../db/db.ts'
import type { Role, Text } from '../domain/kernel.ts'
import type { Asked, Identity, SessionAudience } from './identity.ts'
import { rememberDevice } from './known-device.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'
import { type NewSession, startSession } from './session.ts'

export type DemoPerson = {
  accountId: string
  audience: SessionAudience
  label: Text
  name: string | null
  roles: Role[]
  place: Text | null
}

/** The word of the database, not of the configuration: what it was born as. */
export async function isDemo(db: Db | Tx): Promise<boolean> {
  const { rows } = await sql`select 1 from instance where kind = 'demo'`.execute(db)
  return rows.length > 0
}

/** Puts an account on the list of people to be with one press; the database refuses it in real service. */
export async function addDemoPerson(tx: Tx, person: { accountId: string; order: number; label: Text }): Promise<void> {
  await sql`insert into demo_person (account_id, place, label_zh, label_en) values (${person.accountId}, ${person.order}, ${person.label.zh}, ${person.label.en})`.execute(
    tx,
  )
}

/** The people of the demonstration for one surface, in their order; empty in real service. */
export async function listDemoPeople(db: Db | Tx, identity: Identity, audience: SessionAudience): Promise<DemoPerson[]> {
  if (identity.config.kind !== 'demo' || !(await isDemo(db))) return []
  const { rows } = await sql<{
    account_id: string
    label_zh: string
    label_en: string
    display_name: string | null
    roles: Role[]
    zh: string | null
    en: string | null
  }>`
    select d.account_id, d.label_zh, d.label_en, a.display_name, max(coalesce(o.name_zh, e.name_zh)) as zh, max(coalesce(o.name_en, nullif(e.name_en, ''), e.name_zh)) as en,
      coalesce(array_agg(distinct m.role) filter (where m.role is not null), '{}') as roles
    from demo_person d join account a on a.id = d.account_id left join membership m on m.account_id = a.id and m.until_at is null
      left join office o on o.id = m.office_id left join employer e on e.id = m.employer_id
    where a.audience = ${audience} and a.disabled_at is null group by d.account_id, a.display_name order by d.place, d.account_id`.execute(
    db,
  )
  return rows.map((r) => ({
    accountId: r.account_id,
    audience,
    label: { zh: r.label_zh, en: r.label_en },
    name: r.display_name,
    roles: r.roles,
    place: r.zh === null ? null : { zh: r.zh, en: r.en ?? r.zh },
  }))
}

/** Becomes a person of the demonstration. Configuration and database must both say demo; no other account can be had this way. */
export async function demoSignIn(
  db: Db,
  identity: Identity,
  audience: SessionAudience,
  accountId: string,
  asked: Asked & { deviceToken?: string | undefined },
): Promise<IdentityOutcome<{ session: NewSession; deviceToken: string }>> {
  if (identity.config.kind !== 'demo') return refused({ code: 'notFound' })
  return transaction(db, async (tx) => {
    const { rows } = await sql`select 1 from demo_person d join account a on a.id = d.account_id, instance i
      where d.account_id = ${accountId} and a.audience = ${audience} and a.disabled_at is null and i.kind = 'demo' for share of a`.execute(
      tx,
    )
    if (rows.length === 0) return refused({ code: 'notFound' })
    const session = await startSession(tx, identity, { accountId, audience, state: 'open', level: 'password', steppedUp: true }, asked.at)
    await recordSecurityEvent(tx, asked, { kind: 'demoSignIn', accountId, audience })
    return done({ session, deviceToken: await rememberDevice(tx, accountId, asked.deviceToken, asked.at) })
  })
}

/** Is this account one that anyone may be? Its step-up is a press as well. */
export async function isDemoPerson(db: Db | Tx, identity: Identity, accountId: string): Promise<boolean> {
  if (identity.config.kind !== 'demo' || !(await isDemo(db))) return false
  const { rows } = await sql`select 1 from demo_person where account_id = ${accountId}`.execute(db)
  return rows.length > 0
}
