import { transaction } from '../../db/db.ts'
import { confirmBlob, stageBlob } from '../../store/blob/sealed-blob.ts'
import { type EmployerScope, findUploadRow, judgeUpload, type UploadFault, type UploadRow, type Verdict } from '../../store/blob/upload.ts'
import { assemble, removeParts } from '../../store/blob/upload-part.ts'
import type { Clean } from './parsers.ts'
import { looseUntil, no, type UploadOutcome, type UploadTools } from './upload-tools.ts'
import { findUpload, type UploadView } from './upload-view.ts'

/**
 * The file is whole: it is inspected in another process with the limits of its slot, a photo also by the rules for photos, written anew and stored,
 * and only then acknowledged. All faults come at once. A photo that is sound but breaks a rule is kept, so that it can be cropped.
 */
export async function finishUpload(tools: UploadTools, scope: EmployerScope, id: string): Promise<UploadOutcome<UploadView>> {
  const row = await findUploadRow(tools.db, scope, id)
  if (!row || row.state === 'cancelled') return no({ code: 'notFound' })
  if (row.state !== 'receiving') return findUpload(tools, tools.db, scope, id)
  if (row.received < row.declared) return no({ code: 'uploadOffset', received: row.received })
  try {
    await judge(tools, scope, row)
  } catch (error) {
    // Another finish or a cancellation may have taken the pieces away meanwhile; then its answer holds.
    const now = await findUploadRow(tools.db, scope, id)
    if (!now || now.state === 'receiving') throw error
  }
  return findUpload(tools, tools.db, scope, id)
}

const judge = async (tools: UploadTools, scope: EmployerScope, row: UploadRow) => {
  const clean = await tools.parsers.inspect(await assemble(tools, row), row.rules)
  const verdict = clean.ok ? await keep(tools, row, clean) : { ...NOTHING, faults: clean.faults }
  await transaction(tools.db, async (tx) => {
    const now = await findUploadRow(tx, scope, row.id, true)
    // What this process staged in vain is an orphan for the sweep.
    if (now?.state !== 'receiving') return
    if (verdict.blobId) await confirmBlob(tx, verdict.blobId, tools.now())
    await judgeUpload(tx, row.id, verdict, tools.now(), looseUntil(tools))
  })
  await removeParts(tools, row.id)
}
const NOTHING: Omit<Verdict, 'faults'> = { state: 'refused', checks: [], sourceBlobId: null, blobId: null, width: null, height: null }

const keep = async (tools: UploadTools, row: UploadRow, clean: Clean): Promise<Verdict> => {
  const verdict = await judgePhoto(tools, row, clean)
  const blobId = await stageClean(tools, row, clean)
  return { ...verdict, sourceBlobId: blobId, blobId, width: clean.width, height: clean.height }
}

/** Stores a cleaned file under the upload's key; it counts when `confirmBlob` says so. */
export const stageClean = (tools: UploadTools, row: Pick<UploadRow, 'dataKeyId'>, clean: Clean): Promise<string> =>
  stageBlob(tools, { dataKeyId: row.dataKeyId, type: clean.type, pages: clean.pages, content: clean.bytes })

/** All rules for photos with what was measured, or nothing where the slot takes no photo. */
export async function judgePhoto(
  tools: UploadTools,
  row: Pick<UploadRow, 'rules'>,
  clean: Clean,
): Promise<Pick<Verdict, 'state' | 'faults' | 'checks'>> {
  if (!row.rules.photo) return { state: 'stored', faults: [], checks: [] }
  const checks = await tools.parsers.checkPhoto(clean.bytes, row.rules.photo.rules)
  const faults: UploadFault[] = checks
    .filter((c) => !c.ok)
    .map((c) => ({
      code: c.code,
      ...(c.measured === null ? {} : { measured: c.measured }),
      ...(c.limit === null ? {} : { limit: c.limit }),
    }))
  return { state: faults.length === 0 ? 'stored' : 'refused', faults, checks }
}
