import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { FilingForm } from '../domain/application/form.ts'
import { simulatedScheme } from '../domain/person/permit-number.ts'
import type { Vault } from './vault/vault.ts'

export type PersonVersion = { id: string; personId: string; version: number; identity: NonNullable<FilingForm['identity']> }
const plain = (number: string) =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/** Finds who holds a passport, by issuing state and number, through the blind index alone. */
export async function findPersonByPassport(tx: Db | Tx, vault: Vault, state: string, number: string): Promise<string | undefined> {
  const { rows } = await sql<{
    person_id: string
  }>`select person_id from passport where issuing_state = ${state} and number_blind = ${vault.blind('passport', plain(number))}`.execute(tx)
  return rows[0]?.person_id
}

/**
 * Binds a filing to a person at submission: the holder of this passport, or a new one. The filer learns nothing of which it was (threat EMP-3).
 * Two filings at once for the same passport end with the same person, whoever came first.
 */
export async function bindPerson(
  tx: Tx,
  vault: Vault,
  identity: NonNullable<FilingForm['identity']>,
  applicationId: string,
): Promise<string> {
  const { passportIssuedBy: state = '', passportNumber: number = '' } = identity
  const known = await findPersonByPassport(tx, vault, state, number)
  const personId = known ?? (await newPerson(tx, vault, state, number))
  const { rows } = await sql<{
    data_key_id: string
    version: number
  }>`select p.data_key_id, coalesce((select max(version) from person_version v where v.person_id = p.id), 0) as version
    from person p where p.id = ${personId} for update of p`.execute(tx)
  const row = rows[0]!
  const id = uuidv7()
  const sealed = await vault.seal(tx, row.data_key_id, identity, `person_version/${id}`)
  await sql`insert into person_version (id, person_id, version, data_key_id, sealed, source_application_id) values (${id}, ${personId}, ${row.version + 1}, ${row.data_key_id}, ${sealed}, ${applicationId})`.execute(
    tx,
  )
  return personId
}

const newPerson = async (tx: Tx, vault: Vault, state: string, number: string): Promise<string> => {
  const personId = uuidv7()
  const keyId = await vault.createDataKey(tx)
  const passportId = uuidv7()
  const sealed = await vault.seal(tx, keyId, { number }, `passport/${passportId}`)
  await sql`insert into person (id, data_key_id) values (${personId}, ${keyId})`.execute(tx)
  const { rows } =
    await sql`insert into passport (id, person_id, issuing_state, number_blind, sealed) values (${passportId}, ${personId}, ${state}, ${vault.blind('passport', plain(number))}, ${sealed})
    on conflict (issuing_state, number_blind) do nothing returning 1`.execute(tx)
  if (rows.length === 1) return personId
  return (await findPersonByPassport(tx, vault, state, number))!
}

/** The newest sealed version of a person, without opening it. */
export async function latestPersonVersion(tx: Db | Tx, personId: string): Promise<{ id: string; version: number; dataKeyId: string }> {
  const { rows } = await sql<{
    id: string
    version: number
    data_key_id: string
  }>`select id, version, data_key_id from person_version where person_id = ${personId} order by version desc limit 1`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error(`person ${personId} has no version`)
  return { id: row.id, version: row.version, dataKeyId: row.data_key_id }
}

/** Opens one version of a person. */
export async function getPersonVersion(db: Db | Tx, vault: Vault, id: string): Promise<PersonVersion> {
  const { rows } = await sql<{
    person_id: string
    version: number
    data_key_id: string
    sealed: Buffer
  }>`select person_id, version, data_key_id, sealed from person_version where id = ${id}`.execute(db)
  const row = rows[0]
  if (!row) throw new Error(`person version ${id} is named but not stored`)
  return {
    id,
    personId: row.person_id,
    version: row.version,
    identity: await vault.open(db, row.data_key_id, row.sealed, `person_version/${id}`),
  }
}

/** Gives a person the permit number for life, or finds the one already given. The caller holds the lock on the person. */
export async function allotPermitNumber(tx: Tx, vault: Vault, personId: string): Promise<string> {
  const known = await findPermitNumber(tx, vault, personId)
  if (known) return known
  const { rows } = await sql<{ data_key_id: string }>`select data_key_id from person where id = ${personId}`.execute(tx)
  const keyId = rows[0]!.data_key_id
  for (;;) {
    const number = simulatedScheme.make(Array.from({ length: 15 }, () => randomInt(10)))
    const sealed = await vault.seal(tx, keyId, { number }, `permit_number/${personId}`)
    const inserted =
      await sql`insert into permit_number (person_id, number_blind, sealed, simulated) values (${personId}, ${vault.blind('permitNumber', number)}, ${sealed}, true)
      on conflict do nothing returning 1`.execute(tx)
    if (inserted.rows.length === 1) return number
  }
}

/** The permit number of a person, opened; undefined before the first grant. */
export async function findPermitNumber(db: Db | Tx, vault: Vault, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{
    sealed: Buffer
    data_key_id: string
  }>`select n.sealed, p.data_key_id from permit_number n join person p on p.id = n.person_id where n.person_id = ${personId}`.execute(db)
  const row = rows[0]
  return row && (await vault.open<{ number: string }>(db, row.data_key_id, row.sealed, `permit_number/${personId}`)).number
}

/** Who holds a permit number or a social security number, by the blind index. */
export async function findPersonByNumber(
  db: Db | Tx,
  vault: Vault,
  kind: 'permitNumber' | 'socialNumber',
  number: string,
): Promise<string | undefined> {
  const table = kind === 'permitNumber' ? sql.table('permit_number') : sql.table('social_number')
  const { rows } = await sql<{
    person_id: string
  }>`select person_id from ${table} where number_blind = ${vault.blind(kind, plain(number))}`.execute(db)
  return rows[0]?.person_id
}
