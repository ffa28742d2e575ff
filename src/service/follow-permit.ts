import { sql } from 'kysely'
import type { Tx } from '../db/db.ts'
import { dayOf, type Envelope } from '../domain/kernel.ts'
import type { PermitEvent } from '../domain/permit/events.ts'
import type { Permit } from '../domain/permit/state.ts'
import type { PaperKind } from '../domain/policy/words.ts'
import { notify, openTask } from '../store/notification.ts'
import { orderPaper } from './order-paper.ts'
import type { Tools } from './tools.ts'

/** What a commit of a permit brings with it: the papers of the grant, those of the window, messages to holder and employer alike, tasks. */
export async function followPermit(tools: Tools, tx: Tx, p: Permit, events: PermitEvent[], envelope: Envelope): Promise<void> {
  const at = envelope.at
  const both = (kind: string, dueOn?: string) =>
    notify(
      tx,
      [
        { to: { employerId: p.employerId }, kind, permitId: p.id, applicationId: p.applicationId, ...(dueOn ? { dueOn } : {}) },
        { to: { personId: p.personId }, kind, permitId: p.id, ...(dueOn ? { dueOn } : {}) },
      ],
      at,
    )
  for (const event of events) {
    switch (event.type) {
      case 'permitGranted':
        for (const kind of grantPapers(event.carrier, p)) await order(tools, tx, p, kind, envelope)
        await both('permitGranted')
        break
      case 'originalsVerified':
        for (const kind of event.papers) await order(tools, tx, p, kind, envelope)
        await both('originalsVerified')
        break
      case 'entryRecorded':
      case 'entryCorrected':
        await both(event.type, p.clocks.find((c) => c.startedBy === 'entryRecorded' && c.state === 'running')?.dueOn)
        break
      case 'verificationOverdue':
        await both('verificationOverdue')
        break
      case 'noticeLapsed':
      case 'noticeUnused':
      case 'permitSuspended':
      case 'permitRestored':
      case 'permitEnded':
        await both(event.type)
        break
      case 'clockMissed':
        if (event.consequence === 'openTask') await openTask(tx, p.officeId, 'periodPassed', { permitId: p.id }, at)
        break
      default:
        break
    }
  }
}

/** With the grant come all papers of its outcome, save those that wait for the window (DD-34). */
const grantPapers = (carrier: 'notice' | 'electronicCard', p: Permit): PaperKind[] => {
  const now: PaperKind[] = carrier === 'notice' ? ['notice', 'decision'] : ['decision']
  return now.filter((k) => !p.papersAfterVerification.includes(k))
}

const order = async (tools: Tools, tx: Tx, p: Permit, kind: PaperKind, envelope: Envelope) => {
  const { rows } = await sql<{
    data_key_id: string
    version: number
  }>`select a.data_key_id, m.version from permit m join application a on a.id = m.application_id where m.id = ${p.id}`.execute(tx)
  const row = rows[0]!
  await orderPaper(
    tools,
    tx,
    { kind: 'permit', id: p.id, dataKeyId: row.data_key_id },
    p.packHash,
    {
      kind,
      applicationId: p.applicationId,
      permitId: p.id,
      formVersion: p.formVersion,
      officeId: p.officeId,
      on: dayOf(envelope.at),
      atVersion: row.version,
    },
    envelope.at,
  )
}
