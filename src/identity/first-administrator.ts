import { sql } from 'kysely'
import { type Db, type Tx, transaction } from '../db/db.ts'
import { createAccount, prepareCredential } from './accounts.ts'
import type { Asked, Identity } from './identity.ts'
import { addMembership } from './memberships.ts'
import { done, type IdentityOutcome, type IdentityRefusal, refused } from './refusals.ts'
import { hashOfSecret, newTypedCode, plainCode } from './secret.ts'
import { recordSecurityEvent } from './security-event.ts'

/**
 * A real database is born without any account. At start-up, while there is no administrator, one code is made and told to whoever sees the console;
 * it works once, for a day, and replaces the one before (threat SES-11). Undefined when there is an administrator already.
 */
export async function issueFirstAdministratorCode(tx: Tx, at: string): Promise<string | undefined> {
  const known = await sql`select 1 from membership where role = 'administrator' limit 1`.execute(tx)
  if (known.rows.length > 0) return undefined
  const code = newTypedCode()
  const expiresAt = new Date(Date.parse(at) + 86_400_000).toISOString()
  await sql`insert into first_administrator (code_hash, made_at, expires_at) values (${hashOfSecret(plainCode(code))}, ${at}, ${expiresAt})
    on conflict (single) do update set code_hash = excluded.code_hash, made_at = excluded.made_at, expires_at = excluded.expires_at where first_administrator.used_at is null`.execute(
    tx,
  )
  return code
}

/** Makes the first administrator by that code. The second factor is enrolled at the first sign-in. */
export async function makeFirstAdministrator(
  db: Db,
  identity: Identity,
  given: { code: string; login: string; name: string; password: string },
  asked: Asked,
): Promise<IdentityOutcome<{ accountId: string }>> {
  const hash = hashOfSecret(plainCode(given.code))
  const open = sql`code_hash = ${hash} and used_at is null and expires_at > ${asked.at} and not exists (select 1 from membership where role = 'administrator')`
  const { rows } = await sql`select 1 from first_administrator where ${open}`.execute(db)
  if (rows.length === 0) return refused({ code: 'tokenNotValid' })
  const prepared = await prepareCredential(identity, 'staff', given.password, [given.login, given.name])
  if (!prepared.ok) return prepared
  return inOne(db, async (tx) => {
    const spent = await sql`update first_administrator set used_at = ${asked.at} where ${open} returning 1`.execute(tx)
    if (spent.rows.length === 0) return refused({ code: 'tokenNotValid' })
    const made = await createAccount(
      tx,
      identity,
      { kind: 'staff', displayName: given.name, logins: [{ kind: 'name', value: given.login }], passwordHash: prepared.value },
      asked,
    )
    if (!made.ok) return made
    const { accountId } = made.value
    const role = await addMembership(tx, { accountId, role: 'administrator' }, asked)
    if (!role.ok) return role
    await recordSecurityEvent(tx, asked, { kind: 'firstAdministrator', accountId })
    return done({ accountId })
  })
}

class Undone extends Error {
  readonly refusal: IdentityRefusal
  constructor(refusal: IdentityRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}
/** One transaction that a refusal rolls back whole. */
export async function inOne<T>(db: Db, work: (tx: Tx) => Promise<IdentityOutcome<T>>): Promise<IdentityOutcome<T>> {
  try {
    return await transaction(db, async (tx) => {
      const outcome = await work(tx)
      if (!outcome.ok) throw new Undone(outcome.refusal)
      return outcome
    })
  } catch (error) {
    if (error instanceof Undone) return refused(error.refusal)
    throw error
  }
}
