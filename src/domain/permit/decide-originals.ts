import { addMonths } from '../clock/calendar.ts'
import { type Day, no, yes } from '../kernel.ts'
import type { PermitCommand, PermitDecision, PermitWorld } from './decide.ts'
import type { Permit } from './state.ts'

type WindowCommand = Extract<PermitCommand, { type: 'checkOriginal' | 'finishVerification' | 'collectDecision' }>

/** Every paper that the window must see before the Decision is handed over. */
export const askedAtWindow = (p: Permit, world: Pick<PermitWorld, 'windowPapers'>): string[] => [
  ...new Set([...p.originalsAsked, ...world.windowPapers]),
]

/** The window: original and sealed copy against the upload, paper by paper, over as many visits as it takes (DD-31). */
export function decideOriginals(p: Permit, command: WindowCommand, world: PermitWorld): PermitDecision {
  const by = { accountId: world.envelope.actor.accountId, personId: world.envelope.actor.personId }
  switch (command.type) {
    case 'checkOriginal': {
      if (p.verification === 'notRequired') return no({ code: 'verificationNotAsked' })
      if (p.verification === 'done') return no({ code: 'actionNotOpen', action: command.type, stage: p.verification })
      if (!askedAtWindow(p, world).includes(command.code)) return no({ code: 'originalNotAsked', paper: command.code })
      if (command.result === 'mismatch' && !world.windowReasons.includes(command.reason ?? ''))
        return no({ code: 'reasonUnknown', reason: command.reason ?? '' })
      if (command.result === 'deferred' && !command.until) return no({ code: 'reasonNeeded' })
      const fault = command.result === 'match' ? medicalFault(command, world) : undefined
      const original = {
        result: fault ? ('deferred' as const) : command.result,
        on: world.today,
        visitId: command.visitId,
        ...(fault ? { reason: fault } : command.reason ? { reason: command.reason } : {}),
        ...(command.until ? { until: command.until } : {}),
      }
      return yes([{ type: 'originalChecked', v: 1, code: command.code, original, by }])
    }
    case 'finishVerification': {
      if (p.verification === 'notRequired') return no({ code: 'verificationNotAsked' })
      if (p.verification === 'done') return yes([])
      const left = askedAtWindow(p, world).filter((code) => p.originals[code]?.result !== 'match')
      if (left.length > 0) return no({ code: 'originalsLeft', papers: left })
      return yes([{ type: 'originalsVerified', v: 1, on: world.today, by, papers: p.papersAfterVerification }])
    }
    case 'collectDecision':
      if (p.verification !== 'done') return no({ code: 'decisionNotReady' })
      if (p.decisionCollectedOn) return yes([])
      return yes([{ type: 'decisionCollected', v: 1, on: world.today, by: command.by, visitId: command.visitId }])
    default:
      return command satisfies never
  }
}

/** The medical report is measured on the day of the visit and must come from a domestic body (DD-16, GC-07). */
const medicalFault = (command: Extract<WindowCommand, { type: 'checkOriginal' }>, world: PermitWorld): string | undefined => {
  const m = world.medical
  if (!m || command.code !== m.code) return undefined
  if (!m.issuers.includes(command.issuedBy ?? '')) return m.notDomestic
  const issuedOn: Day | undefined = command.issuedOn
  return issuedOn === undefined || addMonths(issuedOn, m.months) < world.today ? m.tooOld : undefined
}
