import { transaction } from '../../db/db.ts'
import { confirmBlob, readBlob, releaseBlob } from '../../store/blob/sealed-blob.ts'
import { type EmployerScope, findUploadRow, judgeUpload, type PhotoRules, type UploadRow } from '../../store/blob/upload.ts'
import { judgePhoto, stageClean } from './finish-upload.ts'
import type { Box } from './parsers.ts'
import { looseUntil, no, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'
import { findUpload, type UploadView } from './upload-view.ts'

export type CropProposal = { box: Box | null; width: number; height: number }

/** Where the photo as sent would be cut to meet the rules; the picture is shown with it and the person decides. */
export async function proposeCrop(tools: UploadTools, scope: EmployerScope, id: string): Promise<UploadOutcome<CropProposal>> {
  const photo = await findPhoto(tools, scope, id)
  if (!photo.ok) return photo
  const { row, rules, sourceBlobId } = photo.value
  const proposal = await tools.parsers.proposeCrop(await readBlob(tools, tools.db, sourceBlobId), rules)
  return yes(proposal ?? { box: null, width: row.width ?? 0, height: row.height ?? 0 })
}

/**
 * Cuts the photo as sent, checks the result by all rules, and puts it in the place of the former result. The photo as sent stays, so that
 * another cut does not lose quality; an attached one is not touched any more.
 */
export async function cropPhoto(tools: UploadTools, scope: EmployerScope, id: string, box: Box): Promise<UploadOutcome<UploadView>> {
  const photo = await findPhoto(tools, scope, id)
  if (!photo.ok) return photo
  const { row, rules, sourceBlobId } = photo.value
  const clean = await tools.parsers.cropPhoto(await readBlob(tools, tools.db, sourceBlobId), box, rules)
  if (!clean.ok) return no({ code: 'uploadRefused', faults: clean.faults })
  const verdict = await judgePhoto(tools, row, clean)
  const blobId = await stageClean(tools, row, clean)
  const outcome = await transaction(tools.db, async (tx): Promise<UploadOutcome<null>> => {
    const now = await findUploadRow(tx, scope, id, true)
    if (now?.state !== 'stored' && now?.state !== 'refused')
      return no({ code: 'actionNotOpen', action: 'cropPhoto', stage: now?.state ?? 'cancelled' })
    await confirmBlob(tx, blobId, tools.now())
    if (now.blobId && now.blobId !== now.sourceBlobId) await releaseBlob(tx, now.blobId)
    await judgeUpload(
      tx,
      id,
      { ...verdict, sourceBlobId, blobId, width: clean.width, height: clean.height },
      tools.now(),
      looseUntil(tools),
    )
    return yes(null)
  })
  return outcome.ok ? findUpload(tools, tools.db, scope, id) : outcome
}

type Found = { row: UploadRow; rules: PhotoRules; sourceBlobId: string }
const findPhoto = async (tools: UploadTools, scope: EmployerScope, id: string): Promise<UploadOutcome<Found>> => {
  const row = await findUploadRow(tools.db, scope, id)
  if (!row || row.state === 'cancelled') return no({ code: 'notFound' })
  if (!row.rules.photo || !row.sourceBlobId || (row.state !== 'stored' && row.state !== 'refused'))
    return no({ code: 'actionNotOpen', action: 'cropPhoto', stage: row.state })
  return yes({ row, rules: row.rules.photo.rules, sourceBlobId: row.sourceBlobId })
}
