import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../store/blob/sealed-blob.ts'
import { parseMasterKeys } from '../../store/vault/master-key.ts'
import { openVault } from '../../store/vault/vault.ts'
import { finishUpload } from './finish-upload.ts'
import { openUpload } from './read-upload.ts'
import { receiveChunk } from './receive-chunk.ts'
import { acts, CHUNK, must, pdf, readerOf, type Story, story, type Unit } from './story.test-kit.ts'
import { findUpload, listUploads } from './upload-view.ts'

let s: Story
let nanling: Unit
let beijiang: Unit
beforeAll(async () => {
  s = await story()
  nanling = s.nanling
  beijiang = s.beijiang
})
afterAll(() => s?.end())
const { start, send, drop } = acts(() => s)

describe('an upload', () => {
  it('goes in by pieces, is stored before it is acknowledged, and comes back whole to its owner', async () => {
    const content = pdf(2, 50_000)
    const { id } = must(await start(nanling, content.length))
    expect(must(await receiveChunk(s.tools, nanling.scope, id, 0, content.subarray(0, CHUNK)))).toEqual({
      received: CHUNK,
      declared: content.length,
    })
    await send(nanling, id, content, CHUNK)
    const done = must(await finishUpload(s.tools, nanling.scope, id))
    expect(done).toMatchObject({ state: 'stored', type: 'pdf', pages: 2, bytes: content.length, faults: [], name: 'form.pdf' })
    const open = must(await openUpload(s.tools, s.tools.db, nanling.scope, id, readerOf(s)))
    expect((await collect(open.content)).equals(content)).toBe(true)
    expect(must(await finishUpload(s.tools, nanling.scope, id))).toEqual(done)
    expect((await sql`select 1 from upload_part where upload_id = ${id}`.execute(s.tools.db)).rows).toEqual([])
    await drop(nanling, id)
  })

  it('shows no word of the file or its name on the disk or in any table, also half-way', async () => {
    const content = pdf(1, 40_000)
    const { id } = must(await start(nanling, content.length, { name: 'MARKER 阮氏霞.pdf' }))
    await send(nanling, id, content, 0, CHUNK)
    for (const path of await s.files()) expect((await readFile(path)).includes('MARKER')).toBe(false)
    await send(nanling, id, content, CHUNK)
    must(await finishUpload(s.tools, nanling.scope, id))
    for (const path of await s.files()) expect((await readFile(path)).includes('MARKER')).toBe(false)
    const tables = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(s.base.ownerDb)
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(s.base.ownerDb)
      const all = rows.map((r) => r.row).join()
      for (const word of ['MARKER', '4d41524b4552', '阮氏霞', 'E12345678']) expect(all.includes(word), `${word} in ${name}`).toBe(false)
    }
    await drop(nanling, id)
  })

  it('goes on after the process and the page were reloaded, from where the stored bytes end', async () => {
    const content = pdf(1, 60_000)
    const { id } = must(await start(nanling, content.length))
    await send(nanling, id, content, 0, 2 * CHUNK)
    // Another process: nothing of the first one but the database, the folder and the key file.
    const vault = await openVault(s.tools.db, { masterKeys: parseMasterKeys(`1 ${Buffer.alloc(32, 7).toString('base64url')}`) })
    s.tools = { ...s.tools, vault }
    const [found] = (await listUploads(s.tools, s.tools.db, nanling.scope, nanling.filing)).filter((u) => u.state === 'receiving')
    expect(found).toMatchObject({ id, received: 2 * CHUNK, declared: content.length, name: 'form.pdf' })
    await send(nanling, id, content, found!.received)
    expect(must(await finishUpload(s.tools, nanling.scope, id)).state).toBe('stored')
    await drop(nanling, id)
  })

  it('answers a repeated start, piece and finish as before, and a different one with what is there', async () => {
    const content = pdf(1, 40_000)
    const first = must(await start(nanling, content.length))
    expect(must(await start(nanling, content.length, { id: first.id }))).toEqual(first)
    expect(await start(nanling, content.length + 1, { id: first.id })).toEqual({ ok: false, refusal: { code: 'uploadIdTaken' } })
    expect(await start(beijiang, content.length, { id: first.id })).toEqual({ ok: false, refusal: { code: 'uploadIdTaken' } })
    const [a, b] = [content.subarray(0, CHUNK), content.subarray(CHUNK, 2 * CHUNK)]
    must(await receiveChunk(s.tools, nanling.scope, first.id, 0, a))
    must(await receiveChunk(s.tools, nanling.scope, first.id, CHUNK, b))
    expect(must(await receiveChunk(s.tools, nanling.scope, first.id, 0, a)).received).toBe(2 * CHUNK)
    const other = { ok: false, refusal: { code: 'uploadOffset', received: 2 * CHUNK } }
    expect(await receiveChunk(s.tools, nanling.scope, first.id, 0, b)).toEqual(other)
    expect(await receiveChunk(s.tools, nanling.scope, first.id, 5, a)).toEqual(other)
    for (const at of [3 * CHUNK - 1, content.length, -1, 0.5, Number.NaN, 2 ** 60])
      expect(await receiveChunk(s.tools, nanling.scope, first.id, at, a.subarray(0, 2000))).toMatchObject({
        ok: false,
        refusal: { code: 'uploadOffset' },
      })
    expect(await receiveChunk(s.tools, nanling.scope, first.id, 2 * CHUNK, Buffer.of(1))).toMatchObject({
      ok: false,
      refusal: { code: 'uploadChunkSize', least: 1024 },
    })
    expect(await receiveChunk(s.tools, nanling.scope, first.id, 2 * CHUNK, content.subarray(0, CHUNK))).toMatchObject({
      ok: false,
      refusal: { code: 'uploadChunkSize', most: content.length - 2 * CHUNK },
    })
    expect(await finishUpload(s.tools, nanling.scope, first.id)).toEqual(other)
    await drop(nanling, first.id)
  })

  it('takes one of many equal or different pieces that come at once', async () => {
    const content = pdf(1, 40_000)
    const { id } = must(await start(nanling, content.length))
    const [a, wrong] = [content.subarray(0, CHUNK), Buffer.alloc(CHUNK, 9)]
    const outcomes = await Promise.all([a, wrong, a, a, wrong, a].map((piece) => receiveChunk(s.tools, nanling.scope, id, 0, piece)))
    const took = outcomes.map((o) => (o.ok ? 'yes' : o.refusal.code))
    expect([took.filter((_, i) => ![1, 4].includes(i)), took.filter((_, i) => [1, 4].includes(i))]).toSatisfy(
      ([right, bad]: string[][]) =>
        (right!.every((x) => x === 'yes') && bad!.every((x) => x === 'uploadOffset')) ||
        (bad!.every((x) => x === 'yes') && right!.every((x) => x === 'uploadOffset')),
    )
    expect(must(await findUpload(s.tools, s.tools.db, nanling.scope, id)).received).toBe(CHUNK)
    expect((await sql`select 1 from upload_part where upload_id = ${id}`.execute(s.tools.db)).rows).toHaveLength(1)
    const finishes = pdf(1, 10)
    const second = must(await start(nanling, finishes.length))
    await send(nanling, second.id, finishes)
    const all = await Promise.all([1, 2, 3].map(() => finishUpload(s.tools, nanling.scope, second.id)))
    expect(all.map((o) => must(o).state)).toEqual(['stored', 'stored', 'stored'])
    await drop(nanling, id)
    await drop(nanling, second.id)
  })
})
