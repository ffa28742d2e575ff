import { sql } from 'kysely'
import type { Db, Tx } from '../../db/db.ts'
import type { Envelope } from '../../domain/kernel.ts'
import type { Bytes } from '../../store/blob/blob-store.ts'
import { collect, openBlob } from '../../store/blob/sealed-blob.ts'
import { type EmployerScope, type FileType, findUploadRow, openUploadNames, type UploadRow } from '../../store/blob/upload.ts'
import { Shredded } from '../../store/vault/data-key.ts'
import { recordAccess } from '../access.ts'
import { no, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'

export type OpenFile = { name: string; type: FileType; bytes: number; content: Bytes }
export type PageImage = { type: 'png' | 'jpeg'; bytes: Uint8Array }

/** Who looks, when and what for: on record before the reply leaves, where the filing already has a person (invariant 8). */
export type Reader = { envelope: Pick<Envelope, 'actor' | 'at' | 'requestId'>; purpose: string }
const putOnRecord = async (db: Db | Tx, reader: Reader, row: UploadRow) => {
  if (!row.applicationId) return
  const { rows } = await sql<{
    personId: string
  }>`select person_id as "personId" from application where id = ${row.applicationId} and person_id is not null`.execute(db)
  const looks = rows.map(({ personId }) => ({ personId, what: `paper/${row.slot}`, how: 'opened' as const }))
  await recordAccess(db, reader.envelope, reader.purpose, looks)
}

/** The kept file for its owner, as an attachment. The cleaned file is what leaves, never the bytes as they came. */
export async function openUpload(
  tools: UploadTools,
  db: Db | Tx,
  scope: EmployerScope,
  id: string,
  reader: Reader,
): Promise<UploadOutcome<OpenFile>> {
  const row = await findUploadRow(db, scope, id)
  if (!row?.blobId || row.state === 'cancelled') return no({ code: 'notFound' })
  const [name] = await openUploadNames(db, tools.vault, [row])
  return unlessShredded(async () => {
    await putOnRecord(db, reader, row)
    const { type, bytes, content } = await openBlob(tools, db, row.blobId!)
    return yes({ name: name ?? 'file', type: type as FileType, bytes, content })
  })
}

/** One page of the owner's file as a picture; for a photo `source` shows it as sent, under the crop frame. */
export async function showUploadPage(
  tools: UploadTools,
  db: Db | Tx,
  scope: EmployerScope,
  id: string,
  view: { page: number; width: number; source: boolean },
  reader: Reader,
): Promise<UploadOutcome<PageImage>> {
  const row = await findUploadRow(db, scope, id)
  const blobId = view.source ? row?.sourceBlobId : row?.blobId
  if (!row || !blobId || row.state === 'cancelled') return no({ code: 'notFound' })
  await putOnRecord(db, reader, row)
  return showBlobPage(tools, db, blobId, view)
}

/**
 * One page of a kept file as a picture. Whoever calls has shown that the reader may see it and put it on record: a blob id says nothing about rights.
 * Pictures are shown as they were written anew; pages of documents are rendered in another process.
 */
export async function showBlobPage(
  tools: Pick<UploadTools, 'vault' | 'blobs' | 'parsers'>,
  db: Db | Tx,
  blobId: string,
  { page, width }: { page: number; width: number },
): Promise<UploadOutcome<PageImage>> {
  return unlessShredded(async () => {
    const blob = await openBlob(tools, db, blobId)
    const bytes = await collect(blob.content)
    const pages = blob.pages ?? 1
    if (!Number.isInteger(page) || page < 1 || page > pages) return no({ code: 'pageNotThere', pages })
    if (blob.type === 'png' || blob.type === 'jpeg') return yes({ type: blob.type, bytes })
    const image = await tools.parsers.renderPage(bytes, page, width)
    return image.ok ? yes({ type: image.type, bytes: image.bytes }) : no({ code: 'uploadRefused', faults: image.faults })
  })
}

/** A file whose key was destroyed is gone for every reader. */
const unlessShredded = async <T>(work: () => Promise<UploadOutcome<T>>): Promise<UploadOutcome<T>> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Shredded) return no({ code: 'notFound' })
    throw error
  }
}
