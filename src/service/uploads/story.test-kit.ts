import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { v7 as uuidv7 } from 'uuid'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { orderBy, person, type Thread, thread } from '../../../test/thread.ts'
import type { Actor } from '../../domain/kernel.ts'
import { openFolderStore } from '../../store/blob/folder-store.ts'
import type { EmployerScope } from '../../store/blob/upload.ts'
import { registerEmployer } from '../filing/register-employer.ts'
import { startDraft } from '../filing/start-draft.ts'
import type { UploadParsers } from './parsers.ts'
import { UPLOAD_LIMITS, type UploadOutcome, type UploadTools } from './upload-tools.ts'

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

/** Decodes and writes anew with the same library as the real parsers; for documents it only counts pages. */
export const imageParsers: UploadParsers = {
  async inspect(bytes, accept) {
    const head = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
    if (head === '%PDF-') {
      const pages =
        Buffer.from(bytes)
          .toString('latin1')
          .match(/\/Type \/Page\b/g)?.length ?? 0
      if (!accept.types.includes('pdf')) return { ok: false, faults: [{ code: 'type', measured: 'pdf', limit: accept.types.join() }] }
      if (pages > accept.maxPages) return { ok: false, faults: [{ code: 'tooManyPages', measured: pages, limit: accept.maxPages }] }
      return { ok: true, type: 'pdf', bytes, pages, width: null, height: null }
    }
    try {
      const { data, info } = await sharp(bytes, { failOn: 'truncated' })
        .rotate()
        .jpeg({ quality: 95 })
        .toBuffer({ resolveWithObject: true })
      return { ok: true, type: 'jpeg', bytes: data, pages: 1, width: info.width, height: info.height }
    } catch {
      return { ok: false, faults: [{ code: 'notReadable' }] }
    }
  },
  async checkPhoto(bytes) {
    const { width, height } = await sharp(bytes).metadata()
    const ratio = Math.round((width / height) * 100) / 100
    return [
      { code: 'width', ok: width >= 354, measured: width, limit: 354 },
      { code: 'aspect', ok: ratio >= 0.7 && ratio <= 0.8, measured: ratio, limit: '0.70–0.80' },
    ]
  },
  async proposeCrop(bytes) {
    const { width, height } = await sharp(bytes).metadata()
    const cut = Math.min(width, Math.floor(height * 0.75))
    return { box: { left: Math.floor((width - cut) / 2), top: 0, width: cut, height }, width, height }
  },
  async cropPhoto(bytes, box) {
    const { width, height } = await sharp(bytes).metadata()
    if (box.left + box.width > width || box.top + box.height > height)
      return { ok: false, faults: [{ code: 'outsidePicture', limit: `${width}×${height}` }] }
    const { data, info } = await sharp(bytes).extract(box).jpeg({ quality: 95 }).toBuffer({ resolveWithObject: true })
    return { ok: true, type: 'jpeg', bytes: data, pages: 1, width: info.width, height: info.height }
  },
  async renderPage(_bytes, page, width) {
    const bytes = await sharp({ create: { width, height: width, channels: 3, background: { r: page, g: 0, b: 0 } } })
      .png()
      .toBuffer()
    return { ok: true, type: 'png', bytes }
  },
}

export async function story(): Promise<Story> {
  const base = await testDatabase()
  const t = await thread(base.db, base.ownerDb, '2026-11-25T08:00:00.000Z')
  const folder = await mkdtemp(join(tmpdir(), 'laihua-uploads-'))
  const tools: UploadTools = {
    ...t.tools,
    blobs: await openFolderStore(folder),
    parsers: imageParsers,
    uploads: { ...UPLOAD_LIMITS, chunkBytes: 16_384, openFiles: 12, openBytes: 40_000_000 },
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
