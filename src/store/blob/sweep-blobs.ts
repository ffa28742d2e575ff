import { sql } from 'kysely'
import type { Instant } from '../../domain/kernel.ts'
import type { BlobTools } from './sealed-blob.ts'

const BATCH = 200

/**
 * Removes files that nobody can need: staged before `olderThan` and never confirmed (their process died), or sealed with a key that is destroyed.
 * The file goes first and the mark second, so that a death between leaves work for the next round. Tells how many.
 */
export async function sweepBlobs(tools: BlobTools, olderThan: Instant): Promise<number> {
  let swept = 0
  for (;;) {
    const { rows } = await sql<{ id: string; cipher_hash: Buffer }>`
      select id, cipher_hash from blob where stored_at is null and removed_at is null and made_at < ${olderThan}
      union all
      select b.id, b.cipher_hash from data_key k join blob b on b.data_key_id = k.id where k.destroyed_at is not null and b.removed_at is null
      limit ${BATCH}`.execute(tools.db)
    for (const row of rows) await removeFile(tools, row)
    swept += rows.length
    if (rows.length < BATCH) return swept
  }
}

/** Removes the files of one destroyed key at once; the sweep would do it later. */
export async function removeBlobsOf(tools: BlobTools, dataKeyId: string): Promise<void> {
  const { rows } = await sql<{ id: string; cipher_hash: Buffer }>`
    select b.id, b.cipher_hash from blob b join data_key k on k.id = b.data_key_id where k.id = ${dataKeyId} and k.destroyed_at is not null and b.removed_at is null`.execute(
    tools.db,
  )
  for (const row of rows) await removeFile(tools, row)
}

const removeFile = async (tools: BlobTools, row: { id: string; cipher_hash: Buffer }) => {
  await tools.blobs.remove(row.cipher_hash.toString('hex'))
  await sql`update blob set removed_at = ${tools.now()} where id = ${row.id} and removed_at is null`.execute(tools.db)
}
