import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { Instant, Language, Role } from '../domain/kernel.ts'
import { type AccountKind, type Asked, audienceOf, type Identity, passwordRuleOf } from './identity.ts'
import { forgetDevices } from './known-device.ts'
import { type Login, loginBlind } from './login.ts'
import { passwordFaults } from './password-policy.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'
import { endSessionsOf } from './session.ts'

export type NewAccount = {
  kind: AccountKind
  /** Separation of duties is by person: a second account of the same person takes the same id. A new person gets a new one. */
  personId?: string
  /** Staff and handlers only; a holder's name stays sealed with the person. */
  displayName: string | null
  logins: Login[]
  password?: string
  language?: Language
}

/** Checks a new password and hashes it, outside any transaction, because it takes tens of milliseconds. */
export async function prepareCredential(
  identity: Identity,
  kind: AccountKind,
  password: string,
  names: readonly string[] = [],
): Promise<IdentityOutcome<string>> {
  const faults = passwordFaults(passwordRuleOf(identity, audienceOf[kind]), password, names)
  if (faults.length > 0) return refused({ code: 'passwordNotAllowed', faults })
  const hash = await identity.hasher.hash(password)
  return hash === undefined ? refused({ code: 'busy', retryAfterSeconds: 5 }) : done(hash)
}

/** Makes an account without roles. `passwordHash` comes from `prepareCredential`. A login that is taken in this audience is refused. */
export async function createAccount(
  tx: Tx,
  identity: Identity,
  account: Omit<NewAccount, 'password'> & { passwordHash?: string | undefined },
  asked: Asked & { by?: string },
): Promise<IdentityOutcome<{ accountId: string; personId: string }>> {
  const accountId = uuidv7()
  const personId = account.personId ?? uuidv7()
  const audience = audienceOf[account.kind]
  const hash = account.passwordHash ?? null
  await sql`insert into account (id, person_id, kind, audience, display_name, password_hash, password_set_at, language, created_at)
    values (${accountId}, ${personId}, ${account.kind}, ${audience}, ${account.displayName}, ${hash}, ${hash === null ? null : asked.at}, ${account.language ?? 'zh'}, ${asked.at})`.execute(
    tx,
  )
  for (const login of account.logins) {
    const { rows } =
      await sql`insert into account_login (audience, blind, account_id, kind) values (${audience}, ${loginBlind(identity.vault, audience, login)}, ${accountId}, ${login.kind})
      on conflict do nothing returning 1`.execute(tx)
    // The caller rolls back: an account without its login must not stay.
    if (rows.length === 0) return refused({ code: 'loginTaken' })
  }
  await recordSecurityEvent(tx, asked, { kind: 'accountCreated', accountId, by: asked.by, audience, code: account.kind })
  return done({ accountId, personId })
}

/** Shuts an account: its sessions end at once, and acts in flight either committed before or will not (threat SES-5). */
export async function disableAccount(tx: Tx, accountId: string, asked: Asked & { by: string }): Promise<boolean> {
  const { rows } =
    await sql`update account set disabled_at = ${asked.at} where id = ${accountId} and disabled_at is null returning 1`.execute(tx)
  if (rows.length === 0) return false
  await endSessionsOf(tx, accountId, 'disabled', asked)
  await forgetDevices(tx, accountId)
  await recordSecurityEvent(tx, asked, { kind: 'accountDisabled', accountId, by: asked.by })
  return true
}

/** Opens a shut account again; its owner signs in anew. */
export async function enableAccount(tx: Tx, accountId: string, asked: Asked & { by: string }): Promise<boolean> {
  const { rows } = await sql`update account set disabled_at = null where id = ${accountId} and disabled_at is not null returning 1`.execute(
    tx,
  )
  if (rows.length > 0) await recordSecurityEvent(tx, asked, { kind: 'accountEnabled', accountId, by: asked.by })
  return rows.length > 0
}

/** Sets a new password after the old one was shown; other sessions of the account end. */
export async function changePassword(tx: Tx, accountId: string, passwordHash: string, asked: Asked, keep: Buffer): Promise<void> {
  await sql`update account set password_hash = ${passwordHash}, password_set_at = ${asked.at} where id = ${accountId}`.execute(tx)
  await endSessionsOf(tx, accountId, 'passwordChanged', asked, keep)
  await sql`update reset_token set used_at = ${asked.at} where account_id = ${accountId} and used_at is null`.execute(tx)
  await recordSecurityEvent(tx, asked, { kind: 'passwordChanged', accountId, by: accountId })
}

export async function setLanguage(tx: Db | Tx, accountId: string, language: Language): Promise<void> {
  await sql`update account set language = ${language} where id = ${accountId}`.execute(tx)
}

export type AccountRow = {
  id: string
  personId: string
  kind: AccountKind
  name: string | null
  disabledAt: Instant | null
  hats: { membershipId: string; role: Role; officeId: string | null; employerId: string | null; from: Instant; until: Instant | null }[]
}
/** Accounts of an office or an employer with their hats, in order of name; or all of one person. */
export async function listAccounts(
  db: Db | Tx,
  of: { officeId: string } | { employerId: string } | { personId: string },
): Promise<AccountRow[]> {
  const which =
    'personId' in of
      ? sql`a.person_id = ${of.personId}`
      : 'officeId' in of
        ? sql`exists (select 1 from membership x where x.account_id = a.id and x.office_id = ${of.officeId})`
        : sql`exists (select 1 from membership x where x.account_id = a.id and x.employer_id = ${of.employerId})`
  const mine = 'officeId' in of ? sql`m.office_id = ${of.officeId}` : 'employerId' in of ? sql`m.employer_id = ${of.employerId}` : sql`true`
  const { rows } =
    await sql<AccountRow>`select a.id, a.person_id as "personId", a.kind, a.display_name as name, a.disabled_at as "disabledAt",
    (select coalesce(json_agg(json_build_object('membershipId', m.id, 'role', m.role, 'officeId', m.office_id, 'employerId', m.employer_id, 'from', m.from_at, 'until', m.until_at) order by m.from_at), '[]')
      from membership m where m.account_id = a.id and ${mine}) as hats
    from account a where ${which} order by a.display_name nulls last, a.id`.execute(db)
  return rows
}
/** The name under which colleagues know an account; null for holders and for ids that are none. */
export async function listAccountNames(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    name: string
  }>`select id, display_name as name from account where id = any(${[...ids]}::uuid[]) and display_name is not null`.execute(db)
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** The stored hash of an account that is not shut; undefined where it has no password. */
export async function findPasswordHash(db: Db | Tx, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{
    password_hash: string | null
  }>`select password_hash from account where id = ${accountId} and disabled_at is null`.execute(db)
  return rows[0]?.password_hash ?? undefined
}

export type KnownAccount = { id: string; personId: string; kind: AccountKind; disabledAt: Instant | null }
export async function findAccount(db: Db | Tx, id: string): Promise<KnownAccount | undefined> {
  const { rows } =
    await sql<KnownAccount>`select id, person_id as "personId", kind, disabled_at as "disabledAt" from account where id = ${id}`.execute(db)
  return rows[0]
}
/** Has this office a permit of the person? Only then may its window help with the person's account. */
export async function isHolderOfOffice(db: Db | Tx, personId: string, officeId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from permit where person_id = ${personId} and office_id = ${officeId} limit 1`.execute(db)
  return rows.length > 0
}
