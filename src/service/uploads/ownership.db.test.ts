import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finishUpload } from './finish-upload.ts'
import { openUpload } from './read-upload.ts'
import { receiveChunk } from './receive-chunk.ts'
import { acts, must, pdf, readerOf, type Story, story, type Unit } from './story.test-kit.ts'
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
const { start, upload, drop, attach } = acts(() => s)

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
        openUpload(s.tools, s.tools.db, beijiang.scope, unknown, readerOf(s)),
        attach(beijiang, unknown),
      ]
      for (const outcome of await Promise.all<{ ok: boolean }>(ask)) expect(outcome).toEqual({ ok: false, refusal: { code: 'notFound' } })
    }
    expect(await listUploads(s.tools, s.tools.db, beijiang.scope, nanling.filing)).toEqual([])
    expect(await start({ ...beijiang, filing: nanling.filing }, 100)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    await drop(nanling, id)
  })

  it('is attached only where it was uploaded for, and neither cancelled nor expired from then on', async () => {
    const { id } = await upload(nanling, pdf(3))
    for (const elsewhere of [{ slot: 'M02' }, { form: 'OTHER' }, { translation: true }, { applicationId: beijiang.filing }])
      expect(await attach(nanling, id, elsewhere)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    const attached = must(await attach(nanling, id))
    expect(attached).toMatchObject({ pages: 3, type: 'pdf' })
    expect(must(await attach(nanling, id))).toEqual(attached)
    expect(await drop(nanling, id)).toMatchObject({ ok: false, refusal: { code: 'actionNotOpen' } })
    expect(must(await findUpload(s.tools, s.tools.db, nanling.scope, id)).expiresAt).toBeNull()
    const open = must(await start(nanling, 100))
    expect(await attach(nanling, open.id)).toEqual({ ok: false, refusal: { code: 'uploadNotReady' } })
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
