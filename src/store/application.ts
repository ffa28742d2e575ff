import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { ApplicationEvent } from '../domain/application/events.ts'
import { APPLICATION_SHAPE, evolveApplication } from '../domain/application/evolve.ts'
import { type Application, ENDED, officeOf } from '../domain/application/state.ts'
import type { Day, Envelope, Instant } from '../domain/kernel.ts'
import { keepClocks } from './clock.ts'
import { appendEvents, type Head, listEvents, START } from './log.ts'

/** A filing as loaded for writing: its state, where its log stands, and the key that seals its content. */
export type LoadedApplication = { state: Application; head: Head; dataKeyId: string; areaCode: string; tier: string }
type Row = {
  id: string
  version: number
  head: Buffer
  shape: number
  state: Application
  data_key_id: string
  area_code: string
  tier: string
}

/** Who asks: the scope is part of the query, so that foreign and absent answer alike (threat EMP-1). */
export type Scope =
  | { kind: 'employer'; employerId: string; mandateItems?: string[] }
  | { kind: 'office'; officeId: string }
  | { kind: 'system' }
export const inScope = (scope: Scope) =>
  scope.kind === 'employer'
    ? sql`a.employer_id = ${scope.employerId} and (${scope.mandateItems ?? null}::text[] is null or a.item = any(${scope.mandateItems ?? null}::text[]))`
    : scope.kind === 'office'
      ? sql`a.stage <> 'draft' and exists (select 1 from jsonb_each_text(a.state -> 'offices') o where o.value = ${scope.officeId})`
      : sql`true`

/** Finds a filing by id or case number within a scope; `lock` holds the person first, then the filing (fixed order against deadlocks). */
export async function findApplication(
  tx: Db | Tx,
  by: { id: string } | { caseNo: string },
  scope: Scope,
  lock = false,
): Promise<LoadedApplication | undefined> {
  const key = 'id' in by ? sql`a.id = ${by.id}` : sql`a.case_no = ${by.caseNo}`
  if (lock) await sql`select p.id from person p join application a on a.person_id = p.id where ${key} for update of p`.execute(tx)
  const { rows } =
    await sql<Row>`select a.id, a.version, a.head, a.shape, a.state, a.data_key_id, e.area_code, e.tier from application a join employer e on e.id = a.employer_id
    where ${key} and ${inScope(scope)} ${lock ? sql`for update of a` : sql``}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  // A snapshot of an older shape is rebuilt from the log, which alone is the truth.
  const state = row.shape === APPLICATION_SHAPE ? row.state : await replayApplication(tx, row.id)
  return { state, head: { version: row.version, hash: row.head }, dataKeyId: row.data_key_id, areaCode: row.area_code, tier: row.tier }
}

/** Folds the log of one filing. */
export async function replayApplication(db: Db | Tx, id: string): Promise<Application> {
  const stored = await listEvents(db, 'application', id)
  return stored.reduce<Application | undefined>((s, e) => evolveApplication(s, e.event as unknown as ApplicationEvent), undefined)!
}

/** When something is due, and whom the case waits for: the earliest running clock of the side that must act, else the last one missed. */
export function dueOf(a: Application, today: Day): { dueOn: Day | null; waitsFor: 'filer' | 'office' | 'nobody' } {
  if (ENDED.includes(a.stage)) return { dueOn: null, waitsFor: 'nobody' }
  if (a.stage === 'draft') return { dueOn: null, waitsFor: 'filer' }
  const waitsFor = a.stage === 'correction' ? 'filer' : 'office'
  const side = a.clocks.filter((c) => (c.period.party === 'authority') === (waitsFor === 'office'))
  const running = side
    .filter((c) => c.state === 'running')
    .map((c) => c.dueOn)
    .sort()
  const missed = side
    .filter((c) => c.state === 'missed')
    .map((c) => c.dueOn)
    .sort()
  return { dueOn: running[0] ?? missed[missed.length - 1] ?? today, waitsFor }
}

const columns = (a: Application, today: Day) => {
  const { dueOn, waitsFor } = dueOf(a, today)
  return {
    dueOn,
    waitsFor,
    officeId: officeOf(a) ?? null,
    officerId: a.officer?.accountId ?? null,
    stage: a.stage,
    returnsTo: a.returnsTo ?? null,
    class: a.assessment?.class ?? null,
  }
}

/** A new filing: its first events, snapshot and search columns. */
export async function createApplication(
  tx: Tx,
  events: ApplicationEvent[],
  dataKeyId: string,
  envelope: Envelope,
): Promise<{ state: Application; head: Head }> {
  const state = events.reduce<Application | undefined>((s, e) => evolveApplication(s, e), undefined)!
  const c = columns(state, '')
  await sql`insert into application (id, case_no, item, subject, employer_id, mandate_id, stage, waits_for, data_key_id, version, head, shape, state)
    values (${state.id}, ${state.caseNo}, ${state.item}, ${state.subject}, ${state.employerId}, ${state.mandateId ?? null}, ${c.stage}, ${c.waitsFor}, ${dataKeyId}, 0, ''::bytea, ${APPLICATION_SHAPE}, ${JSON.stringify(state)})`.execute(
    tx,
  )
  const written = await appendEvents(tx, 'application', state.id, START, events, envelope)
  await sql`update application set version = ${written.version}, head = ${written.hash} where id = ${state.id}`.execute(tx)
  return { state, head: written }
}

/** Appends events to a locked filing and rewrites its snapshot, search columns and clock rows in the same transaction (invariant 1). */
export async function appendToApplication(
  tx: Tx,
  loaded: LoadedApplication,
  events: ApplicationEvent[],
  envelope: Envelope,
  today: Day,
  effectiveAt?: Instant,
): Promise<LoadedApplication> {
  if (events.length === 0) return loaded
  const state = events.reduce<Application>((s, e) => evolveApplication(s, e), loaded.state)
  const head = await appendEvents(tx, 'application', state.id, loaded.head, events, envelope, effectiveAt)
  const c = columns(state, today)
  await sql`update application set version = ${head.version}, head = ${head.hash}, shape = ${APPLICATION_SHAPE}, state = ${JSON.stringify(state)}, stage = ${c.stage}, returns_to = ${c.returnsTo},
    office_id = ${c.officeId}, officer_id = ${c.officerId}, due_on = ${c.dueOn}, waits_for = ${c.waitsFor}, class = ${c.class}, submitted_on = ${state.submittedOn ?? null},
    person_id = ${state.personId ?? null}, permit_id = ${state.permitId ?? null}, pack_hash = ${state.packHash ?? null}, mandate_id = ${state.mandateId ?? null},
    ended_at = ${state.ended ? envelope.at : null}, touched_at = ${envelope.at} where id = ${state.id}`.execute(tx)
  if (events.some((e) => e.type.startsWith('clock'))) await keepClocks(tx, 'application', state.id, state.clocks, Boolean(state.ended))
  return { ...loaded, state, head }
}
