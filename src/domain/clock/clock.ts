import type { Day, Instant, Text } from '../kernel.ts'
import { startOf } from '../kernel.ts'
import type { ClockKind, Missed, Party, Pause, Unit } from '../policy/words.ts'
import { addDays, addMonths, addWorkingDays, type Calendar, lastWorkingDayUpTo, nextWorkingDay, touchesProvisional, workingDaysBetween } from './calendar.ts'

/** A period with everything resolved: a clock carries its own copy, so that no later pack is asked about it. */
export type ResolvedPeriod = {
  code: string; kind: ClockKind; party: Party; length: { amount: number; unit: Unit } | { untilDay: Day }; pauses: Pause[]; rolls: 'no' | 'toWorkingDay'
  extension: 'none' | { amount: number; unit: Unit; times: number }; met: string[]; remindDays: number[]; missed: Missed; reason?: string; text: Text; source: string
}
export type LedgerLine =
  | { kind: 'started'; on: Day; by: string }
  | { kind: 'paused'; on: Day; cause: Pause; used: number }
  | { kind: 'resumed'; on: Day; left: number }
  | { kind: 'extended'; on: Day; amount: number; unit: Unit; reason: string }
  | { kind: 'recalculated'; on: Day; from: Day }
  | { kind: 'met' | 'missed' | 'stopped'; on: Day }
export type Clock = {
  id: string; period: ResolvedPeriod; calendar: string; startedBy: string; from: Day; ledger: LedgerLine[]; nominalOn: Day; dueOn: Day; safeOn: Day; provisional: boolean
  state: 'running' | 'paused' | 'met' | 'missed' | 'stopped'; firesAt: Instant | null; remindOn: Day[]
  /** From where the rest is counted now, and how many units of the period are left from there. */
  countFrom: Day; left: number
}
type Dates = Pick<Clock, 'nominalOn' | 'dueOn' | 'safeOn' | 'provisional' | 'firesAt' | 'remindOn'>
type Moved = Dates & { clockId: string; line: LedgerLine; countFrom: Day; left: number }
export type ClockEvent =
  | { type: 'clockStarted'; v: 1; clock: Clock }
  | ({ type: 'clockPaused'; v: 1 } & Moved)
  | ({ type: 'clockResumed'; v: 1 } & Moved)
  | ({ type: 'clockExtended'; v: 1 } & Moved)
  | ({ type: 'clockRecalculated'; v: 1 } & Moved)
  | { type: 'clockMet'; v: 1; clockId: string; on: Day }
  | { type: 'clockMissed'; v: 1; clockId: string; on: Day; consequence: Missed; effectiveAt: Instant }
  | { type: 'clockStopped'; v: 1; clockId: string; on: Day }

/** The due days of a length counted from a day. Calendar-day lengths roll where the period says so; the nominal day stays visible. */
function datesOf(period: ResolvedPeriod, countFrom: Day, left: number, calendar: Calendar): Dates {
  const nominalOn =
    'untilDay' in period.length ? period.length.untilDay
    : period.length.unit === 'workingDay' ? addWorkingDays(calendar, countFrom, left)
    : period.length.unit === 'month' ? addMonths(countFrom, left)
    : period.length.unit === 'hour' ? addDays(countFrom, Math.ceil(left / 24))
    : addDays(countFrom, left)
  const dueOn = period.rolls === 'toWorkingDay' ? nextWorkingDay(calendar, nominalOn) : nominalOn
  // Only a count of working days, or a roll, can be moved by a calendar that is not published yet.
  const depends = period.rolls === 'toWorkingDay' ? touchesProvisional(calendar, nominalOn, dueOn) : 'unit' in period.length && period.length.unit === 'workingDay' && touchesProvisional(calendar, countFrom, dueOn)
  return {
    nominalOn, dueOn, safeOn: lastWorkingDayUpTo(calendar, nominalOn), provisional: depends, firesAt: startOf(addDays(dueOn, 1)),
    remindOn: period.remindDays.map((n) => addDays(dueOn, -n)).sort(),
  }
}

/** Starts a clock; the day of the starting event is not counted. */
export function startClock(input: { id: string; period: ResolvedPeriod; calendar: Calendar; startedBy: string; from: Day }): ClockEvent {
  const { id, period, calendar, startedBy, from } = input
  const left = 'untilDay' in period.length ? 0 : period.length.amount
  const clock: Clock = {
    id, period, calendar: calendar.id, startedBy, from, ledger: [{ kind: 'started', on: from, by: startedBy }], state: 'running', countFrom: from, left, ...datesOf(period, from, left, calendar),
  }
  return { type: 'clockStarted', v: 1, clock }
}

const usedUntil = (clock: Clock, on: Day, calendar: Calendar): number => {
  if ('untilDay' in clock.period.length) return 0
  if (clock.period.length.unit === 'workingDay') return workingDaysBetween(calendar, clock.countFrom, on)
  return Math.max(0, Math.round((Date.parse(on) - Date.parse(clock.countFrom)) / 86_400_000))
}

/** Pauses a clock; the day of the pausing notice still counts (DD-20). The due day stays as told until the clock runs again. */
export function pauseClock(clock: Clock, { on, kind }: { on: Day; kind: Pause }, calendar: Calendar): ClockEvent {
  const used = Math.min(clock.left, usedUntil(clock, on, calendar))
  const dates = datesOf(clock.period, clock.countFrom, clock.left, calendar)
  return { type: 'clockPaused', v: 1, clockId: clock.id, line: { kind: 'paused', on, cause: kind, used }, countFrom: on, left: clock.left - used, ...dates, firesAt: null }
}
/** Resumes a clock; the day of resubmission does not count (DD-20). */
export function resumeClock(clock: Clock, { on }: { on: Day }, calendar: Calendar): ClockEvent {
  return { type: 'clockResumed', v: 1, clockId: clock.id, line: { kind: 'resumed', on, left: clock.left }, countFrom: on, left: clock.left, ...datesOf(clock.period, on, clock.left, calendar) }
}
/** Adds the extension that the period allows, as often as it allows (Licensing Law art. 42: once, with a reason told). */
export function extendClock(clock: Clock, { on, reason }: { on: Day; reason: string }, calendar: Calendar): { ok: true; event: ClockEvent } | { ok: false } {
  const { extension } = clock.period
  const done = clock.ledger.filter((l) => l.kind === 'extended').length
  if (extension === 'none' || done >= extension.times || clock.state !== 'running') return { ok: false }
  const left = clock.left + extension.amount
  return { ok: true, event: { type: 'clockExtended', v: 1, clockId: clock.id, line: { kind: 'extended', on, amount: extension.amount, unit: extension.unit, reason }, countFrom: clock.countFrom, left, ...datesOf(clock.period, clock.countFrom, left, calendar) } }
}
/** Counts again on a calendar published since; nothing when no date moved and nothing became firm. */
export function recalculateClock(clock: Clock, on: Day, calendar: Calendar): ClockEvent | undefined {
  const dates = datesOf(clock.period, clock.countFrom, clock.left, calendar)
  if (dates.dueOn === clock.dueOn && dates.provisional === clock.provisional) return undefined
  return { type: 'clockRecalculated', v: 1, clockId: clock.id, line: { kind: 'recalculated', on, from: clock.dueOn }, countFrom: clock.countFrom, left: clock.left, ...dates, firesAt: clock.state === 'running' ? dates.firesAt : null }
}
export const meetClock = (clock: Clock, { on }: { on: Day }): ClockEvent => ({ type: 'clockMet', v: 1, clockId: clock.id, on })
export const stopClock = (clock: Clock, on: Day = clock.dueOn): ClockEvent => ({ type: 'clockStopped', v: 1, clockId: clock.id, on })
/** A period that passed: a fact with the pack's consequence and the legal moment, never a silent state. */
export const missClock = (clock: Clock): ClockEvent => ({ type: 'clockMissed', v: 1, clockId: clock.id, on: clock.dueOn, consequence: clock.period.missed, effectiveAt: clock.firesAt ?? startOf(addDays(clock.dueOn, 1)) })

/** The last hour of the due day still counts: passed means the next day has begun in Shanghai. */
export const hasPassed = (clock: Clock, at: Instant): boolean => clock.state === 'running' && clock.firesAt !== null && Date.parse(clock.firesAt) <= Date.parse(at)

const ADVERSE: readonly Missed[] = ['lapseFiling', 'lapseNotice', 'expirePermit', 'flagOverdue', 'becomeDefect']
/** What takes something from a person never happens on a provisional date. */
export const mayFire = (clock: Clock): boolean => !(clock.provisional && ADVERSE.includes(clock.period.missed))

/** Applies a clock event to the clocks of one aggregate. */
export function evolveClocks(clocks: Clock[], event: ClockEvent): Clock[] {
  if (event.type === 'clockStarted') return [...clocks, event.clock]
  return clocks.map((c) => {
    if (c.id !== event.clockId) return c
    switch (event.type) {
      case 'clockMet': return { ...c, state: 'met', firesAt: null, ledger: [...c.ledger, { kind: 'met', on: event.on }] }
      case 'clockMissed': return { ...c, state: 'missed', firesAt: null, ledger: [...c.ledger, { kind: 'missed', on: event.on }] }
      case 'clockStopped': return { ...c, state: 'stopped', firesAt: null, ledger: [...c.ledger, { kind: 'stopped', on: event.on }] }
      default: {
        const { type, v: _v, clockId: _id, line, ...moved } = event
        const state = type === 'clockPaused' ? 'paused' : type === 'clockResumed' ? 'running' : c.state
        return { ...c, ...moved, state, ledger: [...c.ledger, line] }
      }
    }
  })
}
