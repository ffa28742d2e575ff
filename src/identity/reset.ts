import { sql } from 'kysely'
import { type Db, type Tx, transaction } from '../db/db.ts'
import { prepareCredential } from './accounts.ts'
import type { AccountKind, Asked, Identity, SessionAudience } from './identity.ts'
import { forgetDevices } from './known-device.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { hashOfSecret, newTypedCode, plainCode } from './secret.ts'
import { recordSecurityEvent } from './security-event.ts'
import { endSessionsOf } from './session.ts'
import { removeTotp } from './totp.ts'

const LIFE_MS = 10 * 60_000

/**
 * Makes a reset code for an account, to be handed over after the person was identified (administrator, window). Single use, ten minutes at most, stored hashed;
 * an older one dies. There are no secret questions and no reset by a stranger's request (threat SES-7).
 */
export async function issueReset(tx: Tx, accountId: string, asked: Asked & { by: string }): Promise<{ code: string; expiresAt: string }> {
  const code = newTypedCode()
  const expiresAt = new Date(Date.parse(asked.at) + LIFE_MS).toISOString()
  await sql`update reset_token set used_at = ${asked.at} where account_id = ${accountId} and used_at is null`.execute(tx)
  await sql`insert into reset_token (token_hash, account_id, issued_by, made_at, expires_at) values (${hashOfSecret(plainCode(code))}, ${accountId}, ${asked.by}, ${asked.at}, ${expiresAt})`.execute(
    tx,
  )
  await recordSecurityEvent(tx, asked, { kind: 'resetIssued', accountId, by: asked.by })
  return { code, expiresAt }
}

/** Sets a new password by a reset code. All sessions end and browsers are forgotten; second factors stay and are asked at the next sign-in. */
export async function useReset(
  db: Db,
  identity: Identity,
  reset: { audience: SessionAudience; code: string; password: string },
  asked: Asked,
): Promise<IdentityOutcome<{ accountId: string }>> {
  const hash = hashOfSecret(plainCode(reset.code))
  const { rows } = await sql<{
    account_id: string
    kind: AccountKind
    display_name: string | null
  }>`select r.account_id, a.kind, a.display_name from reset_token r join account a on a.id = r.account_id
    where r.token_hash = ${hash} and r.used_at is null and r.expires_at > ${asked.at} and a.audience = ${reset.audience} and a.disabled_at is null`.execute(
    db,
  )
  const row = rows[0]
  if (!row) {
    await recordSecurityEvent(db, asked, { kind: 'resetRefused', audience: reset.audience })
    return refused({ code: 'tokenNotValid' })
  }
  // A password that is not allowed does not burn the code.
  const prepared = await prepareCredential(identity, row.kind, reset.password, row.display_name ? [row.display_name] : [])
  if (!prepared.ok) return prepared
  return transaction(db, async (tx) => {
    const spent =
      await sql`update reset_token set used_at = ${asked.at} where token_hash = ${hash} and used_at is null and expires_at > ${asked.at} returning 1`.execute(
        tx,
      )
    if (spent.rows.length === 0) return refused({ code: 'tokenNotValid' })
    await sql`update account set password_hash = ${prepared.value}, password_set_at = ${asked.at} where id = ${row.account_id}`.execute(tx)
    await endSessionsOf(tx, row.account_id, 'passwordReset', asked)
    await forgetDevices(tx, row.account_id)
    await recordSecurityEvent(tx, asked, { kind: 'resetUsed', accountId: row.account_id, audience: reset.audience })
    return done({ accountId: row.account_id })
  })
}

/** Takes all second factors of a person who lost them, by another person; the next sign-in enrols anew. Refused when the two are one person. */
export async function forgetFactors(
  tx: Tx,
  identity: Identity,
  accountId: string,
  by: { accountId: string; personId: string },
  asked: Asked,
): Promise<IdentityOutcome<Record<string, never>>> {
  const { rows } = await sql<{ person_id: string }>`select person_id from account where id = ${accountId} for update`.execute(tx)
  if (!rows[0]) return refused({ code: 'notFound' })
  if (rows[0].person_id === by.personId) return refused({ code: 'fourEyes', earlier: 'ownFactor' })
  const who = { ...asked, by: by.accountId }
  await removeTotp(tx, identity, accountId, who)
  const gone = await sql`delete from passkey where account_id = ${accountId} returning 1`.execute(tx)
  for (const _ of gone.rows) await recordSecurityEvent(tx, asked, { kind: 'factorRemoved', accountId, by: by.accountId, code: 'passkey' })
  await endSessionsOf(tx, accountId, 'factorRemoved', who)
  await forgetDevices(tx, accountId)
  return done({})
}
