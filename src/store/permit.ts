import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Day, Envelope, Instant } from '../domain/kernel.ts'
import type { PermitEvent } from '../domain/permit/events.ts'
import { evolvePermit, PERMIT_SHAPE } from '../domain/permit/evolve.ts'
import type { Permit } from '../domain/permit/state.ts'
import { keepClocks } from './clock.ts'
import { appendEvents, type Head, listEvents, START } from './log.ts'

export type LoadedPermit = { state: Permit; head: Head }
export type PermitScope =
  | { kind: 'employer'; employerId: string }
  | { kind: 'office'; officeId: string }
  | { kind: 'holder'; personId: string }
  | { kind: 'system' }
const inScope = (s: PermitScope) =>
  s.kind === 'employer'
    ? sql`employer_id = ${s.employerId}`
    : s.kind === 'office'
      ? sql`office_id = ${s.officeId}`
      : s.kind === 'holder'
        ? sql`person_id = ${s.personId}`
        : sql`true`

/** Finds a permit within a scope; `lock` holds the person, then the permit. */
export async function findPermit(
  tx: Db | Tx,
  by: { id: string } | { personId: string } | { applicationId: string },
  scope: PermitScope,
  lock = false,
): Promise<LoadedPermit | undefined> {
  const key =
    'id' in by
      ? sql`id = ${by.id}`
      : 'personId' in by
        ? sql`person_id = ${by.personId} and ended_at is null`
        : sql`application_id = ${by.applicationId}`
  if (lock) await sql`select p.id from person p where p.id in (select person_id from permit where ${key}) for update`.execute(tx)
  const { rows } = await sql<{
    id: string
    version: number
    head: Buffer
    shape: number
    state: Permit
  }>`select id, version, head, shape, state from permit
    where ${key} and ${inScope(scope)} ${lock ? sql`for update` : sql``}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  return { state: row.shape === PERMIT_SHAPE ? row.state : await replayPermit(tx, row.id), head: { version: row.version, hash: row.head } }
}

/** Folds the log of one permit. */
export async function replayPermit(db: Db | Tx, id: string): Promise<Permit> {
  const stored = await listEvents(db, 'permit', id)
  return stored.reduce<Permit | undefined>((s, e) => evolvePermit(s, e.event as unknown as PermitEvent), undefined)!
}

/** The next thing due on a permit, for the window's list and the duties page. */
export const permitDueOn = (p: Permit): Day | null =>
  p.ended
    ? null
    : (p.clocks
        .filter((c) => c.state === 'running' && c.period.kind === 'duty')
        .map((c) => c.dueOn)
        .sort()[0] ?? null)

/** Appends events to a permit, new or locked, with its snapshot, columns and clock rows (invariant 1). */
export async function appendToPermit(
  tx: Tx,
  loaded: LoadedPermit | undefined,
  events: PermitEvent[],
  envelope: Envelope,
  effectiveAt?: Instant,
): Promise<LoadedPermit> {
  if (events.length === 0 && loaded) return loaded
  const state = events.reduce<Permit | undefined>((s, e) => evolvePermit(s, e), loaded?.state)!
  const row = {
    standing: state.standing,
    verification: state.verification,
    due: permitDueOn(state),
    json: JSON.stringify(state),
    endedAt: state.ended ? envelope.at : null,
  }
  if (!loaded)
    await sql`insert into permit (id, person_id, employer_id, application_id, office_id, class, standing, verification, valid_from, valid_until, due_on, version, head, shape, state, ended_at)
      values (${state.id}, ${state.personId}, ${state.employerId}, ${state.applicationId}, ${state.officeId}, ${state.class}, ${row.standing}, ${row.verification}, ${state.validFrom}, ${state.validUntil},
      ${row.due}, 0, ''::bytea, ${PERMIT_SHAPE}, ${row.json}, ${row.endedAt})`.execute(tx)
  const head = await appendEvents(tx, 'permit', state.id, loaded?.head ?? START, events, envelope, effectiveAt)
  await sql`update permit set standing = ${row.standing}, verification = ${row.verification}, class = ${state.class}, valid_from = ${state.validFrom}, valid_until = ${state.validUntil},
    due_on = ${row.due}, version = ${head.version}, head = ${head.hash}, shape = ${PERMIT_SHAPE}, state = ${row.json}, ended_at = ${row.endedAt} where id = ${state.id}`.execute(
    tx,
  )
  if (events.some((e) => e.type.startsWith('clock') || e.type === 'permitEnded'))
    await keepClocks(tx, 'permit', state.id, state.clocks, Boolean(state.ended))
  return { state, head }
}
