import { type Db, type Tx, transaction } from '../../db/db.ts'
import { advanceUpload, type EmployerScope, findUploadRow, type UploadRow } from '../../store/blob/upload.ts'
import { confirmPart, findPart, partDigest, removeParts, stagePart } from '../../store/blob/upload-part.ts'
import { looseUntil, no, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'

export type Received = { received: number; declared: number }
type Place = 'next' | UploadOutcome<Received>

/**
 * Takes one piece. It is stored before it is acknowledged, and counts only where the stored bytes end: a repeated piece answers the same,
 * any other offset says where to go on. Of two pieces at once one counts and the other is thrown away.
 */
export async function receiveChunk(
  tools: UploadTools,
  scope: EmployerScope,
  id: string,
  offset: number,
  content: Uint8Array,
): Promise<UploadOutcome<Received>> {
  const row = await findUploadRow(tools.db, scope, id)
  const before = await placeOf(tools, tools.db, row, offset, content)
  if (before !== 'next' || !row) return before === 'next' ? no({ code: 'notFound' }) : before
  const address = await stagePart(tools, row, offset, content)
  const after = await transaction(tools.db, async (tx): Promise<Place> => {
    const place = await placeOf(tools, tx, await findUploadRow(tx, scope, id, true), offset, content)
    if (place !== 'next') return place
    await confirmPart(tx, id, address, tools.now())
    await advanceUpload(tx, id, offset + content.length, tools.now(), looseUntil(tools))
    return 'next'
  })
  if (after === 'next') return yes({ received: offset + content.length, declared: row.declared })
  await removeParts(tools, id, address)
  return after
}

/** Whether a piece is the next one, was here before, or does not belong here. */
const placeOf = async (
  tools: UploadTools,
  db: Db | Tx,
  row: UploadRow | undefined,
  offset: number,
  content: Uint8Array,
): Promise<Place> => {
  if (!row || row.state === 'cancelled') return no({ code: 'notFound' })
  const { declared, received } = row
  if (row.state !== 'receiving') return no({ code: 'actionNotOpen', action: 'receiveChunk', stage: row.state })
  const left = declared - offset
  const most = Math.min(tools.uploads.chunkBytes, left)
  const least = Math.min(Math.ceil(tools.uploads.chunkBytes / 16), left)
  if (!Number.isSafeInteger(offset) || offset < 0 || left <= 0) return no({ code: 'uploadOffset', received })
  if (content.length > most || content.length < least) return no({ code: 'uploadChunkSize', least, most })
  if (offset === received) return 'next'
  const there = offset < received ? await findPart(db, row.id, offset) : undefined
  const repeated = there !== undefined && there.bytes === content.length && there.digest.equals(partDigest(tools, content))
  return repeated ? yes({ received, declared }) : no({ code: 'uploadOffset', received })
}
