import * as z from 'zod'
import { Day, Text } from '../kernel.ts'

const Holiday = z.strictObject({ name: Text, off: z.array(Day).max(60), work: z.array(Day).max(20) })
const body = { format: z.literal(1), calendar: z.string().regex(/^[a-z][a-z0-9-]{0,20}$/), year: z.int().min(1990).max(2100) }
const Published = z.strictObject({
  ...body,
  state: z.literal('published'),
  notices: z.array(z.url()).min(1),
  holidays: z.array(Holiday).min(1),
})
const Provisional = z.strictObject({
  ...body,
  state: z.literal('provisional'),
  reason: z.literal('CALENDAR_NOT_PUBLISHED'),
  holidays: z.array(Holiday.extend({ work: z.array(Day).max(0, 'make-up days are known only from a notice') })),
})

/**
 * One year of a calendar: the days that the State Council's notice takes from the week (`off`) and gives back (`work`).
 * A notice may reach into the last days of December before its year; a provisional year holds the statutory days alone (DD row U10).
 */
export const CalendarYear = z.discriminatedUnion('state', [Published, Provisional]).superRefine((year, ctx) => {
  const seen = new Set<Day>()
  for (const [i, holiday] of year.holidays.entries())
    for (const list of ['off', 'work'] as const)
      for (const day of holiday[list]) {
        const fault = (message: string) => ctx.addIssue({ code: 'custom', message, path: ['holidays', i, list] })
        if (yearOf(day) !== year.year && !day.startsWith(`${year.year - 1}-12-2`) && !day.startsWith(`${year.year - 1}-12-3`))
          fault(`${day} is not a day of ${year.year}`)
        if (seen.has(day)) fault(`${day} is named twice`)
        seen.add(day)
      }
})
export type CalendarYear = z.infer<typeof CalendarYear>
export type Calendar = { id: string; years: Record<number, CalendarYear> }

/** A day found by counting, and whether the count looked at a day that no notice has arranged yet. */
export type Reached = { day: Day; provisional: boolean }
/** What the calendar knows about one day; `named` where a holiday's notice speaks of it. */
export type DayFact = { working: boolean; provisional: boolean; named?: { name: Text; makeUp: boolean } }

const MS = 86_400_000
const yearOf = (day: Day) => Number(day.slice(0, 4))
const toNumber = (day: Day): number => {
  const ms = Date.parse(`${day}T00:00:00Z`)
  if (day.length !== 10 || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) throw new RangeError('not a calendar day')
  return ms / MS
}
const fromNumber = (n: number): Day => {
  const text = new Date(n * MS).toISOString()
  if (text.length !== 24) throw new RangeError('the day lies outside the years 0 to 9999')
  return text.slice(0, 10)
}
const whole = (n: number): number => {
  if (!Number.isSafeInteger(n)) throw new RangeError('an amount of days or months is a whole number')
  return n
}

/** The day `days` calendar days after (or before, if negative). */
export const addDays = (day: Day, days: number): Day => fromNumber(toNumber(day) + whole(days))
/** Calendar days from one day to another; negative if `to` lies before. */
export const daysBetween = (from: Day, to: Day): number => toNumber(to) - toNumber(from)

/** Calendar months later; a missing day becomes the last day of the month (DD-15). Count always from the first day, never in steps. */
export function addMonths(day: Day, months: number): Day {
  toNumber(day)
  const index = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + whole(months)
  const first = Date.UTC(Math.floor(index / 12), ((index % 12) + 12) % 12, 1) / MS
  const length = Date.UTC(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 0) / MS - first + 1
  return fromNumber(first + Math.min(Number(day.slice(8)), length) - 1)
}

/** Monday to Friday by the week alone, before any notice. */
const byWeek = (n: number) => (((n + 3) % 7) + 7) % 7 < 5

type Index = Map<Day, { name: Text; makeUp: boolean }>
const indexes = new WeakMap<CalendarYear, Index>()
const indexOf = (year: CalendarYear): Index => {
  const known = indexes.get(year)
  if (known) return known
  const index: Index = new Map()
  for (const { name, off, work } of year.holidays) {
    for (const day of off) index.set(day, { name, makeUp: false })
    for (const day of work) index.set(day, { name, makeUp: true })
  }
  indexes.set(year, index)
  return index
}

/**
 * What a day is: the notice of its own year, or of the next one for late December, overrules the week.
 * A year without a file is answered by the week alone and marked provisional: never a guess presented as firm (DD row U10).
 */
export function dayFact(calendar: Calendar, day: Day): DayFact {
  const n = toNumber(day)
  const own = calendar.years[yearOf(day)]
  const next = day.slice(5, 7) === '12' ? calendar.years[yearOf(day) + 1] : undefined
  const named = (next && indexOf(next).get(day)) ?? (own && indexOf(own).get(day))
  const provisional = own?.state !== 'published'
  return { working: named ? named.makeUp : byWeek(n), provisional, ...(named ? { named } : {}) }
}

/** Whether the offices work on a day, and whether that is still provisional. Make-up Saturdays and Sundays are working days (DD-17). */
export function isWorkingDay(calendar: Calendar, day: Day): { working: boolean; provisional: boolean } {
  const { working, provisional } = dayFact(calendar, day)
  return { working, provisional }
}

// No arrangement ever closed the offices for this long; more means a broken calendar, not a long count.
const LONGEST_BREAK = 60
const step = (calendar: Calendar, start: Day, by: 1 | -1, startItself: boolean): Reached => {
  let provisional = false
  for (let i = startItself ? 0 : 1; i <= LONGEST_BREAK; i++) {
    const day = addDays(start, by * i)
    const fact = isWorkingDay(calendar, day)
    provisional ||= fact.provisional
    if (fact.working) return { day, provisional }
  }
  throw new Error(`calendar ${calendar.id} has no working day within ${LONGEST_BREAK} days of ${start}`)
}

/** The day itself if the offices work on it, else the next day on which they do. */
export const nextWorkingDay = (calendar: Calendar, day: Day): Reached => step(calendar, day, 1, true)
/** The day itself if the offices work on it, else the last day before on which they did: the safe plan beside a rolled date (DD-17). */
export const lastWorkingDayUpTo = (calendar: Calendar, day: Day): Reached => step(calendar, day, -1, true)

/** Counts working days after (or before, if negative) a day, which itself does not count. Zero answers the day itself, working or not. */
export function addWorkingDays(calendar: Calendar, from: Day, amount: number): Reached {
  let reached: Reached = { day: from, provisional: false }
  toNumber(from)
  for (let left = Math.abs(whole(amount)); left > 0; left--) {
    const next = step(calendar, reached.day, amount > 0 ? 1 : -1, false)
    reached = { day: next.day, provisional: reached.provisional || next.provisional }
  }
  return reached
}

/** Weekdays after day number 0 (a Thursday) up to and including day `n`. */
const weekdaysUpTo = (n: number) => {
  const days = n + 4
  return Math.floor(days / 7) * 5 + Math.min(days - Math.floor(days / 7) * 7, 5)
}

/** Working days after `from` up to and including `to`; 0 if `to` is not later. Costs the same however far apart the days lie. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  const [first, last] = [toNumber(from), toNumber(to)]
  if (last <= first) return 0
  let count = weekdaysUpTo(last) - weekdaysUpTo(first)
  const arranged = new Set(Object.values(calendar.years).flatMap((year) => [...indexOf(year).keys()]))
  for (const day of arranged) {
    if (day <= from || day > to) continue
    count += Number(dayFact(calendar, day).working) - Number(byWeek(toNumber(day)))
  }
  return count
}
