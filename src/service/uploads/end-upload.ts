import { sql } from 'kysely'
import { type Tx, transaction } from '../../db/db.ts'
import { removeBlobsOf, sweepBlobs } from '../../store/blob/sweep-blobs.ts'
import { type EmployerScope, findUploadRow, listExpired, setUploadPhase } from '../../store/blob/upload.ts'
import { removeParts, sweepParts } from '../../store/blob/upload-part.ts'
import { no, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'

/** Throws an upload away: its key is destroyed in the same moment, its files follow. What is attached to a filing must be taken from it first. */
export async function cancelUpload(tools: UploadTools, scope: EmployerScope, id: string): Promise<UploadOutcome<null>> {
  const ended = await transaction(tools.db, async (tx): Promise<UploadOutcome<{ dataKeyId: string }>> => {
    const row = await findUploadRow(tx, scope, id, true)
    if (!row) return no({ code: 'notFound' })
    if (row.state === 'attached') return no({ code: 'actionNotOpen', action: 'cancelUpload', stage: 'attached' })
    if (row.state !== 'cancelled') await forget(tools, tx, row)
    return yes({ dataKeyId: row.dataKeyId })
  })
  if (!ended.ok) return ended
  await clear(tools, { id, dataKeyId: ended.value.dataKeyId })
  return yes(null)
}

/** Throws away what nobody attached or went on with until its day. For a task; tells how many. */
export async function expireUploads(tools: UploadTools, batch = 100): Promise<number> {
  for (let total = 0; ; ) {
    const expired = await transaction(tools.db, async (tx) => {
      const rows = await listExpired(tx, tools.now(), batch)
      for (const row of rows) await forget(tools, tx, row)
      return rows
    })
    for (const row of expired) await clear(tools, row)
    total += expired.length
    if (expired.length < batch) return total
  }
}

/** Clears what processes that died left in the store: files never confirmed, files of destroyed keys, pieces no longer needed. An hour is longer than any request. */
export async function sweepStore(tools: UploadTools): Promise<number> {
  const olderThan = new Date(Date.parse(tools.now()) - 3_600_000).toISOString()
  return (await sweepParts(tools, olderThan)) + (await sweepBlobs(tools, olderThan))
}

/** Destroys the keys of all files of a filing, for the task that deletes by the retention table; the sweep removes the files. Tells how many. */
export async function shredUploads(tools: UploadTools, tx: Tx, applicationId: string, slots?: string[]): Promise<number> {
  const { rows } = await sql<{ dataKeyId: string }>`select data_key_id as "dataKeyId" from upload
    where application_id = ${applicationId} and (${slots ?? null}::text[] is null or slot = any(${slots ?? null}::text[])) order by id`.execute(
    tx,
  )
  let shredded = 0
  for (const row of rows) if (await tools.vault.destroyKey(tx, row.dataKeyId, tools.now())) shredded++
  return shredded
}

type Ended = { id: string; dataKeyId: string }
const forget = async (tools: UploadTools, tx: Tx, row: Ended) => {
  await setUploadPhase(tx, row.id, 'cancelled', tools.now(), null)
  await tools.vault.destroyKey(tx, row.dataKeyId, tools.now())
}
const clear = async (tools: UploadTools, row: Ended) => {
  await removeParts(tools, row.id)
  await removeBlobsOf(tools, row.dataKeyId)
}
