import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db, Tx } from '../db/db.ts'
import type { Role } from '../domain/kernel.ts'
import type { Asked } from './identity.ts'
import { done, type IdentityOutcome, refused } from './refusals.ts'
import { recordSecurityEvent } from './security-event.ts'
import { endSessionsOf } from './session.ts'

export type NewMembership = {
  accountId: string
  role: Role
  officeId?: string
  employerId?: string
  mandateId?: string
  from?: string
  until?: string
}

const CASE_ROLES: readonly Role[] = ['preReviewer', 'acceptanceClerk', 'reviewer', 'decider', 'windowClerk', 'supervisor']
/** Those who run or watch the system do not decide cases, and do not watch themselves (threat OPS-3). By person, over all accounts. */
const excludes: Partial<Record<Role, readonly Role[]>> = {
  administrator: [...CASE_ROLES, 'auditor', 'policyOfficer'],
  auditor: [...CASE_ROLES, 'administrator', 'policyOfficer'],
  policyOfficer: ['administrator', 'auditor'],
}
export const rolesExclude = (a: Role, b: Role): boolean => (excludes[a]?.includes(b) ?? false) || (excludes[b]?.includes(a) ?? false)

/** Which of a person's hats in force forbids one more role, if any. The caller holds the person's accounts. */
export async function findExcludingRole(tx: Db | Tx, accountId: string, role: Role, at: string): Promise<Role | undefined> {
  const { rows } = await sql<{
    role: Role
  }>`select distinct m.role from membership m join account o on o.id = m.account_id join account a on a.person_id = o.person_id
    where a.id = ${accountId} and (m.until_at is null or m.until_at > ${at})`.execute(tx)
  return rows.map((r) => r.role).find((held) => rolesExclude(held, role))
}

/** Gives an account a role at an office or for an employer. Sessions of the account end, so that a new one carries the new right (threat SES-3). */
export async function addMembership(
  tx: Tx,
  given: NewMembership,
  asked: Asked & { by?: string },
): Promise<IdentityOutcome<{ membershipId: string }>> {
  // One person's accounts change one at a time, else two grants at once could pass each other.
  await sql`select 1 from account where person_id = (select person_id from account where id = ${given.accountId}) order by id for update`.execute(
    tx,
  )
  const against = await findExcludingRole(tx, given.accountId, given.role, asked.at)
  if (against) return refused({ code: 'rolesExclude', role: against })
  const membershipId = uuidv7()
  const { rows } = await sql<{
    id: string
  }>`insert into membership (id, account_id, role, office_id, employer_id, mandate_id, from_at, until_at, granted_by)
    values (${membershipId}, ${given.accountId}, ${given.role}, ${given.officeId ?? null}, ${given.employerId ?? null}, ${given.mandateId ?? null}, ${given.from ?? asked.at}, ${given.until ?? null}, ${asked.by ?? null})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) {
    const known = await sql<{
      id: string
    }>`select id from membership where account_id = ${given.accountId} and role = ${given.role} and until_at is null
      and office_id is not distinct from ${given.officeId ?? null}::uuid and employer_id is not distinct from ${given.employerId ?? null}::uuid`.execute(
      tx,
    )
    return done({ membershipId: known.rows[0]?.id ?? membershipId })
  }
  await endSessionsOf(tx, given.accountId, 'roleChanged', asked)
  await recordSecurityEvent(tx, asked, { kind: 'roleGranted', accountId: given.accountId, by: asked.by, code: given.role })
  return done({ membershipId })
}

/** Ends a role. An act in flight either committed before or will not: the account is locked first. */
export async function endMembership(tx: Tx, membershipId: string, asked: Asked & { by: string }): Promise<boolean> {
  await sql`select 1 from account where id = (select account_id from membership where id = ${membershipId}) for update`.execute(tx)
  const { rows } = await sql<{
    account_id: string
    role: string
  }>`update membership set until_at = greatest(${asked.at}::timestamptz, from_at), ended_by = ${asked.by}
    where id = ${membershipId} and (until_at is null or until_at > ${asked.at}) returning account_id, role`.execute(tx)
  const ended = rows[0]
  if (!ended) return false
  await endSessionsOf(tx, ended.account_id, 'roleChanged', asked)
  await recordSecurityEvent(tx, asked, { kind: 'roleEnded', accountId: ended.account_id, by: asked.by, code: ended.role })
  return true
}
