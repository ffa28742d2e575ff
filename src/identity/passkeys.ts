import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { Instant } from '../domain/kernel.ts'
import type { Asked, Identity, SessionAudience } from './identity.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'
import type { Session } from './session.ts'

export type ChallengeUse = 'signIn' | 'factor' | 'stepUp' | 'enrol'
/** Options as the browser's `navigator.credentials` wants them, in JSON form (WebAuthn level 3). */
export type PasskeyChallenge = { challengeId: string; options: Record<string, unknown> }
const LIFE_MS = 5 * 60_000
/** ES256, EdDSA and RS256: what authenticators in use offer. */
const ALGORITHMS = [-7, -8, -257]

const keepChallenge = async (
  db: Db | Tx,
  use: ChallengeUse,
  audience: SessionAudience,
  challenge: string,
  session: Session | undefined,
  at: Instant,
): Promise<string> => {
  const id = uuidv7()
  await sql`insert into passkey_challenge (id, challenge, use, audience, session_hash, account_id, expires_at)
    values (${id}, ${challenge}, ${use}, ${audience}, ${session?.idHash ?? null}, ${session?.accountId ?? null}, ${new Date(Date.parse(at) + LIFE_MS).toISOString()})`.execute(
    db,
  )
  return id
}
/** A challenge is good once, for its use, its audience and the session that asked. */
const spendChallenge = async (
  db: Db | Tx,
  id: string,
  use: ChallengeUse,
  audience: SessionAudience,
  session: Session | undefined,
  at: Instant,
): Promise<string | undefined> => {
  const { rows } = await sql<{
    challenge: string
  }>`update passkey_challenge set used_at = ${at} where id = ${id} and use = ${use} and audience = ${audience}
    and session_hash is not distinct from ${session?.idHash ?? null}::bytea and used_at is null and expires_at > ${at} returning challenge`.execute(
    db,
  )
  return rows[0]?.challenge
}

/** Asks the browser to show a passkey. Without a session it names no account: any discoverable one will do, and nothing is told about who exists. */
export async function askForPasskey(
  db: Db | Tx,
  identity: Identity,
  use: Exclude<ChallengeUse, 'enrol'>,
  audience: SessionAudience,
  session: Session | undefined,
  at: Instant,
): Promise<PasskeyChallenge> {
  const allowed = session ? (await listPasskeys(db, session.accountId)).map((p) => ({ id: p.id, transports: p.transports as never })) : []
  const options = await generateAuthenticationOptions({
    rpID: identity.config.relyingParty.id,
    userVerification: 'required',
    allowCredentials: allowed,
  })
  return { challengeId: await keepChallenge(db, use, audience, options.challenge, session, at), options: { ...options } }
}

/** Asks the browser to make a passkey: discoverable, with the person verified by the device. */
export async function askToEnrolPasskey(
  db: Db | Tx,
  identity: Identity,
  session: Session,
  label: string,
  at: Instant,
): Promise<PasskeyChallenge> {
  const { id: rpID, name: rpName } = identity.config.relyingParty
  const options = await generateRegistrationOptions({
    rpName,
    rpID,
    userName: label,
    userID: new TextEncoder().encode(session.accountId),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: (await listPasskeys(db, session.accountId)).map((p) => ({ id: p.id })),
  })
  return { challengeId: await keepChallenge(db, 'enrol', session.audience, options.challenge, session, at), options: { ...options } }
}

/** Takes a new passkey after checking challenge, origin, relying party and user verification. */
export async function enrolPasskey(
  tx: Tx,
  identity: Identity,
  session: Session,
  challengeId: string,
  label: string,
  response: unknown,
  asked: Asked,
): Promise<IdentityOutcome<{ id: string }>> {
  const challenge = await spendChallenge(tx, challengeId, 'enrol', session.audience, session, asked.at)
  if (!challenge) return refused({ code: 'challengeNotValid' })
  const { id: expectedRPID, origins } = identity.config.relyingParty
  const checked = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ verified: false }) as const)
  if (!checked.verified) return refused({ code: 'proofWrong' })
  const { credential, credentialDeviceType, credentialBackedUp } = checked.registrationInfo
  const { rows } =
    await sql`insert into passkey (credential_id, account_id, public_key, counter, transports, device_type, backed_up, label, created_at)
    values (${credential.id}, ${session.accountId}, ${Buffer.from(credential.publicKey)}, ${credential.counter}, ${credential.transports ?? []}, ${credentialDeviceType}, ${credentialBackedUp}, ${label}, ${asked.at})
    on conflict do nothing returning 1`.execute(tx)
  if (rows.length === 0) return refused({ code: 'proofWrong' })
  await recordSecurityEvent(tx, asked, {
    kind: 'factorAdded',
    accountId: session.accountId,
    by: session.accountId,
    audience: session.audience,
    code: 'passkey',
  })
  return done({ id: credential.id })
}

type PasskeyRow = {
  credential_id: string
  account_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  person_id: string
}
/** Checks a shown passkey and tells whose it is. A signature counter that goes backward means a copied key and is refused. */
export async function checkPasskey(
  db: Db | Tx,
  identity: Identity,
  use: Exclude<ChallengeUse, 'enrol'>,
  audience: SessionAudience,
  session: Session | undefined,
  challengeId: string,
  response: unknown,
  at: Instant,
): Promise<IdentityOutcome<{ accountId: string; personId: string }>> {
  const challenge = await spendChallenge(db, challengeId, use, audience, session, at)
  if (!challenge) return refused({ code: 'challengeNotValid' })
  const shown = response as AuthenticationResponseJSON
  const { rows } =
    await sql<PasskeyRow>`select p.credential_id, p.account_id, p.public_key, p.counter, p.transports, a.person_id from passkey p join account a on a.id = p.account_id
    where p.credential_id = ${String(shown.id)} and a.audience = ${audience} and a.disabled_at is null`.execute(db)
  const row = rows[0]
  if (!row || (session && session.accountId !== row.account_id)) return refused({ code: 'proofWrong' })
  const { id: expectedRPID, origins: expectedOrigin } = identity.config.relyingParty
  const credential = { id: row.credential_id, publicKey: new Uint8Array(row.public_key), counter: row.counter }
  const checked = await verifyAuthenticationResponse({
    response: shown,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    credential,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!checked?.verified) return refused({ code: 'proofWrong' })
  const { newCounter } = checked.authenticationInfo
  const kept =
    await sql`update passkey set counter = ${newCounter}, used_at = ${at} where credential_id = ${row.credential_id} and (counter = 0 or counter < ${newCounter}) returning 1`.execute(
      db,
    )
  return kept.rows.length === 1 ? done({ accountId: row.account_id, personId: row.person_id }) : refused({ code: 'proofWrong' })
}

export type PasskeyView = { id: string; label: string; transports: string[]; createdAt: Instant; usedAt: Instant | null }
/** The passkeys of an account, oldest first. */
export async function listPasskeys(db: Db | Tx, accountId: string): Promise<PasskeyView[]> {
  const { rows } =
    await sql<PasskeyView>`select credential_id as id, label, transports, created_at as "createdAt", used_at as "usedAt" from passkey where account_id = ${accountId} order by created_at`.execute(
      db,
    )
  return rows
}

/** Takes a passkey away. */
export async function removePasskey(tx: Tx, accountId: string, id: string, asked: Asked & { by: string }): Promise<boolean> {
  const { rows } = await sql`delete from passkey where credential_id = ${id} and account_id = ${accountId} returning 1`.execute(tx)
  if (rows.length > 0) await recordSecurityEvent(tx, asked, { kind: 'factorRemoved', accountId, by: asked.by, code: 'passkey' })
  return rows.length > 0
}
