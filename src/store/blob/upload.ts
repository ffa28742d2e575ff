import { sql } from 'kysely'
import type { Db, Tx } from '../../db/db.ts'
import type { Instant } from '../../domain/kernel.ts'
import type { Pack } from '../../domain/policy/pack.ts'
import { inScope, type Scope } from '../application.ts'
import type { Vault } from '../vault/vault.ts'

/** One profile of photo rules of a pack. */
export type PhotoRules = Pack['photos'][string]
export type FileType = 'pdf' | 'jpeg' | 'png'
/** What a slot accepts, fixed when the upload starts: a change of rules between two chunks surprises nobody. */
export type SlotRules = {
  types: FileType[]
  maxBytes: number
  maxPages: number
  photo: { profile: string; rules: PhotoRules } | null
}
/** A reason why a file is not accepted: a code with what was measured and what is allowed, never content. */
export type UploadFault = { code: string; measured?: string | number; limit?: string | number }
export type PhotoCheck = { code: string; ok: boolean; measured: string | number | null; limit: string | number | null }
export type UploadPhase = 'receiving' | 'stored' | 'refused' | 'attached' | 'cancelled'
export type UploadRow = {
  id: string
  accountId: string
  employerId: string
  applicationId: string | null
  slot: string
  form: string | null
  translation: boolean
  dataKeyId: string
  name: Buffer
  rules: SlotRules
  declared: number
  received: number
  state: UploadPhase
  faults: UploadFault[]
  checks: PhotoCheck[]
  sourceBlobId: string | null
  blobId: string | null
  width: number | null
  height: number | null
  madeAt: Instant
  expiresAt: Instant | null
  /** Of the kept file. */
  type: FileType | null
  pages: number | null
  bytes: number | null
}
export type EmployerScope = Extract<Scope, { kind: 'employer' }>
const context = (id: string) => `upload/${id}/name`
const columns = sql`u.id, u.account_id as "accountId", u.employer_id as "employerId", u.application_id as "applicationId", u.slot, u.form, u.translation, u.data_key_id as "dataKeyId", u.name, u.rules,
  u.declared, u.received, u.state, u.faults, u.checks, u.source_blob_id as "sourceBlobId", u.blob_id as "blobId", u.width, u.height, u.made_at as "madeAt", u.expires_at as "expiresAt", b.type, b.pages, b.bytes`
/** A foreign upload and one that never was are the same to whom asks; with a filing, that filing must be in scope too. */
const owned = (
  scope: EmployerScope,
) => sql`u.employer_id = ${scope.employerId} and case when u.application_id is null then ${scope.mandateItems === undefined}
  else exists (select 1 from application a where a.id = u.application_id and ${inScope(scope)}) end`

export type NewUpload = Pick<
  UploadRow,
  'id' | 'accountId' | 'employerId' | 'applicationId' | 'slot' | 'form' | 'translation' | 'dataKeyId' | 'rules' | 'declared'
>
/** Opens an upload; the file's name is a label and is sealed with the upload's own key. */
export async function insertUpload(tx: Tx, vault: Vault, u: NewUpload, name: string, at: Instant, expiresAt: Instant): Promise<void> {
  const sealed = await vault.seal(tx, u.dataKeyId, name, context(u.id))
  await sql`insert into upload (id, account_id, employer_id, application_id, slot, form, translation, data_key_id, name, rules, declared, state, made_at, touched_at, expires_at)
    values (${u.id}, ${u.accountId}, ${u.employerId}, ${u.applicationId}, ${u.slot}, ${u.form}, ${u.translation}, ${u.dataKeyId}, ${sealed}, ${JSON.stringify(u.rules)}, ${u.declared}, 'receiving', ${at}, ${at}, ${expiresAt})`.execute(
    tx,
  )
}

/** Finds an upload within a scope; `lock` holds it to the end of the transaction. */
export async function findUploadRow(db: Db | Tx, scope: EmployerScope, id: string, lock = false): Promise<UploadRow | undefined> {
  const { rows } =
    await sql<UploadRow>`select ${columns} from upload u left join blob b on b.id = u.blob_id where u.id = ${id} and ${owned(scope)}
    ${lock ? sql`for update of u` : sql``}`.execute(db)
  return rows[0]
}

/** Says whether an id is taken, by whomever: the only question that looks beyond a scope, and it answers with no more than that. */
export async function uploadIdTaken(tx: Tx, id: string): Promise<boolean> {
  return (await sql`select 1 from upload where id = ${id}`.execute(tx)).rows.length > 0
}

/** The uploads of a filing, oldest first, without cancelled ones. */
export async function listUploadRows(db: Db | Tx, scope: EmployerScope, applicationId: string): Promise<UploadRow[]> {
  const { rows } = await sql<UploadRow>`select ${columns} from upload u left join blob b on b.id = u.blob_id
    where u.application_id = ${applicationId} and u.state <> 'cancelled' and ${owned(scope)} order by u.made_at, u.id limit 500`.execute(db)
  return rows
}

/** Opens the names of uploads; one whose key was destroyed has none. */
export async function openUploadNames(db: Db | Tx, vault: Vault, rows: UploadRow[]): Promise<(string | null)[]> {
  const names = await vault.openMany<string>(
    db,
    rows.map((u) => ({ keyId: u.dataKeyId, sealed: u.name, context: context(u.id) })),
  )
  return names.map((n) => (n.ok ? n.value : null))
}

/** How much an employer has under way: files not yet attached, and the bytes they announced. Holds the employer's place until the transaction ends. */
export async function countOpenUploads(tx: Tx, employerId: string): Promise<{ files: number; bytes: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`upload/${employerId}`}, 0))`.execute(tx)
  const { rows } = await sql<{
    files: number
    bytes: number
  }>`select count(*) as files, coalesce(sum(declared), 0)::bigint as bytes from upload
    where employer_id = ${employerId} and state in ('receiving', 'stored', 'refused')`.execute(tx)
  return rows[0]!
}

export async function advanceUpload(tx: Tx, id: string, received: number, at: Instant, expiresAt: Instant): Promise<void> {
  await sql`update upload set received = ${received}, touched_at = ${at}, expires_at = ${expiresAt} where id = ${id}`.execute(tx)
}

export type Verdict = {
  state: 'stored' | 'refused'
  faults: UploadFault[]
  checks: PhotoCheck[]
  sourceBlobId: string | null
  blobId: string | null
  width: number | null
  height: number | null
}
/** Writes down what became of a file whose bytes are all there. */
export async function judgeUpload(tx: Tx, id: string, v: Verdict, at: Instant, expiresAt: Instant): Promise<void> {
  await sql`update upload set state = ${v.state}, faults = ${JSON.stringify(v.faults)}, checks = ${JSON.stringify(v.checks)}, source_blob_id = ${v.sourceBlobId}, blob_id = ${v.blobId},
    width = ${v.width}, height = ${v.height}, touched_at = ${at}, expires_at = ${expiresAt} where id = ${id}`.execute(tx)
}

export async function setUploadPhase(tx: Tx, id: string, state: UploadPhase, at: Instant, expiresAt: Instant | null): Promise<void> {
  await sql`update upload set state = ${state}, touched_at = ${at}, expires_at = ${expiresAt} where id = ${id}`.execute(tx)
}

/** Uploads whose time is over, locked; others that are at work on them are skipped. */
export async function listExpired(tx: Tx, at: Instant, limit: number): Promise<{ id: string; dataKeyId: string }[]> {
  const { rows } = await sql<{ id: string; dataKeyId: string }>`select id, data_key_id as "dataKeyId" from upload where expires_at < ${at}
    order by expires_at limit ${limit} for update skip locked`.execute(tx)
  return rows
}
