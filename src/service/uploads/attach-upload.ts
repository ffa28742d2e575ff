import { sql } from 'kysely'
import type { Tx } from '../../db/db.ts'
import { releaseBlob } from '../../store/blob/sealed-blob.ts'
import { type EmployerScope, findUploadRow, setUploadPhase } from '../../store/blob/upload.ts'
import { looseUntil, no, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'

export type AttachedUpload = { blobId: string; pages: number; type: string; bytes: number }
/** Where a file is to lie. It must have been uploaded for just this place of this filing (threat UPL-4): its limits were those of the slot. */
export type AttachPlace = { for: 'paper'; applicationId: string; slot: string; form: string; translation: boolean } | { for: 'seal' }

/** Takes a stored upload into a filing, within the transaction that writes the event; from then on it does not expire. Attaching it again changes nothing. */
export async function attachUpload(
  tools: Pick<UploadTools, 'now'>,
  tx: Tx,
  scope: EmployerScope,
  id: string,
  place: AttachPlace,
): Promise<UploadOutcome<AttachedUpload>> {
  const row = await findUploadRow(tx, scope, id, true)
  if (!row || row.state === 'cancelled') return no({ code: 'notFound' })
  const here =
    place.for === 'seal'
      ? row.applicationId === null && row.slot === 'seal'
      : row.applicationId === place.applicationId &&
        row.slot === place.slot &&
        row.form === place.form &&
        row.translation === place.translation
  if (!here) return no({ code: 'notFound' })
  if (row.state === 'refused') return no({ code: 'uploadRefused', faults: row.faults })
  if (row.state === 'receiving' || !row.blobId) return no({ code: 'uploadNotReady' })
  if (row.state === 'stored') {
    await setUploadPhase(tx, id, 'attached', tools.now(), null)
    // The photo as sent, with more on it than the rules ask for, is not kept beside the cut one (PIPL art. 6).
    if (row.sourceBlobId && row.sourceBlobId !== row.blobId) {
      await sql`update upload set source_blob_id = blob_id where id = ${id}`.execute(tx)
      await releaseBlob(tx, row.sourceBlobId)
    }
  }
  return yes({ blobId: row.blobId, pages: row.pages ?? 1, type: row.type!, bytes: row.bytes! })
}

/** Lets a file go that a draft no longer uses; it expires like any loose file. Never for one that an office has seen. */
export async function detachUpload(tools: Pick<UploadTools, 'now' | 'uploads'>, tx: Tx, scope: EmployerScope, id: string): Promise<void> {
  const row = await findUploadRow(tx, scope, id, true)
  if (row?.state === 'attached') await setUploadPhase(tx, id, 'stored', tools.now(), looseUntil(tools))
}
