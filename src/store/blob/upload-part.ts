import { sql } from 'kysely'
import type { Db, Tx } from '../../db/db.ts'
import type { Instant } from '../../domain/kernel.ts'
import { type BlobTools, collect, opened, sealed } from './sealed-blob.ts'

/** A piece of an upload on its way in, sealed with the upload's key in the store, so that any server process can go on with it. */
export type Part = { at: number; bytes: number; address: string }
type Owner = { id: string; dataKeyId: string }
const context = (uploadId: string, at: number) => `upload/${uploadId}/part/${at}`

/** Keyed digest by which a repeated piece is known. */
export const partDigest = (tools: Pick<BlobTools, 'vault'>, content: Uint8Array): Buffer => tools.vault.blind('part', content)

/** Writes the row, then the bytes; the piece counts only after `confirmPart`. Answers with its address. */
export async function stagePart(tools: BlobTools, upload: Owner, at: number, content: Uint8Array): Promise<string> {
  const { address, pieces, bytes } = await sealed(tools.db, tools.vault, upload.dataKeyId, context(upload.id, at), content)
  await sql`insert into upload_part (upload_id, at_byte, bytes, cipher_hash, plain_hmac, made_at)
    values (${upload.id}, ${at}, ${content.length}, ${Buffer.from(address, 'hex')}, ${partDigest(tools, content)}, ${tools.now()})`.execute(
    tools.db,
  )
  await tools.blobs.put(address, pieces(), bytes)
  return address
}

export async function confirmPart(tx: Tx, uploadId: string, address: string, at: Instant): Promise<void> {
  const { rows } =
    await sql`update upload_part set stored_at = ${at} where upload_id = ${uploadId} and cipher_hash = ${Buffer.from(address, 'hex')} returning 1`.execute(
      tx,
    )
  if (rows.length !== 1) throw new Error(`a part of upload ${uploadId} cannot be confirmed`)
}

/** The confirmed piece that begins at an offset, for the comparison with a repeated one. */
export async function findPart(tx: Db | Tx, uploadId: string, at: number): Promise<{ bytes: number; digest: Buffer } | undefined> {
  const { rows } = await sql<{
    bytes: number
    digest: Buffer
  }>`select bytes, plain_hmac as digest from upload_part where upload_id = ${uploadId} and at_byte = ${at} and stored_at is not null`.execute(
    tx,
  )
  return rows[0]
}

/** All bytes of an upload in order. A gap, an overlap or a wrong length is our fault and thrown. */
export async function assemble(tools: BlobTools, upload: Owner & { declared: number }): Promise<Buffer> {
  const { rows } = await sql<{ at: number; cipher_hash: Buffer }>`select at_byte as at, cipher_hash from upload_part
    where upload_id = ${upload.id} and stored_at is not null order by at_byte`.execute(tools.db)
  const whole = Buffer.allocUnsafe(upload.declared)
  let filled = 0
  for (const part of rows) {
    if (part.at !== filled) throw new Error(`upload ${upload.id} has a gap at ${filled}`)
    const bytes = await collect(
      await opened(tools, tools.db, upload.dataKeyId, context(upload.id, part.at), part.cipher_hash.toString('hex')),
    )
    if (filled + bytes.length > whole.length) throw new Error(`upload ${upload.id} is longer than announced`)
    filled += bytes.copy(whole, filled)
  }
  if (filled !== whole.length) throw new Error(`upload ${upload.id} ends at ${filled}`)
  return whole
}

/** Removes the pieces of an upload that needs them no more: file first, row second. With `address` only that one. */
export async function removeParts(tools: BlobTools, uploadId: string, address?: string): Promise<void> {
  const one = address === undefined ? null : Buffer.from(address, 'hex')
  const { rows } = await sql<{
    cipher_hash: Buffer
  }>`select cipher_hash from upload_part where upload_id = ${uploadId} and (${one}::bytea is null or cipher_hash = ${one})`.execute(
    tools.db,
  )
  for (const { cipher_hash } of rows) {
    await tools.blobs.remove(cipher_hash.toString('hex'))
    await sql`delete from upload_part where upload_id = ${uploadId} and cipher_hash = ${cipher_hash}`.execute(tools.db)
  }
}

/** Uploads that still have pieces though they are no longer receiving, or pieces never confirmed since `olderThan`: left by processes that died. */
export async function sweepParts(tools: BlobTools, olderThan: Instant): Promise<number> {
  const { rows } = await sql<{ upload_id: string; address: string | null }>`
    select p.upload_id, null as address from upload_part p join upload u on u.id = p.upload_id where u.state <> 'receiving' and u.touched_at < ${olderThan} group by p.upload_id
    union all
    select p.upload_id, encode(p.cipher_hash, 'hex') from upload_part p join upload u on u.id = p.upload_id where u.state = 'receiving' and p.stored_at is null and p.made_at < ${olderThan}
    limit 1000`.execute(tools.db)
  for (const row of rows) await removeParts(tools, row.upload_id, row.address ?? undefined)
  return rows.length
}
