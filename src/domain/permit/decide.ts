import type { Officer } from '../application/state.ts'
import type { Calendar } from '../clock/calendar.ts'
import { hasPassed, mayFire, missClock, stopClock } from '../clock/clock.ts'
import { followSteps, type RunningPeriod, type Step } from '../clock/follow.ts'
import { type Day, type Decision, type Envelope, no, type Role, yes } from '../kernel.ts'
import type { EndKind, PaperKind } from '../policy/words.ts'
import type { Refusal } from '../refusals.ts'
import { decideEntry } from './decide-entry.ts'
import { decideOriginals } from './decide-originals.ts'
import { PERMIT_MILESTONES, type PermitEvent } from './events.ts'
import type { OriginalResult, Permit } from './state.ts'

export type PermitCommand =
  | { type: 'recordEntry'; enteredOn: Day }
  | { type: 'declareUnused'; noteId: string }
  | {
      type: 'checkOriginal'
      code: string
      result: OriginalResult
      reason?: string
      until?: Day
      visitId: string
      issuedOn?: Day
      issuedBy?: string
    }
  | { type: 'finishVerification' }
  | { type: 'collectDecision'; by: 'holder' | 'handler' | 'agent'; visitId: string }
  | { type: 'suspend'; noteId: string }
  | { type: 'restore'; noteId: string }
  | { type: 'end'; kind: EndKind }
  | { type: 'letPeriodPass'; clockId: string }
export type PermitAction = PermitCommand['type']

/** Everything a decision about a permit may look at; `originals` are the window's own checks of the pack beside the uploaded papers. */
export type PermitWorld = {
  envelope: Envelope
  today: Day
  calendar: Calendar
  periods: RunningPeriod[]
  /** Codes of mismatch reasons that the pack offers at the window. */
  windowReasons: string[]
  /** Checks of the window that have no upload: passport, visa or residence page, domestic medical report (DD-31). */
  windowPapers: string[]
  /** Months that a medical report may be old on the day of the visit; issuers that count as domestic. */
  medical?: { code: string; months: number; issuers: string[]; tooOld: string; notDomestic: string }
}
export type PermitDecision = Decision<PermitEvent, Refusal>

const FILER: readonly Role[] = ['handler', 'agencyStaff']
/** Who may give which order to a permit. */
export const PERMIT_ROLES: Readonly<Record<PermitAction, readonly Role[]>> = {
  recordEntry: [...FILER, 'holder', 'windowClerk'],
  declareUnused: FILER,
  checkOriginal: ['windowClerk'],
  finishVerification: ['windowClerk'],
  collectDecision: ['windowClerk'],
  suspend: ['supervisor'],
  restore: ['supervisor'],
  end: ['system', 'decider'],
  letPeriodPass: ['system'],
}

/** Answers an order to a permit. Pure, like its sibling for filings. */
export function decidePermit(p: Permit, command: PermitCommand, world: PermitWorld): PermitDecision {
  const { actor } = world.envelope
  if (!PERMIT_ROLES[command.type].includes(actor.role)) return no({ code: 'roleNotAllowed', role: actor.role })
  const answer = family(p, command, world)
  if (!answer.ok) return answer
  return yes([...answer.events, ...permitClocks(p, answer.events, world)])
}

const family = (p: Permit, command: PermitCommand, world: PermitWorld): PermitDecision => {
  switch (command.type) {
    case 'recordEntry':
    case 'declareUnused':
      return decideEntry(p, command, world)
    case 'checkOriginal':
    case 'finishVerification':
    case 'collectDecision':
      return decideOriginals(p, command, world)
    case 'suspend':
      if (p.standing !== 'active' && p.standing !== 'noticeIssued')
        return no({ code: 'actionNotOpen', action: 'suspend', stage: p.standing })
      return yes([{ type: 'permitSuspended', v: 1, on: world.today, noteId: command.noteId, by: officer(world) }])
    case 'restore':
      if (p.standing !== 'suspended') return no({ code: 'actionNotOpen', action: 'restore', stage: p.standing })
      return yes([{ type: 'permitRestored', v: 1, on: world.today, noteId: command.noteId, by: officer(world) }])
    case 'end':
      if (p.ended) return no({ code: 'actionNotOpen', action: 'end', stage: p.standing })
      return yes([{ type: 'permitEnded', v: 1, kind: command.kind, on: world.today }])
    case 'letPeriodPass':
      return pass(p, command.clockId, world)
    default:
      return command satisfies never
  }
}

/** The opening facts of a permit. Verification stays pending until the entry starts its clock. */
export function grantPermit(
  permit: Omit<Permit, 'clocks' | 'standing' | 'verification' | 'originals' | 'entryConfirmed' | 'notice'>,
  papers: PaperKind[],
  verification: 'notRequired' | 'pending',
  world: PermitWorld,
): PermitEvent[] {
  const carrier = papers.includes('notice') ? 'notice' : 'electronicCard'
  const events: PermitEvent[] = [
    { type: 'permitGranted', v: 1, permit, verification, carrier },
    ...(carrier === 'notice' ? [{ type: 'noticeIssued', v: 1, on: world.today } as const] : []),
  ]
  return [...events, ...clocksOf([], events, world, permit.id)]
}

const pass = (p: Permit, clockId: string, world: PermitWorld): PermitDecision => {
  const clock = p.clocks.find((c) => c.id === clockId)
  if (!clock) return no({ code: 'notFound' })
  if (!hasPassed(clock, world.envelope.at)) return yes([])
  if (!mayFire(clock)) return no({ code: 'provisionalDate' })
  return yes([missClock(clock), ...consequence(p, clock.period.missed, world)])
}

/** The pack's consequence; never a silent state, never an automatic cancellation for missed originals (U8). */
const consequence = (p: Permit, missed: string, world: PermitWorld): PermitEvent[] => {
  switch (missed) {
    case 'lapseNotice':
      return p.standing === 'noticeIssued' ? [{ type: 'noticeLapsed', v: 1, on: world.today }] : []
    case 'expirePermit':
      return p.ended ? [] : [{ type: 'permitEnded', v: 1, kind: 'expired', on: world.today }]
    case 'flagOverdue':
      return p.verification === 'pending' ? [{ type: 'verificationOverdue', v: 1, on: world.today }] : []
    default:
      return []
  }
}

const permitClocks = (p: Permit, events: PermitEvent[], world: PermitWorld): PermitEvent[] => clocksOf(p.clocks, events, world, p.id)

const clocksOf = (clocks: Permit['clocks'], events: PermitEvent[], world: PermitWorld, id: string): PermitEvent[] => {
  const steps = events.flatMap((e): Step[] => {
    if (e.type === 'entryRecorded') return [{ type: e.type, on: world.today, from: e.enteredOn }]
    return (PERMIT_MILESTONES as readonly string[]).includes(e.type) ? [{ type: e.type, on: world.today }] : []
  })
  const out: PermitEvent[] = followSteps(clocks, steps, world.periods, world.calendar, id)
  // A corrected day of entry recomputes the clock: the old count stops, a new one starts from the true day (DD-18).
  for (const e of events) {
    if (e.type !== 'entryCorrected') continue
    const old = clocks.filter((c) => c.startedBy === 'entryRecorded' && c.state === 'running')
    out.push(...old.map((c) => stopClock(c)))
    const kept = clocks.filter((c) => !old.includes(c))
    out.push(
      ...followSteps(
        [...kept, ...old.map((c) => ({ ...c, state: 'stopped' as const }))],
        [{ type: 'entryRecorded', on: world.today, from: e.enteredOn }],
        world.periods,
        world.calendar,
        id,
      ),
    )
  }
  // A permit that is over has nothing left to wait for.
  if (events.some((e) => e.type === 'noticeLapsed' || e.type === 'noticeUnused'))
    for (const c of clocks) if (c.state === 'running' || c.state === 'paused') out.push(stopClock(c))
  return out
}

const officer = (world: PermitWorld): Officer => ({ accountId: world.envelope.actor.accountId, personId: world.envelope.actor.personId })
