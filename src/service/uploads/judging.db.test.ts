import { sql } from 'kysely'
import sharp from 'sharp'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderBy } from '../../../test/thread.ts'
import { transaction } from '../../db/db.ts'
import { collect } from '../../store/blob/sealed-blob.ts'
import { attachUpload } from './attach-upload.ts'
import { cropPhoto, proposeCrop } from './crop-photo.ts'
import { cancelUpload, sweepStore } from './end-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { openUpload } from './read-upload.ts'
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
const PHOTO: Slot = { slot: 'M09', form: 'FILE' }

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

describe('the limits of a slot', () => {
  it('refuse a file too large before a byte travels, and an empty one', async () => {
    expect(await order(paper(10_485_761, FORM))).toEqual({
      ok: false,
      refusal: { code: 'uploadRefused', faults: [{ code: 'tooLarge', measured: 10_485_761, limit: 10_485_760 }] },
    })
    expect(await order(paper(0, FORM))).toMatchObject({ refusal: { code: 'uploadRefused', faults: [{ code: 'tooSmall' }] } })
  })

  it('refuse a slot or form that the rules do not have, prototype keys too', async () => {
    for (const slot of [
      { slot: 'M99', form: 'SIGNED' },
      { slot: 'M01', form: 'FILE' },
      { slot: '__proto__', form: 'x' },
      { slot: 'M01', form: 'constructor' },
    ])
      expect(await order(paper(100, slot))).toEqual({
        ok: false,
        refusal: { code: 'paperFormNotAccepted', paper: slot.slot, form: slot.form },
      })
  })

  it('are told with what was measured, the file is kept nowhere, and the slot is free again', async () => {
    const before = (await s.files()).length
    const many = await send(pdf(30), paper(pdf(30).length, FORM))
    expect(many).toMatchObject({ state: 'refused', faults: [{ code: 'tooManyPages', measured: 30, limit: 20 }], bytes: null })
    expect((await s.files()).length).toBe(before)
    expect(await openUpload(s.tools, s.tools.db, s.nanling.scope, many.id, readerOf(s))).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    })
    const attach = transaction(s.tools.db, (tx) =>
      attachUpload(s.tools, tx, s.nanling.scope, many.id, { for: 'paper', applicationId: s.nanling.filing, translation: false, ...FORM }),
    )
    expect(await attach).toEqual({ ok: false, refusal: { code: 'uploadRefused', faults: many.faults } })
    const page = Buffer.from('<script>alert(1)</script>')
    expect(await send(page, paper(page.length, FORM))).toMatchObject({ state: 'refused', faults: [{ code: 'notReadable' }] })
  })

  it('of a unit hold for all its files under way together, and say which', async () => {
    const ids: string[] = []
    const small = s.tools
    s.tools = { ...small, uploads: { ...small.uploads, openFiles: 1000 } }
    let last = await order(paper(10_000_000, FORM))
    while (last.ok && ids.length < 20) {
      ids.push(last.value.id)
      last = await order(paper(10_000_000, FORM))
    }
    expect(last).toEqual({ ok: false, refusal: { code: 'uploadQuota', of: 'bytes', limit: 40_000_000 } })
    for (const id of ids) await drop(id)
    const { rows } = await sql<{ n: number }>`select count(*) as n from upload where state in ('receiving', 'stored', 'refused')`.execute(
      s.tools.db,
    )
    s.tools = { ...small, uploads: { ...small.uploads, openFiles: rows[0]!.n + 2 } }
    const orders = await Promise.all([1, 2, 3, 4, 5].map(() => order(paper(100, FORM))))
    expect(orders.filter((o) => o.ok)).toHaveLength(2)
    expect(orders.find((o) => !o.ok)).toMatchObject({ refusal: { code: 'uploadQuota', of: 'files' } })
    for (const o of orders) if (o.ok) await drop(o.value.id)
    s.tools = small
  })
})

describe('a photo', () => {
  it('is written anew without what does not belong to the picture', async () => {
    const plain = await sharp(await photo(600, 800))
      .withExif({ IFD0: { Artist: 'MARKER-GPS' } })
      .toBuffer()
    const polyglot = Buffer.concat([plain, Buffer.from('<script>MARKER-TAIL</script>')])
    const done = await send(polyglot, paper(polyglot.length, PHOTO))
    expect(done).toMatchObject({ state: 'stored', photo: true, width: 600, height: 800, faults: [] })
    const kept = await collect(must(await openUpload(s.tools, s.tools.db, s.nanling.scope, done.id, readerOf(s))).content)
    expect(kept.includes('MARKER')).toBe(false)
    await drop(done.id)
  })

  it('that breaks rules is told all of them at once with measure and limit, and can be cropped until it fits', async () => {
    const wide = await photo(900, 340)
    const done = await send(wide, paper(wide.length, PHOTO))
    expect(done.state).toBe('refused')
    expect(done.faults).toEqual([{ code: 'aspect', measured: 2.65, limit: '0.70–0.80' }])
    expect(done.checks).toHaveLength(2)
    const proposal = must(await proposeCrop(s.tools, s.nanling.scope, done.id))
    expect(proposal).toEqual({ box: { left: 322, top: 0, width: 255, height: 340 }, width: 900, height: 340 })
    const tooSmall = must(await cropPhoto(s.tools, s.nanling.scope, done.id, proposal.box!))
    expect(tooSmall).toMatchObject({ state: 'refused', faults: [{ code: 'width', measured: 255, limit: 354 }] })
    expect(await cropPhoto(s.tools, s.nanling.scope, done.id, { left: 800, top: 0, width: 400, height: 340 })).toMatchObject({
      ok: false,
      refusal: { code: 'uploadRefused', faults: [{ code: 'outsidePicture' }] },
    })
    await drop(done.id)
    const big = await photo(1200, 800)
    const second = await send(big, paper(big.length, PHOTO))
    const cut = must(await cropPhoto(s.tools, s.nanling.scope, second.id, { left: 300, top: 0, width: 600, height: 800 }))
    expect(cut).toMatchObject({ id: second.id, state: 'stored', faults: [], width: 600, height: 800 })
    const again = must(await cropPhoto(s.tools, s.nanling.scope, second.id, { left: 0, top: 0, width: 1200, height: 800 }))
    expect(again.state).toBe('refused')
    const back = must(await cropPhoto(s.tools, s.nanling.scope, second.id, { left: 310, top: 0, width: 600, height: 800 }))
    expect(back.state).toBe('stored')
    must(
      await transaction(s.tools.db, (tx) =>
        attachUpload(s.tools, tx, s.nanling.scope, second.id, {
          for: 'paper',
          applicationId: s.nanling.filing,
          translation: false,
          ...PHOTO,
        }),
      ),
    )
    expect(await cropPhoto(s.tools, s.nanling.scope, second.id, { left: 0, top: 0, width: 600, height: 800 })).toMatchObject({
      ok: false,
      refusal: { code: 'actionNotOpen', stage: 'attached' },
    })
    // The two former cuts and the photo as sent are no longer needed; the attached one stays.
    s.tools = { ...s.tools, now: () => '2026-11-25T10:00:00.000Z' }
    expect(await sweepStore(s.tools)).toBe(3)
    s.tools = { ...s.tools, now: s.t.tools.now }
    expect(must(await openUpload(s.tools, s.tools.db, s.nanling.scope, second.id, readerOf(s))).type).toBe('jpeg')
  })

  it('has no crop where the slot takes documents', async () => {
    const done = await send(pdf(1), paper(pdf(1).length, FORM))
    expect(await proposeCrop(s.tools, s.nanling.scope, done.id)).toMatchObject({
      ok: false,
      refusal: { code: 'actionNotOpen', action: 'cropPhoto' },
    })
    await drop(done.id)
  })
})
