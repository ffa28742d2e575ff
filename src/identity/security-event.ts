import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { Asked } from './identity.ts'

/** The fixed list of security events (ASVS 16.3); the database refuses any other word. */
export const SECURITY_EVENTS = [
  'signedIn',
  'signInFailed',
  'signInDelayed',
  'factorPassed',
  'factorFailed',
  'factorAdded',
  'factorRemoved',
  'steppedUp',
  'stepUpFailed',
  'signedOut',
  'sessionsEnded',
  'passwordChanged',
  'resetIssued',
  'resetUsed',
  'resetRefused',
  'accountCreated',
  'accountDisabled',
  'accountEnabled',
  'roleGranted',
  'roleEnded',
  'firstAdministrator',
  'demoSignIn',
  'roleRefused',
  'crossSiteRefused',
] as const
export type SecurityEventKind = (typeof SECURITY_EVENTS)[number]
export type SecurityEvent = {
  kind: SecurityEventKind
  accountId?: string | undefined
  by?: string | undefined
  audience?: string | undefined
  code?: string | undefined
}

/** Puts a security event on record: ids and codes, never a name, a number or an address. */
export async function recordSecurityEvent(db: Db | Tx, asked: Asked, event: SecurityEvent): Promise<void> {
  await sql`insert into security_event (id, at, kind, account_id, by_account_id, audience, request_id, code)
    values (${uuidv7()}, ${asked.at}, ${event.kind}, ${event.accountId ?? null}, ${event.by ?? null}, ${event.audience ?? null}, ${asked.requestId}, ${event.code ?? null})`.execute(
    db,
  )
}
