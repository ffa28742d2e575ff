import type { Day } from '../kernel.ts'
import {
  addDays,
  addMonths,
  addWorkingDays,
  type Calendar,
  daysBetween,
  isWorkingDay,
  lastWorkingDayUpTo,
  nextWorkingDay,
  type Reached,
  workingDaysBetween,
} from './calendar.ts'
import type { Amount, LedgerLine, ResolvedPeriod } from './clock.ts'

/** What a count says. `used` is in working days where the period is, else in calendar days. */
export type Count = { nominalOn: Day; dueOn: Day; safeOn: Day; provisional: boolean; remindOn: Day[]; used: number }
type Nominal = Reached & { used: number }

/** Counts a period from its first day through its whole ledger. The same ledger and calendar always give the same days. */
export function countPeriod(period: ResolvedPeriod, from: Day, ledger: readonly LedgerLine[], calendar: Calendar): Count {
  const { length } = period
  const bare: Nominal =
    'untilDay' in length
      ? { day: length.untilDay, provisional: false, used: 0 }
      : length.unit === 'workingDay'
        ? byWorkingDays(length.amount, from, ledger, calendar)
        : byCalendar(length, from, ledger)
  const due = period.rolls === 'toWorkingDay' ? nextWorkingDay(calendar, bare.day) : { day: bare.day, provisional: false }
  const safe = lastWorkingDayUpTo(calendar, bare.day).day
  return {
    nominalOn: bare.day,
    dueOn: due.day,
    // A break may swallow the whole period; a plan for a day before its start would be no help.
    safeOn: safe < from ? due.day : safe,
    provisional: bare.provisional || due.provisional,
    remindOn: remindersOf(period, from, due.day, calendar),
    used: bare.used,
  }
}

/** The day of the pausing notice counts, that of the resumption does not (DD-20); working days left run on from there. */
const byWorkingDays = (amount: number, from: Day, ledger: readonly LedgerLine[], calendar: Calendar): Nominal => {
  let total = amount
  let used = 0
  let unsure = false
  let runsFrom = from
  for (const line of ledger) {
    if (line.kind === 'extended') total += line.amount
    if (line.kind === 'paused') {
      used += workingDaysBetween(calendar, runsFrom, lastCounted(line))
      // Days already spent are unsure too, while their year is not published.
      unsure ||= line.on > runsFrom && isWorkingDay(calendar, line.on).provisional
      runsFrom = later(line.on, line.expectedEnd)
    }
    if (line.kind === 'resumed') runsFrom = line.on
  }
  // A period spent to its last day resumes with the day of the resumption itself, or the next on which the offices work.
  const left = total - used
  const end = left > 0 ? addWorkingDays(calendar, runsFrom, left) : nextWorkingDay(calendar, runsFrom)
  return { day: end.day, provisional: end.provisional || unsure, used }
}

/** Calendar periods keep their bare end, moved by as many days as they stood still. Months are added at once, never step by step (DD-15). */
const byCalendar = (length: Amount, from: Day, ledger: readonly LedgerLine[]): Nominal => {
  let nominal = plus(from, length)
  for (const line of ledger) if (line.kind === 'extended') nominal = plus(nominal, line)
  let used = 0
  let runsFrom = from
  let paused: (LedgerLine & { kind: 'paused' }) | undefined
  let still = 0
  for (const line of ledger) {
    if (line.kind === 'paused') {
      used += Math.max(0, daysBetween(runsFrom, lastCounted(line)))
      paused = line
    }
    if (line.kind === 'resumed' && paused) {
      still += daysBetween(lastCounted(paused), line.on)
      runsFrom = line.on
      paused = undefined
    }
  }
  if (paused) {
    runsFrom = later(paused.on, paused.expectedEnd)
    still += daysBetween(lastCounted(paused), runsFrom)
  }
  // Paused between the bare end and the rolled one, a period resumes with the day of the resumption: it cannot be over before.
  return { day: later(addDays(nominal, still), runsFrom), provisional: false, used }
}

/** An outage takes its first day from the one who waits, so that day is given back too. */
export const lastCounted = (line: LedgerLine & { kind: 'paused' }): Day => (line.cause === 'outage' ? addDays(line.on, -1) : line.on)
const later = (day: Day, other: Day | undefined): Day => (other !== undefined && other > day ? other : day)
const plus = (day: Day, { amount, unit }: Pick<Amount, 'amount' | 'unit'>): Day =>
  unit === 'month' ? addMonths(day, amount) : addDays(day, unit === 'hour' ? Math.ceil(amount / 24) : amount)

/** Reminders are counted back from the due day in the period's own kind of days; those that would fall on the start or before are left out. */
const remindersOf = (period: ResolvedPeriod, from: Day, dueOn: Day, calendar: Calendar): Day[] => {
  const working = 'unit' in period.length && period.length.unit === 'workingDay'
  const days = period.remindDays.map((n) => (working ? addWorkingDays(calendar, dueOn, -n).day : addDays(dueOn, -n)))
  return [...new Set(days)].filter((day) => day > from).sort()
}
