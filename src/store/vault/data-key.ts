import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../../db/db.ts'
import type { Instant } from '../../domain/kernel.ts'
import { openBytes, sealBytes } from './envelope.ts'
import type { MasterKey } from './master-key.ts'

/** The row whose key all derived keys (blind index, search tokens) come from; it is never destroyed, only rewrapped. */
export const ROOT_KEY = '00000000-0000-7000-8000-000000000000'

/** The key was destroyed by law or by its owner's wish; what it sealed is gone for good. Not a fault of ours. */
export class Shredded extends Error {
  readonly code = 'shredded'
  constructor(keyId: string) {
    super(`data key ${keyId} was destroyed`)
  }
}

type Row = { wrapped: Buffer | null; master_version: number | null }
/** Bound to id and master version, so that a wrapped key cannot be put in another's place. */
const context = (id: string, version: number) => `data_key/${id}/${version}`

export type Wrapping = { newest: MasterKey; byVersion: ReadonlyMap<number, KeyObject> }
export function wrappingWith(masterKeys: readonly MasterKey[]): Wrapping {
  const newest = [...masterKeys].sort((a, b) => b.version - a.version)[0]
  if (!newest) throw new Error('a vault needs at least one master key')
  return { newest, byVersion: new Map(masterKeys.map((k) => [k.version, k.key])) }
}

const wrap = ({ newest }: Wrapping, id: string, key: KeyObject) => sealBytes(newest.key, context(id, newest.version), key.export())
const unwrap = ({ byVersion }: Wrapping, id: string, row: Row): KeyObject => {
  if (row.wrapped === null || row.master_version === null) throw new Shredded(id)
  const master = byVersion.get(row.master_version)
  if (!master) throw new Error(`data key ${id} is wrapped with master key ${row.master_version}, which is not loaded`)
  return createSecretKey(openBytes(master, context(id, row.master_version), row.wrapped))
}

/** Makes and stores a key. With an id that is already there nothing happens, and the stored one is what `loadDataKey` gives. */
export async function insertDataKey(tx: Db | Tx, wrapping: Wrapping, id: string = uuidv7()): Promise<{ id: string; key: KeyObject }> {
  const key = createSecretKey(randomBytes(32))
  await sql`insert into data_key (id, wrapped, master_version) values (${id}, ${wrap(wrapping, id, key)}, ${wrapping.newest.version}) on conflict (id) do nothing`.execute(
    tx,
  )
  return { id, key }
}

/** Reads and unwraps a key; throws `Shredded` when it was destroyed. */
export async function loadDataKey(db: Db | Tx, wrapping: Wrapping, id: string): Promise<KeyObject> {
  const { rows } = await sql<Row>`select wrapped, master_version from data_key where id = ${id}`.execute(db)
  if (!rows[0]) throw new Error(`data key ${id} is named but not stored`)
  return unwrap(wrapping, id, rows[0])
}

/** The keys that still exist among many, in one query. */
export async function loadDataKeys(db: Db | Tx, wrapping: Wrapping, ids: string[]): Promise<Map<string, KeyObject>> {
  const { rows } = await sql<
    Row & { id: string }
  >`select id, wrapped, master_version from data_key where id = any(${[...new Set(ids)]}::uuid[]) and wrapped is not null`.execute(db)
  return new Map(rows.map((row) => [row.id, unwrap(wrapping, row.id, row)]))
}

/** Overwrites the wrapped key: deletion in the sense of PIPL art. 47. Says whether it was there; the second time it was not. */
export async function eraseDataKey(tx: Db | Tx, id: string, at: Instant): Promise<boolean> {
  if (id === ROOT_KEY) throw new Error('the root key cannot be destroyed')
  const { rows } =
    await sql`update data_key set wrapped = null, master_version = null, destroyed_at = ${at} where id = ${id} and destroyed_at is null returning 1`.execute(
      tx,
    )
  return rows.length === 1
}

/** Wraps up to `limit` keys anew with the newest master key and tells how many; sealed bytes are not touched. Call until it answers 0. */
export async function rewrapSome(tx: Tx, wrapping: Wrapping, limit: number): Promise<number> {
  const { rows } = await sql<
    Row & { id: string }
  >`select id, wrapped, master_version from data_key where destroyed_at is null and master_version < ${wrapping.newest.version}
    order by id limit ${limit} for update skip locked`.execute(tx)
  if (rows.length === 0) return 0
  const fresh = rows.map((row) => wrap(wrapping, row.id, unwrap(wrapping, row.id, row)))
  await sql`update data_key k set wrapped = n.wrapped, master_version = ${wrapping.newest.version}
    from unnest(${rows.map((r) => r.id)}::uuid[], ${fresh}::bytea[]) as n (id, wrapped) where k.id = n.id and k.destroyed_at is null`.execute(
    tx,
  )
  return rows.length
}

/** Keys destroyed since a moment, for the list that leaves the machine: a restored backup must destroy them again before it serves. */
export async function listDestroyed(db: Db | Tx, since: Instant): Promise<{ id: string; destroyedAt: Instant }[]> {
  const { rows } = await sql<{
    id: string
    destroyedAt: Instant
  }>`select id, destroyed_at as "destroyedAt" from data_key where destroyed_at >= ${since} order by destroyed_at, id`.execute(db)
  return rows
}
