import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import type { Db, Tx } from '../db/db.ts'
import type { Instant } from '../domain/kernel.ts'
import type { Asked, Identity } from './identity.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'

const PERIOD = 30
const totpOf = (identity: Identity, secret: Secret, label: string) =>
  new TOTP({ issuer: identity.config.relyingParty.name, label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret })
const context = (accountId: string) => `totp_factor/${accountId}`

/** What the person types or scans into an authenticator; shown once. */
export type TotpOffer = { secret: string; uri: string }

/** Makes a secret for one-time codes (RFC 6238), sealed under a key of its own. It counts as a factor only after `confirmTotp`; an unconfirmed one is replaced. */
export async function startTotp(
  tx: Tx,
  identity: Identity,
  account: { id: string; label: string },
  at: Instant,
): Promise<IdentityOutcome<TotpOffer>> {
  const { rows } = await sql<{
    confirmed_at: string | null
    data_key_id: string
  }>`select confirmed_at, data_key_id from totp_factor where account_id = ${account.id} for update`.execute(tx)
  if (rows[0]?.confirmed_at) return refused({ code: 'factorNotSet' })
  if (rows[0]) {
    await sql`delete from totp_factor where account_id = ${account.id}`.execute(tx)
    await identity.vault.destroyKey(tx, rows[0].data_key_id, at)
  }
  const secret = new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer })
  const keyId = await identity.vault.createDataKey(tx)
  const sealed = await identity.vault.seal(tx, keyId, { secret: secret.base32 }, context(account.id))
  await sql`insert into totp_factor (account_id, data_key_id, sealed, created_at) values (${account.id}, ${keyId}, ${sealed}, ${at})`.execute(
    tx,
  )
  return done({ secret: secret.base32, uri: totpOf(identity, secret, account.label).toString() })
}

/**
 * Is the code right, now or one step beside (clocks differ)? Each step passes once: a code seen over a shoulder or on the wire is worth nothing after its use
 * (RFC 6238, 5.2). `confirming` is for the first code after `startTotp`.
 */
export async function useTotp(
  db: Db | Tx,
  identity: Identity,
  accountId: string,
  code: string,
  at: Instant,
  { confirming = false } = {},
): Promise<boolean> {
  if (!/^\d{6}$/.test(code)) return false
  const { rows } = await sql<{ data_key_id: string; sealed: Buffer; confirmed_at: string | null }>`
    select data_key_id, sealed, confirmed_at from totp_factor where account_id = ${accountId}`.execute(db)
  const row = rows[0]
  if (!row || (row.confirmed_at !== null) === confirming) return false
  const { secret } = await identity.vault.open<{ secret: string }>(db, row.data_key_id, row.sealed, context(accountId))
  const timestamp = Date.parse(at)
  const delta = totpOf(identity, Secret.fromBase32(secret), accountId).validate({ token: code, window: 1, timestamp })
  if (delta === null) return false
  const step = Math.floor(timestamp / 1000 / PERIOD) + delta
  const used =
    await sql`update totp_factor set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${at}) where account_id = ${accountId} and last_step < ${step} returning 1`.execute(
      db,
    )
  return used.rows.length === 1
}

/** Takes the one-time codes away and destroys their key. */
export async function removeTotp(tx: Tx, identity: Identity, accountId: string, asked: Asked & { by: string }): Promise<boolean> {
  const { rows } = await sql<{
    data_key_id: string
  }>`delete from totp_factor where account_id = ${accountId} returning data_key_id`.execute(tx)
  if (!rows[0]) return false
  await identity.vault.destroyKey(tx, rows[0].data_key_id, asked.at)
  await recordSecurityEvent(tx, asked, { kind: 'factorRemoved', accountId, by: asked.by, code: 'totp' })
  return true
}
