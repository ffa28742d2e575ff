import type { Db, Tx } from '../../db/db.ts'
import {
  type EmployerScope,
  findUploadRow,
  listUploadRows,
  openUploadNames,
  type PhotoCheck,
  type UploadFault,
  type UploadPhase,
  type UploadRow,
} from '../../store/blob/upload.ts'
import { no, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'

/** An upload as its owner sees it. */
export type UploadView = {
  id: string
  applicationId: string | null
  slot: string
  form: string | null
  translation: boolean
  name: string
  declared: number
  received: number
  chunkBytes: number
  state: UploadPhase
  faults: UploadFault[]
  checks: PhotoCheck[]
  photo: boolean
  type: UploadRow['type']
  pages: number | null
  bytes: number | null
  width: number | null
  height: number | null
  expiresAt: string | null
}

/** Finds an upload within the scope; a cancelled one is gone. */
export async function findUpload(tools: UploadTools, db: Db | Tx, scope: EmployerScope, id: string): Promise<UploadOutcome<UploadView>> {
  const row = await findUploadRow(db, scope, id)
  if (!row || row.state === 'cancelled') return no({ code: 'notFound' })
  return yes((await viewsOf(tools, db, [row]))[0]!)
}

/** The uploads of a filing, so that a reloaded page can go on where it was. */
export async function listUploads(tools: UploadTools, db: Db | Tx, scope: EmployerScope, applicationId: string): Promise<UploadView[]> {
  return viewsOf(tools, db, await listUploadRows(db, scope, applicationId))
}

export async function viewsOf(tools: UploadTools, db: Db | Tx, rows: UploadRow[]): Promise<UploadView[]> {
  const names = await openUploadNames(db, tools.vault, rows)
  return rows.map((u, i) => ({
    id: u.id,
    applicationId: u.applicationId,
    slot: u.slot,
    form: u.form,
    translation: u.translation,
    name: names[i] ?? '',
    declared: u.declared,
    received: u.received,
    chunkBytes: tools.uploads.chunkBytes,
    state: u.state,
    faults: u.faults,
    checks: u.checks,
    photo: u.rules.photo !== null,
    type: u.type,
    pages: u.pages,
    bytes: u.bytes,
    width: u.width,
    height: u.height,
    expiresAt: u.expiresAt,
  }))
}
