import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { v7 as uuidv7 } from 'uuid'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { orderBy, person, type Thread, thread } from '../../../test/thread.ts'
import { transaction } from '../../db/db.ts'
import type { Actor } from '../../domain/kernel.ts'
import { openFolderStore } from '../../store/blob/folder-store.ts'
import type { EmployerScope } from '../../store/blob/upload.ts'
import { registerEmployer } from '../filing/register-employer.ts'
import { startDraft } from '../filing/start-draft.ts'
import { attachUpload } from './attach-upload.ts'
import { cancelUpload } from './end-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { imageParsers } from './image-parsers.test-kit.ts'
import type { Reader } from './read-upload.ts'
import { receiveChunk } from './receive-chunk.ts'
import { type StartUpload, startUpload } from './start-upload.ts'
import { UPLOAD_LIMITS, type UploadOutcome, type UploadTools } from './upload-tools.ts'

/** Size of the pieces in these tests. */
export const CHUNK = 16_384
/** For tests: two units with a filing each, a folder of files, and image work done in this process. */
export type Story = {
  base: TestDatabase
  t: Thread
  tools: UploadTools
  folder: string
  nanling: Unit
  beijiang: Unit
  files: () => Promise<string[]>
  end: () => Promise<void>
}
export type Unit = { handler: Actor; scope: EmployerScope; filing: string }

export async function story(): Promise<Story> {
  const base = await testDatabase()
  const t = await thread(base.db, base.ownerDb, '2026-11-25T08:00:00.000Z')
  const folder = await mkdtemp(join(tmpdir(), 'laihua-uploads-'))
  const tools: UploadTools = {
    ...t.tools,
    blobs: await openFolderStore(folder),
    parsers: imageParsers,
    uploads: { ...UPLOAD_LIMITS, chunkBytes: CHUNK, openFiles: 12, openBytes: 40_000_000 },
  }
  const unit = async (creditCode: string, nameZh: string): Promise<Unit> => {
    const employerId = uuidv7()
    const handler = person('handler', { employerId })
    must(
      await registerEmployer(t.tools, orderBy(t, handler), {
        employerId,
        nameZh,
        nameEn: '',
        creditCode,
        areaCode: '440115',
        tier: 'private',
      }),
    )
    const { target } = must(await startDraft(t.tools, orderBy(t, handler), { item: 'EMPLOYER_REG' }))
    return { handler, scope: { kind: 'employer', employerId }, filing: target }
  }
  return {
    base,
    t,
    tools,
    folder,
    nanling: await unit('91350100M000100Y43', '南岭海图软件有限公司'),
    beijiang: await unit('91350100M000100Y43', '北江光学有限公司'),
    files: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name)),
    end: async () => {
      await base.drop()
      await rm(folder, { recursive: true })
    },
  }
}

/** What a handler of a unit does, in the order of a page: start, send pieces, finish. */
export const acts = (s: () => Story) => {
  const start = (unit: Unit, bytes: number, more: { id?: string; name?: string; slot?: string; form?: string } = {}) =>
    order(unit, {
      for: 'paper',
      id: more.id ?? uuidv7(),
      applicationId: unit.filing,
      slot: more.slot ?? 'M01',
      form: more.form ?? 'SIGNED',
      translation: false,
      name: more.name ?? 'form.pdf',
      bytes,
    })
  const order = (unit: Unit, what: StartUpload) => startUpload(s().tools, unit.scope, orderBy(s().t, unit.handler), what)
  const send = async (unit: Unit, id: string, content: Buffer, from = 0, until = content.length) => {
    for (let at = from; at < until; at += CHUNK)
      must(await receiveChunk(s().tools, unit.scope, id, at, content.subarray(at, Math.min(until, at + CHUNK))))
  }
  const upload = async (unit: Unit, content: Buffer, more: Parameters<typeof start>[2] = {}) => {
    const { id } = must(await start(unit, content.length, more))
    await send(unit, id, content)
    return must(await finishUpload(s().tools, unit.scope, id))
  }
  const drop = (unit: Unit, id: string) => cancelUpload(s().tools, unit.scope, id)
  const attach = (unit: Unit, id: string, more: object = {}) =>
    transaction(s().tools.db, (tx) =>
      attachUpload(s().tools, tx, unit.scope, id, {
        for: 'paper',
        applicationId: unit.filing,
        slot: 'M01',
        form: 'SIGNED',
        translation: false,
        ...more,
      }),
    )
  return { start, order, send, upload, drop, attach }
}

export const readerOf = (s: Story): Reader => ({ envelope: orderBy(s.t, s.nanling.handler), purpose: 'ownFiling' })
export const must = <T>(outcome: UploadOutcome<T> | { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}
/** A document with so many pages and a marker word in it. */
export const pdf = (pages: number, filler = 0) =>
  Buffer.from(`%PDF-1.7\nMARKER Nguyễn Thị Hà E12345678\n${'<< /Type /Page >>\n'.repeat(pages)}${'x'.repeat(filler)}\n%%EOF`)
export const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 250, g: 250, b: 250 } } })
    .jpeg()
    .toBuffer()
