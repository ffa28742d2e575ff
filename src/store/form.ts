import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { FilingForm } from '../domain/application/form.ts'
import type { Vault } from './vault/vault.ts'

/** What a form version is bound to when sealed, so that its bytes cannot be moved to another filing or version. */
const context = (applicationId: string, version: number) => `form_version/${applicationId}/${version}`

/** Canonical text of a form without the declarations: equal data give equal digests, whatever order the fields came in. */
export function canonicalForm(form: FilingForm): string {
  const { declarations: _left, ...rest } = form
  return stable(rest)
}
const stable = (x: unknown): string =>
  Array.isArray(x)
    ? `[${x.map(stable).join(',')}]`
    : typeof x === 'object' && x !== null
      ? `{${Object.entries(x)
          .filter(([, v]) => v !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => `${JSON.stringify(k)}:${stable(v)}`)
          .join(',')}}`
      : JSON.stringify(x ?? null)

/** Sections of the form that differ between two versions. */
export function changedSections(before: FilingForm | undefined, after: FilingForm): string[] {
  const old: Record<string, unknown> = before ?? {}
  const now: Record<string, unknown> = after
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((k) => stable(old[k] ?? null) !== stable(now[k] ?? null))
    .map((k) => (k === 'noFamily' ? 'family' : k))
}

/** Seals and stores the next version of a filing's form; insert only. The digest is keyed: it tells equality and nothing else. */
export async function saveForm(
  tx: Tx,
  vault: Vault,
  applicationId: string,
  dataKeyId: string,
  version: number,
  form: FilingForm,
): Promise<void> {
  const sealed = await vault.seal(tx, dataKeyId, form, context(applicationId, version))
  await sql`insert into form_version (application_id, version, data_key_id, sealed, digest) values (${applicationId}, ${version}, ${dataKeyId}, ${sealed}, ${vault.blind('form', canonicalForm(form))})`.execute(
    tx,
  )
}

/** Opens one version of a filing's form; version 0 is the empty form of a draft just begun. */
export async function getForm(db: Db | Tx, vault: Vault, applicationId: string, version: number): Promise<FilingForm> {
  if (version === 0) return {}
  const { rows } = await sql<{
    data_key_id: string
    sealed: Buffer
  }>`select data_key_id, sealed from form_version where application_id = ${applicationId} and version = ${version}`.execute(db)
  const row = rows[0]
  if (!row) throw new Error(`form ${version} of ${applicationId} is named but not stored`)
  return vault.open<FilingForm>(db, row.data_key_id, row.sealed, context(applicationId, version))
}

/** Digest of one stored version, as text. */
export const formDigest = (vault: Vault, form: FilingForm): string =>
  Buffer.from(vault.blind('form', canonicalForm(form))).toString('base64url')
