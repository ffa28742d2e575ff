import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { transaction } from '../../db/db.ts'
import { parseMasterKeys } from '../vault/master-key.ts'
import { openVault } from '../vault/vault.ts'
import { openFolderStore } from './folder-store.ts'
import { type BlobTools, confirmBlob, openBlob, readBlob, stageBlob } from './sealed-blob.ts'
import { sweepBlobs } from './sweep-blobs.ts'

const MARKER = 'MARKER 阮氏霞 E12345678'
const AT = '2026-11-25T08:00:00.000Z'
const LATER = '2026-11-25T10:00:00.000Z'
let t: TestDatabase
let folder: string
let tools: BlobTools
beforeAll(async () => {
  t = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'laihua-sealed-'))
  tools = {
    db: t.db,
    vault: await openVault(t.db, { masterKeys: parseMasterKeys(`1 ${Buffer.alloc(32, 1).toString('base64url')}`) }),
    blobs: await openFolderStore(folder),
    now: () => AT,
  }
})
afterAll(async () => {
  await t.drop()
  await rm(folder, { recursive: true })
})
const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
const newKey = () => transaction(t.db, (tx) => tools.vault.createDataKey(tx))
const stage = (dataKeyId: string, text = MARKER) => stageBlob(tools, { dataKeyId, type: 'pdf', pages: 2, content: Buffer.from(text) })
const keep = async (dataKeyId: string, text = MARKER) => {
  const id = await stage(dataKeyId, text)
  await transaction(t.db, (tx) => confirmBlob(tx, id, AT))
  return id
}

describe('a kept file', () => {
  it('comes back whole with its type and pages, and shows nothing on the disk or in any table', async () => {
    const id = await keep(await newKey(), MARKER.repeat(10_000))
    const open = await openBlob(tools, t.db, id)
    expect({ type: open.type, pages: open.pages, bytes: open.bytes }).toEqual({
      type: 'pdf',
      pages: 2,
      bytes: Buffer.byteLength(MARKER) * 10_000,
    })
    expect((await readBlob(tools, t.db, id)).toString()).toBe(MARKER.repeat(10_000))
    for (const path of await files()) {
      const bytes = await readFile(path)
      for (const word of ['MARKER', '阮氏霞', 'E12345678']) expect(bytes.includes(word)).toBe(false)
    }
    const { rows } = await sql<{ row: string }>`select to_jsonb(b)::text as row from blob b`.execute(t.db)
    expect(rows.map((r) => r.row).join()).not.toMatch(/MARKER|阮氏霞|E12345678|4d41524b4552/)
  })

  it('is another file each time, though equal content is known by its keyed digest', async () => {
    const [a, b] = [await keep(await newKey()), await keep(await newKey())]
    const { rows } = await sql<{
      ciphers: number
      plains: number
    }>`select count(distinct cipher_hash) as ciphers, count(distinct plain_hmac) as plains from blob where id in (${a}, ${b})`.execute(t.db)
    expect(rows[0]).toEqual({ ciphers: 2, plains: 1 })
  })

  it('put in the place of another one does not open', async () => {
    const key = await newKey()
    const [a, b] = [await keep(key, 'first'), await keep(key, 'second')]
    await sql`update blob set cipher_hash = sha256(cipher_hash) where id = ${b}`.execute(t.ownerDb)
    await sql`update blob set cipher_hash = (select sha256(sha256(cipher_hash)) from blob where id = ${a}) where id = ${a}`.execute(
      t.ownerDb,
    )
    await expect(openBlob(tools, t.db, a)).rejects.toMatchObject({ code: 'missing' })
    const c = await keep(key, 'third')
    const d = await stage(key, 'fourth')
    const { rows } = await sql<{ cipher_hash: Buffer }>`delete from blob where id = ${c} returning cipher_hash`.execute(t.ownerDb)
    await sql`update blob set cipher_hash = ${rows[0]!.cipher_hash}, stored_at = now() where id = ${d}`.execute(t.ownerDb)
    await expect(openBlob(tools, t.db, d)).rejects.toMatchObject({ code: 'notOurs' })
  })

  it('cannot be opened after its key is destroyed, neither the file nor a copy put back later; the sweep takes it away', async () => {
    const key = await newKey()
    const id = await keep(key, 'to be shredded')
    const { rows } = await sql<{ address: string }>`select encode(cipher_hash, 'hex') as address from blob where id = ${id}`.execute(t.db)
    const path = join(folder, rows[0]!.address.slice(0, 2), rows[0]!.address.slice(2, 4), rows[0]!.address)
    const backup = await readFile(path)
    await transaction(t.db, (tx) => tools.vault.destroyKey(tx, key, AT))
    await expect(openBlob(tools, t.db, id)).rejects.toMatchObject({ code: 'shredded' })
    expect(await sweepBlobs(tools, AT)).toBe(1)
    expect(await files()).not.toContain(path)
    await tools.blobs.put(
      rows[0]!.address,
      (async function* () {
        yield backup
      })(),
      backup.length,
    )
    await expect(openBlob(tools, t.db, id)).rejects.toMatchObject({ code: 'shredded' })
    expect(await sweepBlobs(tools, AT)).toBe(0)
  })

  it('that was staged by a process that died is a harmless orphan which the sweep removes, no earlier than its time', async () => {
    const before = (await files()).length
    const id = await stage(await newKey())
    await expect(openBlob(tools, t.db, id)).rejects.toThrow('not kept')
    expect(await sweepBlobs(tools, AT)).toBe(0)
    expect((await files()).length).toBe(before + 1)
    expect(await sweepBlobs(tools, LATER)).toBeGreaterThanOrEqual(1)
    expect((await files()).length).toBeLessThanOrEqual(before)
    await expect(transaction(t.db, (tx) => confirmBlob(tx, id, AT))).rejects.toThrow('cannot be confirmed')
  })

  it('is confirmed once only', async () => {
    const id = await keep(await newKey())
    await expect(transaction(t.db, (tx) => confirmBlob(tx, id, AT))).rejects.toThrow('cannot be confirmed')
  })
})
