import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../../db/db.ts'
import { expireUploads, shredUploads, sweepStore } from './end-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { openUpload } from './read-upload.ts'
import { receiveChunk } from './receive-chunk.ts'
import { acts, CHUNK, must, pdf, readerOf, type Story, story, type Unit } from './story.test-kit.ts'
import { findUpload } from './upload-view.ts'

let s: Story
let nanling: Unit
let beijiang: Unit
beforeAll(async () => {
  s = await story()
  nanling = s.nanling
  beijiang = s.beijiang
})
afterAll(() => s?.end())
const { start, send, upload, drop, attach } = acts(() => s)

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
    await attach(beijiang, id)
    expect(await transaction(s.tools.db, (tx) => shredUploads(s.tools, tx, beijiang.filing, ['M05']))).toBe(0)
    expect(await transaction(s.tools.db, (tx) => shredUploads(s.tools, tx, beijiang.filing))).toBe(1)
    expect(await openUpload(s.tools, s.tools.db, beijiang.scope, id, readerOf(s))).toEqual({ ok: false, refusal: { code: 'notFound' } })
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
