import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { caseNumber } from '../../domain/application/case-number.ts'
import { dayOf, type Envelope } from '../../domain/kernel.ts'
import { createApplication } from '../../store/application.ts'
import { findRouting } from '../../store/office.ts'
import { findEmployer } from '../../store/small-aggregate.ts'
import { done, type Outcome, once, type Receipt, refused } from '../once.ts'
import type { Tools } from '../tools.ts'

export type Started = Receipt & { target: string; caseNo: string; version: number }

/**
 * Begins a filing of one item for the acting employer. A removed item explains itself instead; a unit that no officer has approved
 * may only file about itself (EMP-4).
 */
export async function startDraft(tools: Tools, envelope: Envelope, body: { item: string }): Promise<Outcome<Started>> {
  const { actor } = envelope
  const { employerId } = actor
  if (!employerId || (actor.role !== 'handler' && actor.role !== 'agencyStaff'))
    return refused({ code: 'roleNotAllowed', role: actor.role })
  return once<Started>(tools.db, envelope, body, async (tx) => {
    const employer = await findEmployer(tx, employerId)
    if (!employer) return refused({ code: 'notFound' })
    const routing = await findRouting(tx, body.item, employer.areaCode, employer.tier)
    if (!routing) return refused({ code: 'noOffice' })
    const { pack } = await tools.packs.inForce(routing.jurisdiction, dayOf(envelope.at))
    const item = Object.hasOwn(pack.items, body.item) ? pack.items[body.item] : undefined
    if (!item) return refused({ code: 'itemUnknown', item: body.item })
    if (item.offer === 'closedTo') return refused({ code: 'itemClosed', item: body.item, since: item.since, replacedBy: item.replacedBy })
    if (item.subject === 'person' && employer.state.standing !== 'approved') return refused({ code: 'employerNotApproved' })
    const id = uuidv7()
    const { rows } = await sql<{ serial: number }>`select nextval('case_serial') as serial`.execute(tx)
    const caseNo = caseNumber(dayOf(envelope.at), Number(rows[0]?.serial))
    const dataKeyId = await tools.vault.createDataKey(tx)
    const filedBy = actor.role === 'agencyStaff' ? 'agency' : 'employer'
    const event = {
      type: 'draftStarted',
      v: 1,
      id,
      caseNo,
      item: body.item,
      subject: item.subject,
      employerId,
      filedBy,
      ...(actor.mandateId ? { mandateId: actor.mandateId } : {}),
    } as const
    const { head } = await createApplication(tx, [event], dataKeyId, envelope)
    return done({ target: id, caseNo, version: head.version })
  })
}
