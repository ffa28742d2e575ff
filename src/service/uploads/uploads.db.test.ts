import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderBy } from '../../../test/thread.ts'
import { transaction } from '../../db/db.ts'
import { collect } from '../../store/blob/sealed-blob.ts'
import { parseMasterKeys } from '../../store/vault/master-key.ts'
import { openVault } from '../../store/vault/vault.ts'
import { attachUpload } from './attach-upload.ts'
import { cancelUpload, expireUploads, shredUploads, sweepStore } from './end-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { openUpload } from './read-upload.ts'
import { receiveChunk } from './receive-chunk.ts'
import { startUpload } from './start-upload.ts'
import { must, pdf, type Story, story, type Unit } from './story.test-kit.ts'
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
const CHUNK = 16_384

const start = (unit: Unit, bytes: number, more: { id?: string; name?: string; slot?: string; form?: string } = {}) =>
  startUpload(s.tools, unit.scope, orderBy(s.t, unit.handler), {
    for: 'paper',
    id: more.id ?? uuidv7(),
    applicationId: unit.filing,
    slot: more.slot ?? 'M01',
    form: more.form ?? 'SIGNED',
    translation: false,
    name: more.name ?? 'form.pdf',
    bytes,
  })
const send = async (unit: Unit, id: string, content: Buffer, from = 0, until = content.length) => {
  for (let at = from; at < until; at += CHUNK)
    must(await receiveChunk(s.tools, unit.scope, id, at, content.subarray(at, Math.min(until, at + CHUNK))))
}
const upload = async (unit: Unit, content: Buffer, more: Parameters<typeof start>[2] = {}) => {
  const { id } = must(await start(unit, content.length, more))
  await send(unit, id, content)
  return must(await finishUpload(s.tools, unit.scope, id))
}
const drop = (unit: Unit, id: string) => cancelUpload(s.tools, unit.scope, id)

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
    const open = must(await openUpload(s.tools, s.tools.db, nanling.scope, id))
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

describe('whose it is', () => {
  it('a foreign upload answers like one that never was, to every question', async () => {
    const { id } = await upload(nanling, pdf(1))
    const never = uuidv7()
    for (const unknown of [id, never]) {
      const ask = [
        findUpload(s.tools, s.tools.db, beijiang.scope, unknown),
        receiveChunk(s.tools, beijiang.scope, unknown, 0, Buffer.alloc(10)),
        finishUpload(s.tools, beijiang.scope, unknown),
        drop(beijiang, unknown),
        openUpload(s.tools, s.tools.db, beijiang.scope, unknown),
        transaction(s.tools.db, (tx) =>
          attachUpload(s.tools, tx, beijiang.scope, unknown, {
            for: 'paper',
            applicationId: beijiang.filing,
            slot: 'M01',
            form: 'SIGNED',
            translation: false,
          }),
        ),
      ]
      for (const outcome of await Promise.all<{ ok: boolean }>(ask)) expect(outcome).toEqual({ ok: false, refusal: { code: 'notFound' } })
    }
    expect(await listUploads(s.tools, s.tools.db, beijiang.scope, nanling.filing)).toEqual([])
    expect(await start({ ...beijiang, filing: nanling.filing }, 100)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    await drop(nanling, id)
  })

  it('is attached only where it was uploaded for, and neither cancelled nor expired from then on', async () => {
    const { id } = await upload(nanling, pdf(3))
    const attach = (more: object) =>
      transaction(s.tools.db, (tx) =>
        attachUpload(s.tools, tx, nanling.scope, id, {
          for: 'paper',
          applicationId: nanling.filing,
          slot: 'M01',
          form: 'SIGNED',
          translation: false,
          ...more,
        }),
      )
    for (const elsewhere of [{ slot: 'M02' }, { form: 'OTHER' }, { translation: true }, { applicationId: beijiang.filing }])
      expect(await attach(elsewhere)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    const attached = must(await attach({}))
    expect(attached).toMatchObject({ pages: 3, type: 'pdf' })
    expect(must(await attach({}))).toEqual(attached)
    expect(await drop(nanling, id)).toMatchObject({ ok: false, refusal: { code: 'actionNotOpen' } })
    expect(must(await findUpload(s.tools, s.tools.db, nanling.scope, id)).expiresAt).toBeNull()
    const open = must(await start(nanling, 100))
    expect(
      await transaction(s.tools.db, (tx) =>
        attachUpload(s.tools, tx, nanling.scope, open.id, {
          for: 'paper',
          applicationId: nanling.filing,
          slot: 'M01',
          form: 'SIGNED',
          translation: false,
        }),
      ),
    ).toEqual({ ok: false, refusal: { code: 'uploadNotReady' } })
    await drop(nanling, open.id)
  })

  it('a mandate for some items sees no file of others', async () => {
    const { id } = await upload(nanling, pdf(1))
    expect((await findUpload(s.tools, s.tools.db, { ...nanling.scope, mandateItems: ['EMPLOYER_REG'] }, id)).ok).toBe(true)
    expect(await findUpload(s.tools, s.tools.db, { ...nanling.scope, mandateItems: ['NEW_OVERSEAS'] }, id)).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
    await drop(nanling, id)
  })
})

describe('its end', () => {
  it('cancelled, its key is destroyed at once and its files go', async () => {
    const before = (await s.files()).length
    const content = pdf(1, 40_000)
    const { id } = await upload(nanling, content)
    const half = must(await start(nanling, content.length))
    await send(nanling, half.id, content, 0, CHUNK)
    must(await drop(nanling, id))
    must(await drop(nanling, half.id))
    must(await drop(nanling, half.id))
    expect((await s.files()).length).toBe(before)
    expect(await findUpload(s.tools, s.tools.db, nanling.scope, id)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    expect(await receiveChunk(s.tools, nanling.scope, half.id, CHUNK, content.subarray(CHUNK, 2 * CHUNK))).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
  })

  it('comes by itself to what nobody attaches for thirty days, and not a day earlier', async () => {
    const { id } = await upload(nanling, pdf(1))
    s.tools = { ...s.tools, now: () => '2026-12-25T07:59:59.000Z' }
    expect(await expireUploads(s.tools)).toBe(0)
    s.tools = { ...s.tools, now: () => '2026-12-25T08:00:01.000Z' }
    expect(await expireUploads(s.tools)).toBeGreaterThan(0)
    expect(await findUpload(s.tools, s.tools.db, nanling.scope, id)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    s.tools = { ...s.tools, now: s.t.tools.now }
  })

  it('shredding the files of a filing leaves rows that nobody can open', async () => {
    const { id } = await upload(beijiang, pdf(1))
    await transaction(s.tools.db, (tx) =>
      attachUpload(s.tools, tx, beijiang.scope, id, {
        for: 'paper',
        applicationId: beijiang.filing,
        slot: 'M01',
        form: 'SIGNED',
        translation: false,
      }),
    )
    expect(await transaction(s.tools.db, (tx) => shredUploads(s.tools, tx, beijiang.filing, ['M05']))).toBe(0)
    expect(await transaction(s.tools.db, (tx) => shredUploads(s.tools, tx, beijiang.filing))).toBe(1)
    expect(await openUpload(s.tools, s.tools.db, beijiang.scope, id)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    expect(must(await findUpload(s.tools, s.tools.db, beijiang.scope, id))).toMatchObject({ state: 'attached', name: '' })
    expect(await sweepStore(s.tools)).toBe(1)
  })

  it('a process killed between store and row leaves orphans that the sweep removes, and the upload goes on', async () => {
    const content = pdf(1, 40_000)
    const { id } = must(await start(nanling, content.length))
    await send(nanling, id, content, 0, CHUNK)
    const before = (await s.files()).length
    await dieAfterPut(s, nanling, id, content.subarray(CHUNK, 2 * CHUNK))
    expect((await s.files()).length).toBe(before + 1)
    expect(must(await findUpload(s.tools, s.tools.db, nanling.scope, id)).received).toBe(CHUNK)
    expect(await sweepStore(s.tools)).toBe(0)
    await send(nanling, id, content, CHUNK)
    s.tools = { ...s.tools, now: () => '2026-11-25T10:00:00.000Z' }
    expect(await sweepStore(s.tools)).toBe(1)
    s.tools = { ...s.tools, now: s.t.tools.now }
    expect((await s.files()).length).toBe(before + 2)
    expect(must(await finishUpload(s.tools, nanling.scope, id)).state).toBe('stored')
    await drop(nanling, id)
  })
})

/** A real process that receives a piece and kills itself as soon as the file is in the store, before the row that counts it. */
const dieAfterPut = async (s: Story, unit: Unit, id: string, piece: Buffer) => {
  const program = `
    import { connect } from './src/db/db.ts'
    import { openFolderStore } from './src/store/blob/folder-store.ts'
    import { openVault } from './src/store/vault/vault.ts'
    import { parseMasterKeys } from './src/store/vault/master-key.ts'
    import { receiveChunk } from './src/service/uploads/receive-chunk.ts'
    const given = JSON.parse(process.env.GIVEN)
    const db = connect({ connectionString: given.url })
    const folder = await openFolderStore(given.folder)
    const blobs = { ...folder, put: async (...a) => { await folder.put(...a); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}) } }
    const vault = await openVault(db, { masterKeys: parseMasterKeys('1 ' + Buffer.alloc(32, 7).toString('base64url')) })
    await receiveChunk({ db, vault, blobs, now: () => given.now, uploads: given.uploads }, given.scope, given.id, given.at, Buffer.from(given.piece, 'base64'))`
  const given = {
    url: s.base.url,
    folder: s.folder,
    now: s.tools.now(),
    uploads: s.tools.uploads,
    scope: unit.scope,
    id,
    at: CHUNK,
    piece: piece.toString('base64'),
  }
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, GIVEN: JSON.stringify(given) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [, signal] = await new Promise<[number | null, string | null]>((ended) => child.on('exit', (code, how) => ended([code, how])))
  expect(signal).toBe('SIGKILL')
}
