import { sql } from 'kysely'
import { type Db, transaction } from '../db/db.ts'
import type { Instant } from '../domain/kernel.ts'
import { findPasswordHash } from './accounts.ts'
import type { Asked, Identity, SessionAudience } from './identity.ts'
import { rememberDevice } from './known-device.ts'
import { forgetTries, giveBackTry, type Slowness, takeTry } from './limit-counter.ts'
import { checkPasskey } from './passkeys.ts'
import { done, type IdentityOutcome, type IdentityRefusal, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'
import { type NewSession, type OutsideLevel, rotateSession, type Session, startSession } from './session.ts'
import { type FactorKind, listFactors } from './sign-in.ts'
import { useTotp } from './totp.ts'

/** What a signed-in person shows to be surer. */
export type Proof =
  | { kind: 'password'; password: string }
  | { kind: 'totp'; code: string }
  | { kind: 'passkey'; challengeId: string; response: unknown }

/** Is the last proof of this session young enough for a grave act? */
export const isSteppedUp = ({ config }: Identity, session: Pick<Session, 'steppedUpAt'>, at: Instant): boolean =>
  session.steppedUpAt !== undefined && Date.parse(at) - Date.parse(session.steppedUpAt) <= config.stepUpMinutes * 60_000

/** Which proofs an account may show: its second factors, and the password only where it has none. */
export const proofsOf = (factors: readonly FactorKind[]): Proof['kind'][] => (factors.length > 0 ? [...factors] : ['password'])

const slowOf = (accountId: string): Slowness => ({ name: 'proof', of: accountId, free: 5, mostSeconds: 900 })

const prove = async (
  db: Db,
  identity: Identity,
  session: Session,
  use: 'factor' | 'stepUp',
  proof: Proof,
  at: Instant,
): Promise<IdentityRefusal | undefined> => {
  const slow = slowOf(session.accountId)
  const taken = await takeTry(db, identity.vault, slow, at)
  if (!taken.ok) return { code: 'tooManyTries', retryAfterSeconds: taken.retryAfterSeconds }
  const refusal = await check(db, identity, session, use, proof, at)
  if (!refusal) await forgetTries(db, identity.vault, slow)
  if (refusal?.code === 'busy') await giveBackTry(db, identity.vault, slow)
  return refusal
}
const check = async (
  db: Db,
  identity: Identity,
  session: Session,
  use: 'factor' | 'stepUp',
  proof: Proof,
  at: Instant,
): Promise<IdentityRefusal | undefined> => {
  if (proof.kind === 'totp') return (await useTotp(db, identity, session.accountId, proof.code, at)) ? undefined : { code: 'proofWrong' }
  if (proof.kind === 'passkey') {
    const shown = await checkPasskey(db, identity, use, session.audience, session, proof.challengeId, proof.response, at)
    return shown.ok ? undefined : shown.refusal
  }
  const stored = await findPasswordHash(db, session.accountId)
  const verdict = await identity.hasher.verify(stored, proof.password)
  return verdict === 'right' ? undefined : verdict === 'busy' ? { code: 'busy', retryAfterSeconds: 5 } : { code: 'proofWrong' }
}
const levelOf = (proof: Proof, before: OutsideLevel): OutsideLevel =>
  proof.kind === 'passkey' ? 'passkey' : proof.kind === 'totp' ? 'twoFactor' : before

/** Second step of a sign-in: opens the half-open session under a new id. */
export async function passSecondFactor(
  db: Db,
  identity: Identity,
  session: Session,
  proof: Exclude<Proof, { kind: 'password' }>,
  asked: Asked & { deviceToken?: string | undefined },
): Promise<IdentityOutcome<{ session: NewSession; deviceToken: string }>> {
  if (session.state !== 'needsFactor') return refused({ code: 'factorNotSet' })
  const refusal = await prove(db, identity, session, 'factor', proof, asked.at)
  if (refusal) {
    await recordSecurityEvent(db, asked, {
      kind: 'factorFailed',
      accountId: session.accountId,
      audience: session.audience,
      code: proof.kind,
    })
    return refused(refusal)
  }
  return open(db, identity, session, levelOf(proof, 'twoFactor'), asked)
}

/** Opens a session whose owner has just enrolled the factor that was missing; enrolling proved it. */
export async function openAfterEnrolment(
  db: Db,
  identity: Identity,
  session: Session,
  by: FactorKind,
  asked: Asked & { deviceToken?: string | undefined },
): Promise<IdentityOutcome<{ session: NewSession; deviceToken: string }>> {
  return open(db, identity, session, by === 'passkey' ? 'passkey' : 'twoFactor', asked)
}

const open = (
  db: Db,
  identity: Identity,
  session: Session,
  level: OutsideLevel,
  asked: Asked & { deviceToken?: string | undefined },
): Promise<IdentityOutcome<{ session: NewSession; deviceToken: string }>> =>
  transaction(db, async (tx) => {
    const fresh = await rotateSession(tx, identity, session, { state: 'open', level, steppedUp: true }, asked.at)
    if (!fresh) return refused({ code: 'notSignedIn' })
    await recordSecurityEvent(tx, asked, { kind: 'factorPassed', accountId: session.accountId, audience: session.audience, code: level })
    return done({ session: fresh, deviceToken: await rememberDevice(tx, session.accountId, asked.deviceToken, asked.at) })
  })

/** Renews the proof before a grave act (threat SES-6): a second factor where there is one, else the password. New session id. */
export async function stepUp(
  db: Db,
  identity: Identity,
  session: Session,
  proof: Proof,
  asked: Asked,
): Promise<IdentityOutcome<NewSession>> {
  const allowed = proofsOf(await listFactors(db, session.accountId))
  const refusal = allowed.includes(proof.kind)
    ? await prove(db, identity, session, 'stepUp', proof, asked.at)
    : ({ code: 'factorNotSet' } as const)
  if (refusal) {
    await recordSecurityEvent(db, asked, {
      kind: 'stepUpFailed',
      accountId: session.accountId,
      audience: session.audience,
      code: proof.kind,
    })
    return refused(refusal)
  }
  return renew(db, identity, session, levelOf(proof, session.level), asked)
}

/** Marks a session as freshly proved, under a new id. */
export const renew = (
  db: Db,
  identity: Identity,
  session: Session,
  level: OutsideLevel,
  asked: Asked,
): Promise<IdentityOutcome<NewSession>> =>
  transaction(db, async (tx) => {
    const fresh = await rotateSession(tx, identity, session, { state: session.state, level, steppedUp: true }, asked.at)
    if (!fresh) return refused({ code: 'notSignedIn' })
    await recordSecurityEvent(tx, asked, { kind: 'steppedUp', accountId: session.accountId, audience: session.audience, code: level })
    return done(fresh)
  })

/** Signs in with a passkey alone: possession and user verification are two factors in one. */
export async function signInWithPasskey(
  db: Db,
  identity: Identity,
  audience: SessionAudience,
  shown: { challengeId: string; response: unknown },
  asked: Asked & { deviceToken?: string | undefined },
): Promise<IdentityOutcome<{ session: NewSession; deviceToken: string; accountId: string }>> {
  const owner = await checkPasskey(db, identity, 'signIn', audience, undefined, shown.challengeId, shown.response, asked.at)
  if (!owner.ok) {
    await recordSecurityEvent(db, asked, { kind: 'signInFailed', audience, code: 'passkey' })
    return refused({ code: owner.refusal.code === 'challengeNotValid' ? 'challengeNotValid' : 'signInWrong' })
  }
  const { accountId } = owner.value
  return transaction(db, async (tx) => {
    const held = await sql`select 1 from account where id = ${accountId} and disabled_at is null for share`.execute(tx)
    if (held.rows.length === 0) return refused({ code: 'signInWrong' })
    const session = await startSession(tx, identity, { accountId, audience, state: 'open', level: 'passkey', steppedUp: true }, asked.at)
    await recordSecurityEvent(tx, asked, { kind: 'signedIn', accountId, audience, code: 'passkey' })
    return done({ session, accountId, deviceToken: await rememberDevice(tx, accountId, asked.deviceToken, asked.at) })
  })
}
