import { sql } from 'kysely'
import { type Db, type Tx, transaction } from '../db/db.ts'
import { type Asked, factorRequired, type Identity, type SessionAudience } from './identity.ts'
import { isKnownDevice, rememberDevice } from './known-device.ts'
import { forgetTries, giveBackTry, type Slowness, takeTry } from './limit-counter.ts'
import { type Login, loginBlind } from './login.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'
import { type NewSession, type SessionState, startSession } from './session.ts'

export type FactorKind = 'totp' | 'passkey'
export type SignedIn = { session: NewSession; accountId: string; personId: string; factors: FactorKind[]; deviceToken?: string }
export type SignInAttempt = Asked & {
  audience: SessionAudience
  login: Login
  password: string
  /** The client's address as the listed proxies tell it; only its keyed digest is kept. */
  address: string
  /** What the browser was given at an earlier whole sign-in. */
  deviceToken?: string | undefined
  /** One more thing that must fit, such as the holder's name; asked only after the password was right. */
  alsoRight?: (personId: string) => Promise<boolean>
}

/** An IPv6 subscriber has a whole /64 to try from: it counts as one. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => part.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}

type Row = { id: string; person_id: string; password_hash: string | null; disabled_at: string | null }

/**
 * Signs in with login and password. A known and an unknown account get the same answer after the same work; tries are taken from two counters
 * (login, address) before anything is looked at, and wait longer each time. The owner's own browser counts apart, so that strangers cannot lock the owner out.
 */
export async function signIn(db: Db, identity: Identity, attempt: SignInAttempt): Promise<IdentityOutcome<SignedIn>> {
  const { audience, at } = attempt
  const blind = loginBlind(identity.vault, audience, attempt.login)
  const { rows } =
    await sql<Row>`select a.id, a.person_id, a.password_hash, a.disabled_at from account_login l join account a on a.id = l.account_id
    where l.audience = ${audience} and l.blind = ${blind}`.execute(db)
  const account = rows[0]
  const known = await isKnownDevice(db, account?.id, attempt.deviceToken)
  const ofLogin: Slowness = {
    name: known ? 'signIn.device' : 'signIn.login',
    of: known ? `${attempt.deviceToken}` : blind.toString('hex'),
    free: 5,
    mostSeconds: 900,
  }
  const ofAddress: Slowness = { name: 'signIn.address', of: networkOf(attempt.address), free: 20, mostSeconds: 300 }

  const byLogin = await takeTry(db, identity.vault, ofLogin, at)
  if (!byLogin.ok) return refused({ code: 'tooManyTries', retryAfterSeconds: byLogin.retryAfterSeconds })
  if (!known) {
    const byAddress = await takeTry(db, identity.vault, ofAddress, at)
    if (!byAddress.ok) return refused({ code: 'tooManyTries', retryAfterSeconds: byAddress.retryAfterSeconds })
  }

  const usable = account && account.disabled_at === null ? account : undefined
  const verdict = await identity.hasher.verify(usable?.password_hash ?? undefined, attempt.password)
  if (verdict === 'busy') {
    await giveBackTry(db, identity.vault, ofLogin)
    return refused({ code: 'busy', retryAfterSeconds: 5 })
  }
  const right = verdict === 'right' && usable !== undefined && (await (attempt.alsoRight?.(usable.person_id) ?? true))
  if (!right) {
    const kind = byLogin.count >= ofLogin.free ? 'signInDelayed' : 'signInFailed'
    await recordSecurityEvent(db, attempt, { kind, accountId: account?.id, audience })
    return refused({ code: 'signInWrong' })
  }
  await forgetTries(db, identity.vault, ofLogin)
  if (!known) await giveBackTry(db, identity.vault, ofAddress)
  const opened = await transaction(db, (tx) => openAfterPassword(tx, identity, attempt, usable))
  return opened ? done(opened) : refused({ code: 'signInWrong' })
}

const openAfterPassword = async (tx: Tx, identity: Identity, attempt: SignInAttempt, account: Row): Promise<SignedIn | undefined> => {
  const held =
    await sql`select 1 from account where id = ${account.id} and disabled_at is null and password_hash = ${account.password_hash} for share`.execute(
      tx,
    )
  if (held.rows.length === 0) return undefined
  const factors = await listFactors(tx, account.id)
  const state = stateAfterPassword(identity, attempt.audience, factors)
  const session = await startSession(
    tx,
    identity,
    { accountId: account.id, audience: attempt.audience, state, level: 'password', steppedUp: state === 'open' },
    attempt.at,
  )
  await recordSecurityEvent(tx, attempt, { kind: 'signedIn', accountId: account.id, audience: attempt.audience, code: state })
  const deviceToken = state === 'open' ? await rememberDevice(tx, account.id, attempt.deviceToken, attempt.at) : undefined
  return { session, accountId: account.id, personId: account.person_id, factors, ...(deviceToken ? { deviceToken } : {}) }
}

/** Whoever has a second factor must show it; whoever needs one and has none must enrol it first. */
export const stateAfterPassword = (identity: Identity, audience: SessionAudience, factors: readonly FactorKind[]): SessionState =>
  factors.length > 0 ? 'needsFactor' : factorRequired(identity, audience) ? 'needsEnrolment' : 'open'

/** The second factors an account has set. */
export async function listFactors(db: Db | Tx, accountId: string): Promise<FactorKind[]> {
  const { rows } = await sql<{ totp: boolean; passkey: boolean }>`select
    exists (select 1 from totp_factor where account_id = ${accountId} and confirmed_at is not null) as totp,
    exists (select 1 from passkey where account_id = ${accountId}) as passkey`.execute(db)
  return [...(rows[0]?.passkey ? (['passkey'] as const) : []), ...(rows[0]?.totp ? (['totp'] as const) : [])]
}
