import { type Day, type Instant, startOf, type Text } from '../kernel.ts'
import type { ClockKind, Missed, Party, Pause, Unit } from '../policy/words.ts'
import { addDays, type Calendar } from './calendar.ts'
import { type Count, countPeriod } from './reckon.ts'

export type Amount = { amount: number; unit: Unit }

/** A period of the pack with its length already chosen. The clock keeps this copy: later packs cannot change a running count. */
export type ResolvedPeriod = {
  code: string
  kind: ClockKind
  party: Party
  length: Amount | { untilDay: Day }
  /** Events that meet the period. */
  met: readonly string[]
  pauses: readonly Pause[]
  rolls: 'no' | 'toWorkingDay'
  extension: 'none' | (Amount & { times: number })
  remindDays: readonly number[]
  missed: Missed
  reason?: string
  text: Text
  source: string
}

/** One line of a clock's ledger. `reason` is a code of the pack, never free text. */
export type LedgerLine =
  | { kind: 'started'; on: Day; by: string }
  | { kind: 'paused'; on: Day; cause: Pause; reason?: string; expectedEnd?: Day }
  | { kind: 'resumed'; on: Day }
  | { kind: 'extended'; on: Day; amount: number; unit: Amount['unit']; reason: string }
  | { kind: 'recalculated'; before: Day }
  | { kind: 'met' | 'missed' | 'stopped'; on: Day }

/**
 * A legal period under way. `nominalOn` is the last day by the bare count, `dueOn` after rolling, `safeOn` the last working day up to the nominal one.
 * `used` counts days (working days where the period does) spent before the latest pause. `firesAt` is the legal moment: midnight after the due day.
 */
export type Clock = Count & {
  id: string
  period: ResolvedPeriod
  calendar: string
  startedBy: string
  from: Day
  ledger: LedgerLine[]
  state: 'running' | 'paused' | 'met' | 'missed' | 'stopped'
  firesAt: Instant | null
}

/** What an event leaves behind, so that folding needs no calendar (invariant 3). */
type After = Count & Pick<Clock, 'state' | 'firesAt'>
type Turn<T extends string, X = unknown> = { type: T; v: 1; clockId: string; line: LedgerLine; after: After } & X
export type ClockEvent =
  | { type: 'clockStarted'; v: 1; clock: Clock }
  | Turn<'clockPaused'>
  | Turn<'clockResumed'>
  | Turn<'clockExtended'>
  | Turn<'clockRecalculated'>
  | Turn<'clockMet'>
  | Turn<'clockMissed', { consequence: Missed; effectiveAt: Instant }>
  | Turn<'clockStopped'>

export type ExtensionRefusal =
  | { code: 'periodCannotBeExtended'; period: string }
  | { code: 'extensionUsed'; period: string }
  | { code: 'extensionTooLate'; dueOn: Day }
  | { code: 'reasonNeeded' }

const live = (clock: Clock) => clock.state === 'running' || clock.state === 'paused'
const momentAfter = (day: Day): Instant => startOf(addDays(day, 1))
const count = ({ nominalOn, dueOn, safeOn, provisional, remindOn, used }: Count): Count => ({
  nominalOn,
  dueOn,
  safeOn,
  provisional,
  remindOn,
  used,
})
const later = (a: Day, b: Day): Day => (a > b ? a : b)
const lastDay = (clock: Clock): Day => clock.ledger.reduce((day, line) => ('on' in line ? later(day, line.on) : day), clock.from)

/** The event that adds a line and tells what the clock then says; the counts are made anew from the whole ledger. */
const turned = <T extends ClockEvent['type']>(type: T, clock: Clock, line: LedgerLine, state: 'running' | 'paused', calendar: Calendar) => {
  const counted = countPeriod(clock.period, clock.from, [...clock.ledger, line], calendar)
  const after: After = { ...counted, state, firesAt: state === 'running' ? momentAfter(counted.dueOn) : null }
  return { type, v: 1 as const, clockId: clock.id, line, after }
}
const ended = <T extends ClockEvent['type']>(type: T, clock: Clock, line: LedgerLine & { kind: 'met' | 'missed' | 'stopped' }) => ({
  type,
  v: 1 as const,
  clockId: clock.id,
  line,
  after: { ...count(clock), state: line.kind, firesAt: null },
})

/** Starts a clock. The day of the event is not counted (DD-17, DD-20); hours are counted as begun days. */
export function startClock(start: { id: string; period: ResolvedPeriod; calendar: Calendar; startedBy: string; from: Day }): ClockEvent {
  const { id, period, calendar, startedBy, from } = start
  const ledger: LedgerLine[] = [{ kind: 'started', on: from, by: startedBy }]
  const counted = countPeriod(period, from, ledger, calendar)
  const firesAt = momentAfter(counted.dueOn)
  return {
    type: 'clockStarted',
    v: 1,
    clock: { id, period, calendar: calendar.id, startedBy, from, ledger, state: 'running', firesAt, ...counted },
  }
}

/**
 * Stops the count for a reason that the period lists. The day of the notice still counts (DD-20); the first day of an outage does not, for it was taken from
 * the one who waits. Nothing happens to a clock that does not run, or has no such pause, or ends on a fixed day.
 */
export function pauseClock(
  clock: Clock,
  pause: { on: Day; kind: Pause; reason?: string; expectedEnd?: Day },
  calendar: Calendar,
): ClockEvent | undefined {
  if (clock.state !== 'running' || !clock.period.pauses.includes(pause.kind) || 'untilDay' in clock.period.length) return undefined
  const { reason, expectedEnd } = pause
  const on = later(pause.on, lastDay(clock))
  const more = { ...(reason ? { reason } : {}), ...(expectedEnd ? { expectedEnd } : {}) }
  return turned('clockPaused', clock, { kind: 'paused', on, cause: pause.kind, ...more }, 'paused', calendar)
}

/** Lets a paused clock run on; the day of the resubmission or return does not count (DD-20). */
export function resumeClock(clock: Clock, resume: { on: Day }, calendar: Calendar): ClockEvent | undefined {
  if (clock.state !== 'paused') return undefined
  return turned('clockResumed', clock, { kind: 'resumed', on: later(resume.on, lastDay(clock)) }, 'running', calendar)
}

/** Adds the period's extension to the same clock, as often as the period allows, its reason (a code) told before the due day ends (Licensing Law art. 42, DD-20). */
export function extendClock(
  clock: Clock,
  by: { on: Day; reason: string },
  calendar: Calendar,
): { ok: true; event: ClockEvent } | { ok: false; refusal: ExtensionRefusal } {
  const { extension, length, code } = clock.period
  const refuse = (refusal: ExtensionRefusal) => ({ ok: false as const, refusal })
  const fits = extension !== 'none' && 'unit' in length && (length.unit === 'workingDay') === (extension.unit === 'workingDay')
  if (!fits || !live(clock)) return refuse({ code: 'periodCannotBeExtended', period: code })
  if (clock.ledger.filter((line) => line.kind === 'extended').length >= extension.times)
    return refuse({ code: 'extensionUsed', period: code })
  if (by.reason.trim() === '') return refuse({ code: 'reasonNeeded' })
  if (clock.state === 'running' && by.on > clock.dueOn) return refuse({ code: 'extensionTooLate', dueOn: clock.dueOn })
  const line: LedgerLine = { kind: 'extended', on: by.on, amount: extension.amount, unit: extension.unit, reason: by.reason }
  return { ok: true, event: turned('clockExtended', clock, line, clock.state === 'paused' ? 'paused' : 'running', calendar) }
}

/** What had to be done was done. */
export const meetClock = (clock: Clock, met: { on: Day }): ClockEvent => ended('clockMet', clock, { kind: 'met', on: met.on })
/** The count ends without judgement: what it waited for no longer matters. */
export const stopClock = (clock: Clock, stop?: { on: Day }): ClockEvent =>
  ended('clockStopped', clock, { kind: 'stopped', on: stop?.on ?? lastDay(clock) })

/** The period ended unmet. The consequence takes effect at the legal moment, however late somebody looked (settled with the sweep, never a silent state). */
export const missClock = (clock: Clock): ClockEvent => ({
  ...ended('clockMissed', clock, { kind: 'missed', on: clock.dueOn }),
  consequence: clock.period.missed,
  effectiveAt: momentAfter(clock.dueOn),
})

/** Counts a live clock again, after a year of its calendar was published; undefined where nothing moves. */
export function recalculateClock(clock: Clock, calendar: Calendar): ClockEvent | undefined {
  if (!live(clock)) return undefined
  const state = clock.state === 'paused' ? 'paused' : 'running'
  const event = turned('clockRecalculated', clock, { kind: 'recalculated', before: clock.dueOn }, state, calendar)
  const same = JSON.stringify(count(event.after)) === JSON.stringify(count(clock))
  return same ? undefined : event
}

/** Applies one event to the clocks beside it. Needs no calendar; an event for a clock that never started is a fault of ours. */
export function evolveClocks(clocks: Clock[], event: ClockEvent): Clock[] {
  if (event.type === 'clockStarted') return [...clocks.filter((c) => c.id !== event.clock.id), event.clock]
  if (!clocks.some((c) => c.id === event.clockId)) throw new Error(`${event.type} for clock ${event.clockId}, which never started`)
  return clocks.map((c) => (c.id === event.clockId ? { ...c, ...event.after, ledger: [...c.ledger, event.line] } : c))
}

/** Whether a running clock's due day is over at an instant: from midnight in Shanghai on. */
export const hasPassed = (clock: Clock, at: Instant): boolean =>
  clock.state === 'running' && clock.firesAt !== null && Date.parse(clock.firesAt) <= Date.parse(at)

const ADVERSE: readonly Missed[] = ['lapseFiling', 'lapseNotice', 'expirePermit', 'flagOverdue', 'becomeDefect']
/** Nobody loses anything on a provisional date (DD row U10); alarms and what is in the person's favour fire all the same. */
export const mayFire = (clock: Clock): boolean => !clock.provisional || !ADVERSE.includes(clock.period.missed)
