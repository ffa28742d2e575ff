import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../../db/db.ts'
import type { Instant } from '../../domain/kernel.ts'
import type { Vault } from '../vault/vault.ts'
import type { BlobStore, Bytes } from './blob-store.ts'
import { openFile, SALT_BYTES, sealFile } from './sealed-stream.ts'

export type BlobTools = { db: Db; vault: Vault; blobs: BlobStore; now: () => Instant }
export type NewBlob = { dataKeyId: string; type: string; pages: number | null; content: Uint8Array }
export type OpenBlob = { id: string; type: string; pages: number | null; bytes: number; content: Bytes }

const context = (id: string) => `blob/${id}`

/**
 * Seals and stores a file, and answers with its id when the bytes are safe. Call it outside a transaction, then `confirmBlob` in the one that
 * refers to it. What is never confirmed is an orphan which `sweepBlobs` removes.
 */
export async function stageBlob(tools: BlobTools, blob: NewBlob): Promise<string> {
  const id = uuidv7()
  const { address, pieces, bytes } = await sealed(tools.db, tools.vault, blob.dataKeyId, context(id), blob.content)
  await sql`insert into blob (id, data_key_id, cipher_hash, cipher_bytes, plain_hmac, bytes, type, pages, made_at)
    values (${id}, ${blob.dataKeyId}, ${Buffer.from(address, 'hex')}, ${bytes}, ${tools.vault.blind('blob', blob.content)}, ${blob.content.length}, ${blob.type}, ${blob.pages}, ${tools.now()})`.execute(
    tools.db,
  )
  await tools.blobs.put(address, pieces(), bytes)
  return id
}

/** Marks a staged file as kept, together with whatever refers to it. */
export async function confirmBlob(tx: Tx, id: string, at: Instant): Promise<void> {
  const { rows } =
    await sql`update blob set stored_at = ${at} where id = ${id} and stored_at is null and removed_at is null returning 1`.execute(tx)
  if (rows.length !== 1) throw new Error(`blob ${id} cannot be confirmed`)
}

/** Gives a file back to the sweep, because nothing refers to it any more. */
export async function releaseBlob(tx: Tx, id: string): Promise<void> {
  await sql`update blob set stored_at = null where id = ${id}`.execute(tx)
}

/** Opens a kept file. Its first bytes are read and proven before this answers; throws `Shredded`, `SealError` or `BlobError` otherwise. */
export async function openBlob(tools: Pick<BlobTools, 'vault' | 'blobs'>, db: Db | Tx, id: string): Promise<OpenBlob> {
  const { rows } = await sql<{ data_key_id: string; cipher_hash: Buffer; type: string; pages: number | null; bytes: number }>`
    select data_key_id, cipher_hash, type, pages, bytes from blob where id = ${id} and stored_at is not null`.execute(db)
  const row = rows[0]
  if (!row) throw new Error(`blob ${id} is named but not kept`)
  const content = await started(await opened(tools, db, row.data_key_id, context(id), row.cipher_hash.toString('hex')))
  return { id, type: row.type, pages: row.pages, bytes: row.bytes, content }
}

/** All bytes of a kept file, for a parser or a rendering. */
export async function readBlob(tools: Pick<BlobTools, 'vault' | 'blobs'>, db: Db | Tx, id: string): Promise<Buffer> {
  return collect((await openBlob(tools, db, id)).content)
}

/** Seals bytes under a key: once for the address, and again, without keeping them, for the store. */
export async function sealed(db: Db | Tx, vault: Vault, dataKeyId: string, context: string, content: Uint8Array) {
  const salt = randomBytes(SALT_BYTES)
  const key = (await vault.fileKeys(db, dataKeyId))(salt)
  const hash = createHash('sha256')
  let bytes = 0
  for (const piece of sealFile(key, salt, context, content)) {
    hash.update(piece)
    bytes += piece.length
  }
  async function* pieces(): Bytes {
    yield* sealFile(key, salt, context, content)
  }
  return { address: hash.digest('hex'), bytes, pieces }
}
/** The plain bytes of a sealed file in the store; a destroyed key is told before the store is asked. */
export async function opened(
  tools: Pick<BlobTools, 'vault' | 'blobs'>,
  db: Db | Tx,
  dataKeyId: string,
  context: string,
  address: string,
): Promise<Bytes> {
  return openFile(await tools.vault.fileKeys(db, dataKeyId), context, tools.blobs.get(address))
}

export async function collect(content: Bytes): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}
/** Pulls the first piece now, so that what cannot be opened is known before a reply begins. */
const started = async (content: Bytes): Promise<Bytes> => {
  const iterator = content[Symbol.asyncIterator]()
  const first = await iterator.next()
  async function* all(): Bytes {
    try {
      if (!first.done) yield first.value
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return all()
}
