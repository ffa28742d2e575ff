import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import { type Actor, type Instant, type Language, Role } from '../domain/kernel.ts'
import type { AccountKind, SessionAudience } from './identity.ts'
import { hashOfSecret } from './secret.ts'
import type { Session } from './session.ts'

export type SignedInAccount = { id: string; personId: string; kind: AccountKind; name: string | null; language: Language }
/** One hat of an account: a role at an office or for an employer. */
export type Hat = { membershipId: string; role: Role; officeId?: string; employerId?: string; mandateId?: string; until?: Instant }
export type Found = { session: Session; account: SignedInAccount; hats: Hat[] }

type Row = {
  state: Session['state']
  level: Session['level']
  stepped_up_at: Instant | null
  csrf_secret: string
  created_at: Instant
  idle_until: Instant
  ends_at: Instant
  account_id: string
  person_id: string
  kind: AccountKind
  display_name: string | null
  language: Language
  hats: {
    id: string
    role: string
    office_id: string | null
    employer_id: string | null
    mandate_id: string | null
    until_at: string | null
  }[]
}

/**
 * Who is behind a session id: the live session of this audience, its account and the hats in force, read in one statement from the rows themselves,
 * so that nothing is cached past a dismissal (threat SES-5). A half-open session has no hats. `hold` locks the account against being disabled until the caller commits.
 */
export async function findActor(
  db: Db | Tx,
  audience: SessionAudience,
  token: string,
  at: Instant,
  { hold = false } = {},
): Promise<Found | undefined> {
  const idHash = hashOfSecret(token)
  const { rows } = await sql<Row>`
    select s.state, s.level, s.stepped_up_at, s.csrf_secret, s.created_at, s.idle_until, s.ends_at, a.id as account_id, a.person_id, a.kind, a.display_name, a.language,
      (select coalesce(json_agg(json_build_object('id', m.id, 'role', m.role, 'office_id', m.office_id, 'employer_id', m.employer_id, 'mandate_id', m.mandate_id, 'until_at', m.until_at)
        order by m.from_at, m.id), '[]') from membership m where m.account_id = a.id and m.from_at <= ${at} and (m.until_at is null or m.until_at > ${at})) as hats
    from web_session s join account a on a.id = s.account_id
    where s.id_hash = ${idHash} and s.audience = ${audience} and a.audience = ${audience} and s.ended_at is null and s.idle_until > ${at} and s.ends_at > ${at} and a.disabled_at is null
    ${hold ? sql`for share of s, a` : sql``}`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const session: Session = {
    idHash,
    audience,
    accountId: row.account_id,
    state: row.state,
    level: row.level,
    csrf: row.csrf_secret,
    createdAt: row.created_at,
    idleUntil: row.idle_until,
    endsAt: row.ends_at,
    ...(row.stepped_up_at ? { steppedUpAt: row.stepped_up_at } : {}),
  }
  const account: SignedInAccount = {
    id: row.account_id,
    personId: row.person_id,
    kind: row.kind,
    name: row.display_name,
    language: row.language,
  }
  return { session, account, hats: row.state === 'open' ? row.hats.map(hatOf) : [] }
}

const hatOf = (h: Row['hats'][number]): Hat => ({
  membershipId: h.id,
  role: Role.parse(h.role),
  ...(h.office_id ? { officeId: h.office_id } : {}),
  ...(h.employer_id ? { employerId: h.employer_id } : {}),
  ...(h.mandate_id ? { mandateId: h.mandate_id } : {}),
  ...(h.until_at ? { until: new Date(h.until_at).toISOString() } : {}),
})

/** The actor of an account under one of its hats. */
export const actorOf = ({ session, account }: Found, hat: Hat): Actor => ({
  accountId: account.id,
  personId: account.personId,
  role: hat.role,
  level: session.level,
  ...(hat.officeId ? { officeId: hat.officeId } : {}),
  ...(hat.employerId ? { employerId: hat.employerId } : {}),
  ...(hat.mandateId ? { mandateId: hat.mandateId } : {}),
  ...(session.steppedUpAt ? { steppedUpAt: session.steppedUpAt } : {}),
})

/**
 * May this actor still act? Asked inside the transaction of the act: the account is held until commit, so that an act either comes before a dismissal or not at all.
 * `system` and `register` never sign in and so always may.
 */
export async function stillMay(tx: Tx, actor: Actor, at: Instant): Promise<boolean> {
  if (actor.level === 'system') return true
  const { rows } = await sql`select 1 from account a where a.id = ${actor.accountId} and a.disabled_at is null for share of a`.execute(tx)
  if (rows.length === 0) return false
  const hats = await sql`select 1 from membership where account_id = ${actor.accountId} and role = ${actor.role}
    and office_id is not distinct from ${actor.officeId ?? null}::uuid and employer_id is not distinct from ${actor.employerId ?? null}::uuid
    and from_at <= ${at} and (until_at is null or until_at > ${at})`.execute(tx)
  return hats.rows.length > 0
}
