import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { Day, Instant } from '../domain/kernel.ts'
import type { PaperKind } from '../domain/policy/words.ts'
import type { Vault } from './vault/vault.ts'

/**
 * What a paper is made from: references to versions that never change, and the few values born with it. Sealed, because a check code opens a page.
 * The PDF is made after the commit from exactly this, so that a second making gives the same paper.
 */
export type PaperOrder = {
  kind: PaperKind
  applicationId: string
  permitId?: string
  formVersion: number
  officeId: string
  on: Day
  /** Version of the owner's log at which the paper became due. */
  atVersion: number
  reasons?: string[]
  defects?: string[]
  noteId?: string
  dueOn?: Day
  reviewUntil?: Day
  suitUntil?: Day
  code?: string
  visitId?: string
}
export type PaperRow = {
  id: string
  ownerKind: 'application' | 'permit' | 'employer'
  ownerId: string
  applicationId: string | null
  kind: PaperKind
  number: string
  packHash: string
  dataKeyId: string
  blobId: string | null
  state: 'pending' | 'issued'
  madeAt: Instant
  issuedAt: Instant | null
  replacedBy: string | null
  prints: number
}
const context = (id: string) => `paper/${id}`
const columns = sql`p.id, p.owner_kind as "ownerKind", p.owner_id as "ownerId", p.application_id as "applicationId", p.kind, p.number, p.pack_hash as "packHash", p.data_key_id as "dataKeyId", p.blob_id as "blobId", p.state,
  p.made_at as "madeAt", p.issued_at as "issuedAt", p.replaced_by as "replacedBy", (select count(*)::int from paper_print x where x.paper_id = p.id) as prints`

/** The next number of a kind of paper at one office in one year, without gaps among committed papers. */
export async function nextSerial(tx: Tx, kind: string, officeId: string, year: number): Promise<number> {
  const { rows } = await sql<{
    last: number
  }>`insert into paper_serial (kind, office_id, year, last) values (${kind}, ${officeId}, ${year}, 1)
    on conflict (kind, office_id, year) do update set last = paper_serial.last + 1 returning last`.execute(tx)
  return rows[0]!.last
}

/** A code of 128 random bits; only its hash is kept where it is looked up (threat CHK-1). */
export const newCode = (): string => randomBytes(16).toString('base64url')
export const codeHash = (code: string): Buffer => createHash('sha256').update(code, 'utf8').digest()

/** Orders a paper within the transaction that makes it due. */
export async function insertPaper(
  tx: Tx,
  vault: Vault,
  paper: {
    id: string
    ownerKind: PaperRow['ownerKind']
    ownerId: string
    number: string
    packHash: string
    dataKeyId: string
    order: PaperOrder
  },
): Promise<void> {
  const sealed = await vault.seal(tx, paper.dataKeyId, paper.order, context(paper.id))
  await sql`insert into paper (id, owner_kind, owner_id, application_id, kind, number, pack_hash, data_key_id, model, state)
    values (${paper.id}, ${paper.ownerKind}, ${paper.ownerId}, ${paper.order.applicationId}, ${paper.order.kind}, ${paper.number}, ${paper.packHash}, ${paper.dataKeyId}, ${sealed}, 'pending')`.execute(
    tx,
  )
}

export async function findPaper(db: Db | Tx, id: string): Promise<PaperRow | undefined> {
  const { rows } = await sql<PaperRow>`select ${columns} from paper p where p.id = ${id}`.execute(db)
  return rows[0]
}

/** Papers of a filing and of the permit that it gave, oldest first. */
export async function listPapers(db: Db | Tx, applicationId: string): Promise<PaperRow[]> {
  const { rows } =
    await sql<PaperRow>`select ${columns} from paper p where p.application_id = ${applicationId} order by p.made_at, p.id`.execute(db)
  return rows
}

/** Opens what a paper is made from. */
export async function getPaperOrder(db: Db | Tx, vault: Vault, id: string): Promise<PaperOrder> {
  const { rows } = await sql<{ data_key_id: string; model: Buffer }>`select data_key_id, model from paper where id = ${id}`.execute(db)
  const row = rows[0]
  if (!row) throw new Error(`paper ${id} is named but not stored`)
  return vault.open<PaperOrder>(db, row.data_key_id, row.model, context(id))
}

/** Marks a paper as made; the second of two makers at once changes nothing. */
export async function keepPaperFile(tx: Tx, id: string, blobId: string, at: Instant): Promise<boolean> {
  const { rows } =
    await sql`update paper set blob_id = ${blobId}, state = 'issued', issued_at = ${at} where id = ${id} and state = 'pending' returning 1`.execute(
      tx,
    )
  return rows.length === 1
}

/** Each time a paper leaves the system it is on record who took it. */
export async function recordPrint(tx: Tx | Db, paperId: string, actor: { accountId: string; role: string }, at: Instant): Promise<void> {
  await sql`insert into paper_print (id, paper_id, actor_id, role, at) values (${uuidv7()}, ${paperId}, ${actor.accountId}, ${actor.role}, ${at})`.execute(
    tx,
  )
}

/** Registers a check code; `expiresAt` null for a paper, which answers as long as it is known. */
export async function insertCode(
  tx: Tx | Db,
  code: string,
  of: { kind: 'paper'; paperId: string; permitId: string } | { kind: 'live'; permitId: string; expiresAt: Instant },
  at: Instant,
): Promise<void> {
  await sql`insert into check_code (code_hash, kind, paper_id, permit_id, made_at, expires_at) values (${codeHash(code)}, ${of.kind}, ${of.kind === 'paper' ? of.paperId : null}, ${of.permitId}, ${at},
    ${of.kind === 'live' ? of.expiresAt : null})`.execute(tx)
}
