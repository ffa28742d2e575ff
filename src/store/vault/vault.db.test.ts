import { inspect } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { transaction } from '../../db/db.ts'
import { ROOT_KEY, Shredded } from './data-key.ts'
import { SealError } from './envelope.ts'
import { type MasterKey, parseMasterKeys } from './master-key.ts'
import { openVault, type Vault } from './vault.ts'

const master = (version: number, fill: number): MasterKey =>
  parseMasterKeys(`${version} ${Buffer.alloc(32, fill).toString('base64url')}`)[0]!
const first = master(1, 11)
const second = master(2, 22)
const AT = '2026-11-25T08:00:00.000Z'
let t: TestDatabase
let vault: Vault
const newKey = () => transaction(t.db, (tx) => vault.createDataKey(tx))
beforeAll(async () => {
  t = await testDatabase()
  vault = await openVault(t.db, { masterKeys: [first] })
})
afterAll(() => t.drop())

describe('sealing', () => {
  it('gives back any JSON value, also with NUL, lone surrogates and prototype keys', async () => {
    const key = await newKey()
    for (const value of [
      { name: 'Nguyễn Thị Hà', n: 1 },
      'a\0b',
      '\ud800',
      [],
      null,
      JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
    ]) {
      const back = await vault.open(t.db, key, await vault.seal(t.db, key, value, 'note/1'), 'note/1')
      expect(JSON.stringify(back)).toBe(JSON.stringify(value))
    }
    await expect(vault.seal(t.db, key, undefined, 'note/1')).rejects.toThrow('nothing to seal')
  })

  it('binds bytes to their row and key: moved to another row or person they do not open', async () => {
    const [li, ha] = [await newKey(), await newKey()]
    const sealed = await vault.seal(t.db, li, { number: 'E1' }, 'passport/li')
    await expect(vault.open(t.db, li, sealed, 'passport/ha')).rejects.toBeInstanceOf(SealError)
    await expect(vault.open(t.db, ha, sealed, 'passport/li')).rejects.toBeInstanceOf(SealError)
    await expect(vault.openBytes(t.db, li, sealed, 'passport/li')).rejects.toBeInstanceOf(SealError)
  })

  it('opens many values with the answer "shredded" in the place of those whose key is gone', async () => {
    const keys = [await newKey(), await newKey(), await newKey()]
    const rows = await Promise.all(
      keys.map(async (keyId, i) => ({ keyId, context: `n/${i}`, sealed: await vault.seal(t.db, keyId, i, `n/${i}`) })),
    )
    await transaction(t.db, (tx) => vault.destroyKey(tx, keys[1]!, AT))
    expect(await vault.openMany(t.db, rows)).toEqual([
      { ok: true, value: 0 },
      { ok: false, code: 'shredded' },
      { ok: true, value: 2 },
    ])
    expect(await vault.openMany(t.db, [])).toEqual([])
  })

  it('uses a key made in the same transaction, and loses both when it is rolled back', async () => {
    let key = ''
    await expect(
      transaction(t.db, async (tx) => {
        key = await vault.createDataKey(tx)
        expect(await vault.open(tx, key, await vault.seal(tx, key, 1, 'c'), 'c')).toBe(1)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    await expect(vault.seal(t.db, key, 1, 'c')).rejects.toThrow('not stored')
  })
})

describe('destroying a key', () => {
  it('makes everything sealed with it unreadable at once, in every process, and says so', async () => {
    const key = await newKey()
    const elsewhere = await openVault(t.db, { masterKeys: [first] })
    const sealed = await vault.seal(t.db, key, 'x', 'c')
    expect(await elsewhere.open(t.db, key, sealed, 'c')).toBe('x')
    expect(await transaction(t.db, (tx) => vault.destroyKey(tx, key, AT))).toBe(true)
    expect(await transaction(t.db, (tx) => vault.destroyKey(tx, key, AT))).toBe(false)
    await expect(elsewhere.open(t.db, key, sealed, 'c')).rejects.toBeInstanceOf(Shredded)
    await expect(elsewhere.seal(t.db, key, 'y', 'c')).rejects.toMatchObject({ code: 'shredded' })
    expect(await elsewhere.tryOpen(t.db, key, sealed, 'c')).toEqual({ ok: false, code: 'shredded' })
    expect(await vault.listDestroyed(t.db, AT)).toContainEqual({ id: key, destroyedAt: AT })
  })

  it('is noticed in the transaction that does it', async () => {
    const key = await newKey()
    await transaction(t.db, async (tx) => {
      const sealed = await vault.seal(tx, key, 1, 'c')
      await vault.destroyKey(tx, key, AT)
      await expect(vault.open(tx, key, sealed, 'c')).rejects.toBeInstanceOf(Shredded)
    })
  })

  it('cannot be undone by the application: neither from a kept copy of the row nor by deleting it', async () => {
    const key = await newKey()
    const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from data_key where id = ${key}`.execute(t.db)
    await transaction(t.db, (tx) => vault.destroyKey(tx, key, AT))
    await expect(
      sql`update data_key set wrapped = ${rows[0]!.wrapped}, master_version = 1, destroyed_at = null where id = ${key}`.execute(t.db),
    ).rejects.toMatchObject({ code: 'LH002' })
    await expect(sql`delete from data_key where id = ${key}`.execute(t.db)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`update data_key set id = ${ROOT_KEY} where id = ${key}`.execute(t.db)).rejects.toMatchObject({ code: '42501' })
  })

  it('never takes the root', async () => {
    await expect(transaction(t.db, (tx) => vault.destroyKey(tx, ROOT_KEY, AT))).rejects.toThrow('cannot be destroyed')
    await expect(
      sql`update data_key set wrapped = null, master_version = null, destroyed_at = now() where id = ${ROOT_KEY}`.execute(t.db),
    ).rejects.toMatchObject({ code: '23514' })
  })
})

describe('the master key', () => {
  it('rotates by rewrapping keys; sealed bytes, digests and sub-keys stay as they are', async () => {
    const key = await newKey()
    const gone = await newKey()
    await transaction(t.db, (tx) => vault.destroyKey(tx, gone, AT))
    const sealed = await vault.seal(t.db, key, 'stays', 'c')
    const copy = Buffer.from(sealed)
    const [blind, sub] = [vault.blind('passport', 'E1'), vault.subKey('search')]
    const both = await openVault(t.db, { masterKeys: [first, second] })
    const old = await transaction(t.db, (tx) => vault.createDataKey(tx))
    const before = await sql<{ n: number }>`select count(*) as n from data_key where destroyed_at is null`.execute(t.db)
    expect(await both.rewrapAll(t.db)).toBe(before.rows[0]!.n)
    expect(await both.rewrapAll(t.db)).toBe(0)
    const after = await openVault(t.db, { masterKeys: [second] })
    expect(sealed.equals(copy)).toBe(true)
    expect(await after.open(t.db, key, sealed, 'c')).toBe('stays')
    expect(await after.seal(t.db, old, 1, 'c')).toBeInstanceOf(Buffer)
    expect(after.blind('passport', 'E1').equals(blind)).toBe(true)
    expect(after.subKey('search').equals(sub)).toBe(true)
    await expect(vault.open(t.db, key, sealed, 'c')).rejects.toThrow('which is not loaded')
    vault = after
  })

  it('that is not the right one is told at the start, without a byte of any key', async () => {
    const fault = await openVault(t.db, { masterKeys: [master(2, 99)] }).catch((e: unknown) => e)
    expect((fault as Error).message).toBe('the master key does not open this database')
    for (const secret of [Buffer.alloc(32, 99), Buffer.alloc(32, 22)])
      for (const form of ['hex', 'base64', 'base64url'] as const) expect(inspect(fault, { depth: 9 })).not.toContain(secret.toString(form))
    await expect(openVault(t.db, { masterKeys: [] })).rejects.toThrow('at least one')
  })

  it('guards wrapped keys from being put in each other’s place', async () => {
    const [a, b] = [await newKey(), await newKey()]
    await sql`update data_key set wrapped = (select wrapped from data_key where id = ${a}) where id = ${b}`.execute(t.ownerDb)
    await expect(vault.seal(t.db, b, 1, 'c')).rejects.toBeInstanceOf(SealError)
  })

  it('is found by two first starters at once with one root between them', async () => {
    const fresh = await testDatabase()
    const vaults = await Promise.all([1, 2, 3, 4].map(() => openVault(fresh.db, { masterKeys: [first] })))
    expect(new Set(vaults.map((v) => v.blind('k', 'v').toString('hex'))).size).toBe(1)
    await fresh.drop()
  })
})

describe('the blind index', () => {
  it('is the same for the same value, differs by kind and value, and needs well-formed text', () => {
    expect(vault.blind('passport', 'E1')).toHaveLength(32)
    expect(vault.blind('passport', 'E1').equals(vault.blind('passport', 'E1'))).toBe(true)
    expect(vault.blind('passport', 'E1').equals(vault.blind('phone', 'E1'))).toBe(false)
    expect(vault.blind('passport', 'E1').equals(vault.blind('passport', 'E2'))).toBe(false)
    expect(vault.blind('a', 'b').equals(vault.blind('a/b', ''))).toBe(false)
    expect(() => vault.blind('passport', '\ud800')).toThrow(RangeError)
  })
})
