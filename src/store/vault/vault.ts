import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { type Db, type Tx, transaction } from '../../db/db.ts'
import type { Instant } from '../../domain/kernel.ts'
import {
  eraseDataKey,
  insertDataKey,
  listDestroyed,
  loadDataKey,
  loadDataKeys,
  ROOT_KEY,
  rewrapSome,
  Shredded,
  wrappingWith,
} from './data-key.ts'
import { openBytes, sealBytes } from './envelope.ts'
import type { MasterKey } from './master-key.ts'

/** A value, or the answer that its key was destroyed: for readers to whom deletion is an ordinary outcome. */
export type Opened<T> = { ok: true; value: T } | { ok: false; code: 'shredded' }
export type SealedRow = { keyId: string; sealed: Uint8Array; context: string }

/**
 * Seals personal content with one key a person, draft or paper (PIPL art. 51). `context` names table and row and is authenticated,
 * so that sealed bytes cannot be moved. All functions look the key up in the caller's transaction: a destroyed key is noticed at once.
 */
export type Vault = {
  createDataKey(tx: Tx): Promise<string>
  /** Seals a JSON value. */
  seal(db: Db | Tx, keyId: string, value: unknown, context: string): Promise<Buffer>
  /** Opens a JSON value; throws `Shredded` (code `shredded`) when the key was destroyed, `SealError` when the bytes are not those sealed here. */
  open<T>(db: Db | Tx, keyId: string, sealed: Uint8Array, context: string): Promise<T>
  /** As `open`, with destruction as an answer. */
  tryOpen<T>(db: Db | Tx, keyId: string, sealed: Uint8Array, context: string): Promise<Opened<T>>
  /** Opens many values with one query for the keys; the order is that of the rows. */
  openMany<T>(db: Db | Tx, rows: SealedRow[]): Promise<Opened<T>[]>
  sealBytes(db: Db | Tx, keyId: string, plain: Uint8Array, context: string): Promise<Buffer>
  openBytes(db: Db | Tx, keyId: string, sealed: Uint8Array, context: string): Promise<Buffer>
  /** Derives a key for each file from a data key and a salt (RFC 5869), so that chunk numbers may serve as nonces. */
  fileKeys(db: Db | Tx, keyId: string): Promise<(salt: Uint8Array) => KeyObject>
  /** Destroys a key for good; says whether it was there. */
  destroyKey(tx: Tx, keyId: string, at: Instant): Promise<boolean>
  listDestroyed(db: Db | Tx, since: Instant): Promise<{ id: string; destroyedAt: Instant }[]>
  /** Wraps all data keys with the newest master key, in short transactions; sealed bytes stay as they are. Tells how many were rewrapped. */
  rewrapAll(db: Db): Promise<number>
  /** Keyed digest (HMAC-SHA-256, a key of its own per kind) of a value that the caller has normalised: exact match without the value. */
  blind(kind: string, value: string | Uint8Array): Buffer
  /** 32 bytes for one purpose, the same in every process and after every rotation. */
  subKey(purpose: string): Buffer
}

const utf8 = (value: string) => {
  // A lone surrogate would become U+FFFD and make two different values equal.
  if (!value.isWellFormed()) throw new RangeError('a keyed digest was asked of text that is not well formed')
  return Buffer.from(value, 'utf8')
}
const deriveFileKey = (key: KeyObject, salt: Uint8Array) => createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, 'laihua/file', 32)))
const bound = (keyId: string, kind: 'json' | 'bytes', context: string) => `laihua/${kind}/${keyId}/${context}`

/** Opens the vault of a database; the first process to do so makes its root key. Fails at once when the master key is not that of this database. */
export async function openVault(db: Db, { masterKeys }: { masterKeys: readonly MasterKey[] }): Promise<Vault> {
  const wrapping = wrappingWith(masterKeys)
  await insertDataKey(db, wrapping, ROOT_KEY)
  const root = await loadDataKey(db, wrapping, ROOT_KEY).catch((cause: unknown) => {
    throw new Error('the master key does not open this database', { cause })
  })
  const derived = new Map<string, Buffer>()
  const subKey = (purpose: string): Buffer => {
    const known = derived.get(purpose)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `laihua/${purpose}`, 32))
    derived.set(purpose, key)
    return key
  }

  /** Keys live as long as the transaction that read them, no longer. */
  const perTransaction = new WeakMap<object, Map<string, KeyObject>>()
  const keysOf = (db: Db | Tx) => {
    if (!db.isTransaction) return undefined
    const known = perTransaction.get(db) ?? new Map<string, KeyObject>()
    perTransaction.set(db, known)
    return known
  }
  const keyOf = async (db: Db | Tx, keyId: string): Promise<KeyObject> => {
    const known = keysOf(db)?.get(keyId)
    if (known) return known
    const key = await loadDataKey(db, wrapping, keyId)
    keysOf(db)?.set(keyId, key)
    return key
  }
  const opened = <T>(key: KeyObject, { keyId, sealed, context }: SealedRow): T =>
    JSON.parse(openBytes(key, bound(keyId, 'json', context), sealed).toString('utf8')) as T

  return {
    async createDataKey(tx) {
      const { id, key } = await insertDataKey(tx, wrapping)
      keysOf(tx)?.set(id, key)
      return id
    },
    async seal(db, keyId, value, context) {
      const text = JSON.stringify(value)
      if (text === undefined) throw new TypeError('nothing to seal')
      return sealBytes(await keyOf(db, keyId), bound(keyId, 'json', context), Buffer.from(text, 'utf8'))
    },
    async open<T>(db: Db | Tx, keyId: string, sealed: Uint8Array, context: string) {
      return opened<T>(await keyOf(db, keyId), { keyId, sealed, context })
    },
    async tryOpen<T>(db: Db | Tx, keyId: string, sealed: Uint8Array, context: string): Promise<Opened<T>> {
      try {
        return { ok: true, value: opened<T>(await keyOf(db, keyId), { keyId, sealed, context }) }
      } catch (error) {
        if (error instanceof Shredded) return { ok: false, code: 'shredded' }
        throw error
      }
    },
    async openMany<T>(db: Db | Tx, rows: SealedRow[]): Promise<Opened<T>[]> {
      if (rows.length === 0) return []
      const keys = await loadDataKeys(
        db,
        wrapping,
        rows.map((r) => r.keyId),
      )
      return rows.map((row) => {
        const key = keys.get(row.keyId)
        return key ? { ok: true, value: opened<T>(key, row) } : { ok: false, code: 'shredded' }
      })
    },
    sealBytes: async (db, keyId, plain, context) => sealBytes(await keyOf(db, keyId), bound(keyId, 'bytes', context), plain),
    openBytes: async (db, keyId, sealed, context) => openBytes(await keyOf(db, keyId), bound(keyId, 'bytes', context), sealed),
    async fileKeys(db, keyId) {
      const key = await keyOf(db, keyId)
      return (salt) => deriveFileKey(key, salt)
    },
    async destroyKey(tx, keyId, at) {
      keysOf(tx)?.delete(keyId)
      return eraseDataKey(tx, keyId, at)
    },
    listDestroyed,
    async rewrapAll(db) {
      for (let total = 0; ; ) {
        const some = await transaction(db, (tx) => rewrapSome(tx, wrapping, 500))
        if (some === 0) return total
        total += some
      }
    },
    blind: (kind, value) =>
      createHmac('sha256', subKey(`blind/${kind}`))
        .update(typeof value === 'string' ? utf8(value) : value)
        .digest(),
    subKey,
  }
}
