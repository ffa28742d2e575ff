import { sql } from 'kysely'
import sharp from 'sharp'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderBy } from '../../../test/thread.ts'
import { transaction } from '../../db/db.ts'
import { collect } from '../../store/blob/sealed-blob.ts'
import { attachUpload } from './attach-upload.ts'
import { cancelUpload } from './end-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { openUpload, showBlobPage, showUploadPage } from './read-upload.ts'
import { receiveChunk } from './receive-chunk.ts'
import { type StartUpload, startUpload } from './start-upload.ts'
import { must, pdf, photo, readerOf, type Story, story } from './story.test-kit.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})
afterAll(() => s?.end())
const CHUNK = 16_384
type Slot = { slot: string; form: string }
const FORM: Slot = { slot: 'M01', form: 'SIGNED' }
const _PHOTO: Slot = { slot: 'M09', form: 'FILE' }

const order = (order: StartUpload) => startUpload(s.tools, s.nanling.scope, orderBy(s.t, s.nanling.handler), order)
const paper = (bytes: number, slot: Slot, name = 'x'): StartUpload => ({
  for: 'paper',
  id: uuidv7(),
  applicationId: s.nanling.filing,
  translation: false,
  ...slot,
  name,
  bytes,
})
const send = async (content: Buffer, what: StartUpload) => {
  const { id } = must(await order(what))
  for (let at = 0; at < content.length; at += CHUNK)
    must(await receiveChunk(s.tools, s.nanling.scope, id, at, content.subarray(at, at + CHUNK)))
  return must(await finishUpload(s.tools, s.nanling.scope, id))
}
const drop = (id: string) => cancelUpload(s.tools, s.nanling.scope, id)

describe('what is shown', () => {
  it('is a page as a picture, never the document itself', async () => {
    const done = await send(pdf(2), paper(pdf(2).length, FORM))
    const show = (page: number) =>
      showUploadPage(s.tools, s.tools.db, s.nanling.scope, done.id, { page, width: 40, source: false }, readerOf(s))
    expect(must(await show(2)).type).toBe('png')
    expect((await sharp(must(await show(1)).bytes).metadata()).width).toBe(40)
    for (const page of [0, 3, -1, 1.5, Number.NaN])
      expect(await show(page)).toEqual({ ok: false, refusal: { code: 'pageNotThere', pages: 2 } })
    expect(
      await showUploadPage(s.tools, s.tools.db, s.beijiang.scope, done.id, { page: 1, width: 40, source: false }, readerOf(s)),
    ).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
    const { rows } = await sql<{ blob: string }>`select blob_id as blob from upload where id = ${done.id}`.execute(s.tools.db)
    expect(must(await showBlobPage(s.tools, s.tools.db, rows[0]!.blob, { page: 1, width: 40 })).type).toBe('png')
    await drop(done.id)
    expect(await showBlobPage(s.tools, s.tools.db, rows[0]!.blob, { page: 1, width: 40 })).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
  })
})

describe('who looked', () => {
  it('is on record before the file is read, once the filing has a person, and not before', async () => {
    const done = await send(pdf(1), paper(pdf(1).length, FORM))
    const records = () =>
      sql<{ what: string; purpose: string; how: string }>`select what, purpose, how from access_record`.execute(s.tools.db)
    must(await openUpload(s.tools, s.tools.db, s.nanling.scope, done.id, readerOf(s)))
    expect((await records()).rows).toEqual([])
    const personId = uuidv7()
    const key = await transaction(s.tools.db, (tx) => s.tools.vault.createDataKey(tx))
    await sql`insert into person (id, data_key_id) values (${personId}, ${key})`.execute(s.tools.db)
    await sql`update application set person_id = ${personId} where id = ${s.nanling.filing}`.execute(s.tools.db)
    must(await openUpload(s.tools, s.tools.db, s.nanling.scope, done.id, readerOf(s)))
    must(await showUploadPage(s.tools, s.tools.db, s.nanling.scope, done.id, { page: 1, width: 40, source: false }, readerOf(s)))
    expect((await records()).rows).toEqual([1, 2].map(() => ({ what: 'paper/M01', purpose: 'ownFiling', how: 'opened' })))
    await sql`update application set person_id = null where id = ${s.nanling.filing}`.execute(s.tools.db)
    await drop(done.id)
  })
})

describe('names of files', () => {
  it.each(['../../../etc/passwd', 'a\0b.pdf', 'x\r\nSet-Cookie: a=b', '名'.repeat(300), 'CON', '\u202Efdp.exe', '\ud800', ''])(
    '%j is a label: same bytes, nothing outside the folder, no harm',
    async (name) => {
      const done = await send(pdf(1), paper(pdf(1).length, FORM, name))
      expect([...done.name].length).toBeLessThanOrEqual(120)
      expect(done.name).not.toMatch(/[\\/\p{Cc}\p{Cf}]/u)
      const open = must(await openUpload(s.tools, s.tools.db, s.nanling.scope, done.id, readerOf(s)))
      expect((await collect(open.content)).equals(pdf(1))).toBe(true)
      for (const path of await s.files()) expect(path.slice(s.folder.length)).toMatch(/^\/(incoming|[0-9a-f]{2})\//)
      await drop(done.id)
    },
  )
})

describe('the picture of a seal', () => {
  it('belongs to the unit, not to a filing, and is out of reach for an agency', async () => {
    const picture = await photo(300, 300)
    const what: StartUpload = { for: 'seal', id: uuidv7(), name: 'seal.png', bytes: picture.length }
    expect(
      await startUpload(s.tools, { ...s.nanling.scope, mandateItems: ['NEW_OVERSEAS'] }, orderBy(s.t, s.nanling.handler), what),
    ).toEqual({ ok: false, refusal: { code: 'notFound' } })
    const done = await send(picture, what)
    expect(done).toMatchObject({ applicationId: null, slot: 'seal', state: 'stored', photo: false })
    expect(await openUpload(s.tools, s.tools.db, s.beijiang.scope, done.id, readerOf(s))).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
    expect(await cancelUpload(s.tools, s.beijiang.scope, done.id)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    expect(await openUpload(s.tools, s.tools.db, { ...s.nanling.scope, mandateItems: ['NEW_OVERSEAS'] }, done.id, readerOf(s))).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
    must(await transaction(s.tools.db, (tx) => attachUpload(s.tools, tx, s.nanling.scope, done.id, { for: 'seal' })))
  })
})
