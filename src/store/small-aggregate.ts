import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import { CARD_SHAPE, type Card, type CardEvent, evolveCard } from '../domain/card/card.ts'
import { EMPLOYER_SHAPE, type Employer, type EmployerEvent, evolveEmployer } from '../domain/employer/employer.ts'
import type { Envelope } from '../domain/kernel.ts'
import { appendEvents, type Head, listEvents, START } from './log.ts'

export type LoadedEmployer = {
  state: Employer
  head: Head
  dataKeyId: string
  nameZh: string
  nameEn: string
  creditCode: string
  areaCode: string
  tier: string
}
export type LoadedCard = { state: Card; head: Head }

/** Finds an employer account with the plain fields of its register entry. */
export async function findEmployer(tx: Db | Tx, id: string, lock = false): Promise<LoadedEmployer | undefined> {
  const { rows } = await sql<{
    version: number
    head: Buffer
    shape: number
    state: Employer
    data_key_id: string
    name_zh: string
    name_en: string
    credit_code: string
    area_code: string
    tier: string
  }>`
    select version, head, shape, state, data_key_id, name_zh, name_en, credit_code, area_code, tier from employer where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    tx,
  )
  const row = rows[0]
  if (!row) return undefined
  const state = row.shape === EMPLOYER_SHAPE ? row.state : await replayEmployer(tx, id)
  return {
    state,
    head: { version: row.version, hash: row.head },
    dataKeyId: row.data_key_id,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    creditCode: row.credit_code,
    areaCode: row.area_code,
    tier: row.tier,
  }
}

/** Folds the log of one employer account. */
export async function replayEmployer(db: Db | Tx, id: string): Promise<Employer> {
  const stored = await listEvents(db, 'employer', id)
  return stored.reduce<Employer | undefined>((s, e) => evolveEmployer(s, e.event as unknown as EmployerEvent), undefined)!
}

/** The register entry of a unit: not personal data, so it stands in clear. */
export type Register = { nameZh: string; nameEn: string; creditCode: string; areaCode: string; tier: string }

/** Appends to an employer account; `register` rewrites its entry when a filing about the unit is granted. */
export async function appendToEmployer(
  tx: Tx,
  loaded: LoadedEmployer | { dataKeyId: string },
  events: EmployerEvent[],
  envelope: Envelope,
  register?: Register,
): Promise<Employer> {
  const before = 'state' in loaded ? loaded : undefined
  if (events.length === 0 && before && !register) return before.state
  const state = events.reduce<Employer | undefined>((s, e) => evolveEmployer(s, e), before?.state)!
  if (!before)
    await sql`insert into employer (id, data_key_id, name_zh, name_en, credit_code, area_code, tier, standing, version, head, shape, state)
      values (${state.id}, ${loaded.dataKeyId}, ${register?.nameZh ?? ''}, ${register?.nameEn ?? ''}, ${register?.creditCode ?? ''}, ${register?.areaCode ?? ''}, ${register?.tier ?? ''}, ${state.standing}, 0, ''::bytea,
      ${EMPLOYER_SHAPE}, ${JSON.stringify(state)})`.execute(tx)
  const head = await appendEvents(tx, 'employer', state.id, before?.head ?? START, events, envelope)
  const r = register ?? before
  await sql`update employer set standing = ${state.standing}, version = ${head.version}, head = ${head.hash}, shape = ${EMPLOYER_SHAPE}, state = ${JSON.stringify(state)},
    name_zh = ${r?.nameZh ?? ''}, name_en = ${r?.nameEn ?? ''}, credit_code = ${r?.creditCode ?? ''}, area_code = ${r?.areaCode ?? ''}, tier = ${r?.tier ?? ''} where id = ${state.id}`.execute(
    tx,
  )
  return state
}

/** Is the credit code held by another unit that an officer approved? */
export async function creditCodeTaken(tx: Tx, creditCode: string, exceptId: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from employer where credit_code = ${creditCode} and id <> ${exceptId} and standing in ('approved', 'suspended')`.execute(
      tx,
    )
  return rows.length > 0
}

/** Finds the open card of a person, or a card by id. */
export async function findCard(tx: Db | Tx, by: { personId: string } | { id: string }, lock = false): Promise<LoadedCard | undefined> {
  const key = 'id' in by ? sql`id = ${by.id}` : sql`person_id = ${by.personId} and ended_at is null`
  const { rows } = await sql<{
    id: string
    version: number
    head: Buffer
    shape: number
    state: Card
  }>`select id, version, head, shape, state from card where ${key} ${lock ? sql`for update` : sql``}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  return { state: row.shape === CARD_SHAPE ? row.state : await replayCard(tx, row.id), head: { version: row.version, hash: row.head } }
}

/** Folds the log of one card. */
export async function replayCard(db: Db | Tx, id: string): Promise<Card> {
  const stored = await listEvents(db, 'card', id)
  return stored.reduce<Card | undefined>((s, e) => evolveCard(s, e.event as unknown as CardEvent), undefined)!
}

/** Appends to a card, new or locked. */
export async function appendToCard(tx: Tx, loaded: LoadedCard | undefined, events: CardEvent[], envelope: Envelope): Promise<LoadedCard> {
  if (events.length === 0 && loaded) return loaded
  const state = events.reduce<Card | undefined>((s, e) => evolveCard(s, e), loaded?.state)!
  const endedAt = state.standing === 'closed' ? envelope.at : null
  if (!loaded)
    await sql`insert into card (id, person_id, account_id, standing, version, head, shape, state) values (${state.id}, ${state.personId}, ${state.accountId}, ${state.standing}, 0, ''::bytea, ${CARD_SHAPE},
      ${JSON.stringify(state)})`.execute(tx)
  const head = await appendEvents(tx, 'card', state.id, loaded?.head ?? START, events, envelope)
  await sql`update card set standing = ${state.standing}, version = ${head.version}, head = ${head.hash}, shape = ${CARD_SHAPE}, state = ${JSON.stringify(state)}, ended_at = ${endedAt} where id = ${state.id}`.execute(
    tx,
  )
  return { state, head }
}
