import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Instant, SignInLevel } from '../domain/kernel.ts'
import type { Asked, Identity, SessionAudience, SessionLife } from './identity.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { recordSecurityEvent } from './security-event.ts'

/** `needsFactor`, `needsEnrolment`: the password was right, but no role is active until the second factor is shown or enrolled. */
export type SessionState = 'open' | 'needsFactor' | 'needsEnrolment'
export type OutsideLevel = Exclude<SignInLevel, 'system'>
export type Session = {
  idHash: Buffer
  audience: SessionAudience
  accountId: string
  state: SessionState
  level: OutsideLevel
  steppedUpAt?: Instant
  csrf: string
  createdAt: Instant
  idleUntil: Instant
  endsAt: Instant
}
/** A session as its owner gets it once: the id goes into the cookie and is stored nowhere. */
export type NewSession = { token: string; csrf: string; audience: SessionAudience; state: SessionState; endsAt: Instant }
export type StartOf = { accountId: string; audience: SessionAudience; state: SessionState; level: OutsideLevel; steppedUp: boolean }

const plus = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString()
const earlier = (a: Instant, b: Instant): Instant => (Date.parse(a) < Date.parse(b) ? a : b)
/** When a session that is used now ends if nothing follows, and when it ends in any case. */
export const lifeFrom = (life: SessionLife, createdAt: Instant, at: Instant): { idleUntil: Instant; endsAt: Instant } => {
  const endsAt = plus(createdAt, life.absoluteHours * 3_600_000)
  return { idleUntil: earlier(plus(at, life.idleMinutes * 60_000), endsAt), endsAt }
}

/** Starts a session with a fresh id of 256 random bits; an id that came from outside is never taken (threat SES-3). */
export async function startSession(tx: Tx, identity: Identity, start: StartOf, at: Instant): Promise<NewSession> {
  const token = newSecret()
  const csrf = newSecret()
  const { idleUntil, endsAt } = lifeFrom(identity.config.sessions[start.audience], at, at)
  await sql`insert into web_session (id_hash, audience, account_id, state, level, stepped_up_at, csrf_secret, created_at, seen_at, idle_until, ends_at)
    values (${hashOfSecret(token)}, ${start.audience}, ${start.accountId}, ${start.state}, ${start.level}, ${start.steppedUp ? at : null}, ${csrf}, ${at}, ${at}, ${idleUntil}, ${endsAt})`.execute(
    tx,
  )
  return { token, csrf, audience: start.audience, state: start.state, endsAt }
}

/**
 * Replaces a session by a new one with another id (after second factor and step-up). The absolute end stays that of the first sign-in;
 * the old id is dead at once. Undefined when the old one ended meanwhile.
 */
export async function rotateSession(
  tx: Tx,
  identity: Identity,
  old: Session,
  to: { state: SessionState; level: OutsideLevel; steppedUp: boolean },
  at: Instant,
): Promise<NewSession | undefined> {
  const ended =
    await sql`update web_session set ended_at = ${at}, ended_because = 'rotated' where id_hash = ${old.idHash} and ended_at is null returning 1`.execute(
      tx,
    )
  if (ended.rows.length === 0) return undefined
  const fresh = await startSession(tx, identity, { ...to, accountId: old.accountId, audience: old.audience }, at)
  const { idleUntil, endsAt } = lifeFrom(identity.config.sessions[old.audience], old.createdAt, at)
  await sql`update web_session set created_at = ${old.createdAt}, idle_until = ${idleUntil}, ends_at = ${endsAt} where id_hash = ${hashOfSecret(fresh.token)}`.execute(
    tx,
  )
  return { ...fresh, endsAt }
}

/** Keeps a used session alive; writes at most once in a tenth of its idle time, at most once a minute. */
export async function touchSession(db: Db | Tx, identity: Identity, session: Session, at: Instant): Promise<void> {
  const life = identity.config.sessions[session.audience]
  const { idleUntil } = lifeFrom(life, session.createdAt, at)
  const step = Math.min(60_000, life.idleMinutes * 6_000)
  if (Date.parse(idleUntil) - Date.parse(session.idleUntil) < step) return
  await sql`update web_session set seen_at = ${at}, idle_until = ${idleUntil} where id_hash = ${session.idHash} and ended_at is null`.execute(
    db,
  )
}

/** Ends one session: sign-out. */
export async function endSession(tx: Tx, session: Session, asked: Asked): Promise<void> {
  await sql`update web_session set ended_at = ${asked.at}, ended_because = 'signedOut' where id_hash = ${session.idHash} and ended_at is null`.execute(
    tx,
  )
  await recordSecurityEvent(tx, asked, { kind: 'signedOut', accountId: session.accountId, audience: session.audience })
}

export type EndReason = 'disabled' | 'roleChanged' | 'passwordChanged' | 'passwordReset' | 'factorRemoved' | 'byOwner'
/** Ends all sessions of an account, but one if named; tells how many ended. */
export async function endSessionsOf(
  tx: Tx,
  accountId: string,
  because: EndReason,
  asked: Asked & { by?: string },
  but?: Buffer,
): Promise<number> {
  const { rows } = await sql`update web_session set ended_at = ${asked.at}, ended_because = ${because}
    where account_id = ${accountId} and ended_at is null and (${but ?? null}::bytea is null or id_hash <> ${but ?? null}::bytea) returning 1`.execute(
    tx,
  )
  if (rows.length > 0) await recordSecurityEvent(tx, asked, { kind: 'sessionsEnded', accountId, by: asked.by, code: because })
  return rows.length
}

/** Removes sessions that ended more than `keepDays` ago; tells how many. Run by a daily task. */
export async function sweepSessions(tx: Tx, at: Instant, keepDays = 90): Promise<number> {
  const limit = plus(at, -keepDays * 86_400_000)
  const { rows } = await sql`delete from web_session where coalesce(ended_at, idle_until) < ${limit} returning 1`.execute(tx)
  await sql`delete from passkey_challenge where expires_at < ${at}`.execute(tx)
  await sql`delete from limit_counter where last_at < ${plus(at, -2 * 86_400_000)}`.execute(tx)
  return rows.length
}
