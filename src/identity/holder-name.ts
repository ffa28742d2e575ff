import type { Db } from '../db/db.ts'
import { sameName } from '../domain/names/same-name.ts'
import { getPersonVersion, latestPersonVersion } from '../store/person.ts'
import type { Vault } from '../store/vault/vault.ts'

/** Does the typed name fit the newest record of this person? The card's sign-in asks for name, number and password, as the national service does. */
export async function isHolderName(db: Db, vault: Vault, personId: string, typed: string): Promise<boolean> {
  const latest = await latestPersonVersion(db, personId)
  const { identity } = await getPersonVersion(db, vault, latest.id)
  return sameName(identity, typed)
}
