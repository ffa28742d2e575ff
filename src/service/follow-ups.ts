import { sql } from 'kysely'
import type { Tx } from '../db/db.ts'
import type { ApplicationEvent } from '../domain/application/events.ts'
import { type Application, officeOf } from '../domain/application/state.ts'
import { dayOf, type Envelope } from '../domain/kernel.ts'
import { fullName } from '../domain/names/full-name.ts'
import { searchTokens } from '../domain/names/search-tokens.ts'
import type { PaperKind } from '../domain/policy/words.ts'
import { getForm } from '../store/form.ts'
import { notify, openTask } from '../store/notification.ts'
import type { PaperOrder } from '../store/paper.ts'
import { indexOwner } from '../store/search/search-index.ts'
import { orderPaper } from './order-paper.ts'
import type { Tools } from './tools.ts'

/** Which papers an event brings with it, and what they carry beside the filing itself. */
const papersOf = (a: Application, e: ApplicationEvent): { kind: PaperKind; more?: Partial<PaperOrder> }[] => {
  switch (e.type) {
    case 'returned': {
      const dueOn = a.clocks.find((c) => c.startedBy === 'returned' && c.state === 'running')?.dueOn
      return [{ kind: 'deficiencyNotice', more: { defects: e.defects.map((d) => d.id), ...(dueOn ? { dueOn } : {}) } }]
    }
    case 'accepted':
      return [{ kind: 'acceptanceReceipt' }]
    case 'notAccepted':
      return [{ kind: 'nonAcceptance', more: { reasons: e.reasons, ...(e.noteId ? { noteId: e.noteId } : {}) } }]
    case 'clockExtended':
      return [{ kind: 'extensionOfTime' }]
    // Papers of a granted permit follow the permit, which is written next.
    case 'decided':
      return e.permitId ? [] : e.papers.map((kind) => ({ kind, more: { reasons: e.reasons, ...(e.noteId ? { noteId: e.noteId } : {}) } }))
    default:
      return []
  }
}

/** Messages in the boxes of employer and office, by event. */
const TELLS: Partial<Record<ApplicationEvent['type'], 'employer' | 'office'>> = {
  returned: 'employer',
  accepted: 'employer',
  notAccepted: 'employer',
  decided: 'employer',
  lapsed: 'employer',
  clockExtended: 'employer',
  resubmitted: 'office',
  withdrawn: 'office',
}

/** What a commit of a filing brings with it: papers due, messages, search words, tasks. All in the same transaction. */
export async function followUps(tools: Tools, tx: Tx, a: Application, events: ApplicationEvent[], envelope: Envelope): Promise<void> {
  const at = envelope.at
  const { rows } = await sql<{
    data_key_id: string
    version: number
  }>`select data_key_id, version from application where id = ${a.id}`.execute(tx)
  const row = rows[0]!
  for (const event of events) {
    for (const { kind, more } of papersOf(a, event)) {
      const officeId = officeOf(a) ?? a.offices.decision ?? a.offices.preReview
      if (!officeId || !a.packHash) throw new Error(`a paper of ${a.id} is due before the filing has an office`)
      await orderPaper(
        tools,
        tx,
        { kind: 'application', id: a.id, dataKeyId: row.data_key_id },
        a.packHash,
        { kind, applicationId: a.id, formVersion: a.formVersion, officeId, on: dayOf(at), atVersion: row.version, ...more },
        at,
      )
    }
    const side = TELLS[event.type]
    const officeId = officeOf(a)
    if (side === 'employer') await notify(tx, [{ to: { employerId: a.employerId }, kind: event.type, applicationId: a.id }], at)
    if (side === 'office' && officeId) await notify(tx, [{ to: { officeId }, kind: event.type, applicationId: a.id }], at)
    if (
      event.type === 'clockMissed' &&
      officeId &&
      (event.consequence === 'openTask' || event.consequence === 'alarm' || event.consequence === 'deemAccepted')
    )
      await openTask(tx, officeId, event.consequence, { applicationId: a.id }, at)
    if (event.type === 'submitted' || event.type === 'resubmitted') await indexFiling(tools, tx, a)
  }
}

/** Search words of a filing: the person's names in every form, the case number, the passport number as typed. Keyed before they are stored. */
const indexFiling = async (tools: Tools, tx: Tx, a: Application) => {
  const form = await getForm(tx, tools.vault, a.id, a.formVersion)
  const { identity, employer } = form
  const words = [
    ...(identity
      ? searchTokens({
          full: fullName(identity),
          surname: identity.surname ?? '',
          givenNames: identity.givenNames ?? '',
          chineseName: identity.chineseName ?? '',
        })
      : []),
    ...(employer?.name ? searchTokens({ full: employer.nameEn ?? '', surname: '', givenNames: '', chineseName: employer.name }) : []),
    `no:${a.caseNo}`,
    ...(identity?.passportNumber ? [`no:${identity.passportNumber.toUpperCase().replace(/[^A-Z0-9]/g, '')}`] : []),
  ]
  await indexOwner(tx, tools.vault, { kind: 'application', id: a.id }, [...new Set(Object.values(a.offices))], words)
}
