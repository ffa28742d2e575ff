import { readdirSync, readFileSync } from 'node:fs'
import { isWorkday } from 'chinese-days'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  addDays,
  addMonths,
  addWorkingDays,
  type Calendar,
  CalendarYear,
  dayFact,
  daysBetween,
  isWorkingDay,
  lastWorkingDayUpTo,
  nextWorkingDay,
  workingDaysBetween,
} from './calendar.ts'

const folder = new URL('../../../policy/calendar/cn/', import.meta.url)
const raw = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parse(readFileSync(new URL(name, folder), 'utf8')) as { year: number })
const cn: Calendar = { id: 'cn', years: Object.fromEntries(raw.map((y) => [y.year, CalendarYear.parse(y)])) }
const allDays = (from: string, to: string) => Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i))
const aDay = fc.integer({ min: 0, max: 365 * 12 }).map((n) => addDays('2016-01-01', n))

describe('the published calendars of China', () => {
  it('cover 2016 to 2026 with their notices, and 2027 as provisional', () => {
    expect(Object.keys(cn.years)).toEqual(Array.from({ length: 12 }, (_, i) => String(2016 + i)))
    for (const year of Object.values(cn.years)) expect(year.state).toBe(year.year === 2027 ? 'provisional' : 'published')
  })
  it('agree with a second source on every one of the 4,018 days', () => {
    // Any disagreement would be listed here with the notice that decides it; there is none.
    const decided: string[] = []
    const differ = allDays('2016-01-01', '2026-12-31').filter((day) => isWorkday(day) !== isWorkingDay(cn, day).working)
    expect(differ).toEqual(decided)
  })
  it.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, count) => {
    expect(workingDaysBetween(cn, `${year - 1}-12-31`, `${year}-12-31`)).toBe(count)
    expect(allDays(`${year}-01-01`, `${year}-12-31`).filter((d) => isWorkingDay(cn, d).working)).toHaveLength(count)
  })
  it('let a notice reach back into the December before it', () => {
    expect(isWorkingDay(cn, '2018-12-29')).toEqual({ working: true, provisional: false })
    expect(isWorkingDay(cn, '2018-12-31')).toEqual({ working: false, provisional: false })
  })
  it('keep the name of the holiday for each day that a notice names', () => {
    expect(dayFact(cn, '2026-02-14').named).toEqual({ name: { zh: '春节', en: 'Spring Festival' }, makeUp: true })
    expect(dayFact(cn, '2026-02-17').named).toEqual({ name: { zh: '春节', en: 'Spring Festival' }, makeUp: false })
    expect(dayFact(cn, '2026-03-07').named).toBeUndefined()
  })
})

describe('a year that is not published', () => {
  it('holds thirteen statutory days and no make-up days', () => {
    const year = cn.years[2027]!
    expect(year.holidays.flatMap((h) => h.off)).toHaveLength(13)
    expect(year.holidays.flatMap((h) => h.work)).toEqual([])
  })
  it('is never firm, on no day of it', () => {
    for (const day of allDays('2027-01-01', '2027-12-31')) expect(isWorkingDay(cn, day).provisional).toBe(true)
    expect(isWorkingDay(cn, '2027-01-01').working).toBe(false)
  })
  it('answers by the week alone where there is no file at all', () => {
    expect(isWorkingDay(cn, '2031-10-01')).toEqual({ working: true, provisional: true })
    expect(isWorkingDay(cn, '2031-10-04')).toEqual({ working: false, provisional: true })
    expect(isWorkingDay({ id: 'none', years: {} }, '2025-10-01').provisional).toBe(true)
  })
})

describe('counting', () => {
  it('of months takes the last day where the day is missing (DD-15)', () => {
    expect(addMonths('2025-08-31', 6)).toBe('2026-02-28')
    expect(addMonths('2023-08-29', 6)).toBe('2024-02-29')
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
    expect(addMonths('2024-12-15', 1)).toBe('2025-01-15')
  })
  it('of months and days agrees with the calendar of the language', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -600, max: 600 }), (day, n) => {
        const plain = Temporal.PlainDate.from(day)
        expect(addMonths(day, n)).toBe(plain.add({ months: n }).toString())
        expect(addDays(day, n)).toBe(plain.add({ days: n }).toString())
        expect(daysBetween(day, addDays(day, n))).toBe(n)
      }),
    )
  })
  it('of working days forwards and backwards meets itself', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 60 }), (day, n) => {
        const there = addWorkingDays(cn, day, n).day
        expect(workingDaysBetween(cn, day, there)).toBe(n)
        expect(isWorkingDay(cn, there).working).toBe(true)
        expect(addWorkingDays(cn, addDays(there, 1), -1).day).toBe(there)
      }),
    )
  })
  it('of working days is the same day by day as at once, before and after the known years too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: -20, max: 500 }), (start, length) => {
        const from = addDays('2010-01-01', start)
        const days = length > 0 ? allDays(addDays(from, 1), addDays(from, length)) : []
        expect(workingDaysBetween(cn, from, addDays(from, length))).toBe(days.filter((d) => isWorkingDay(cn, d).working).length)
      }),
    )
  })
  it('costs nothing over eight thousand years', () => {
    expect(workingDaysBetween(cn, '1970-01-01', '9999-12-31')).toBeGreaterThan(2_000_000)
    expect(workingDaysBetween(cn, '1901-01-01', '1901-01-31')).toBe(22)
  })
  it('of zero working days stays where it is, and rolling finds the neighbours', () => {
    expect(addWorkingDays(cn, '2025-10-05', 0)).toEqual({ day: '2025-10-05', provisional: false })
    expect(nextWorkingDay(cn, '2025-10-05')).toEqual({ day: '2025-10-09', provisional: false })
    expect(lastWorkingDayUpTo(cn, '2025-10-05')).toEqual({ day: '2025-09-30', provisional: false })
    expect(nextWorkingDay(cn, '2025-10-11')).toEqual({ day: '2025-10-11', provisional: false })
    expect(nextWorkingDay(cn, '2026-12-31').provisional).toBe(false)
    expect(nextWorkingDay(cn, '2027-01-01')).toEqual({ day: '2027-01-04', provisional: true })
  })
})

describe('what is not a day or not a calendar', () => {
  it.each(['', '2025-02-30', '2025-2-3', '20250203', '2025-02-03T00:00:00Z', '\u0000', '__proto__', '2025-13-01'])(
    '“%s” is no day',
    (day) => {
      expect(() => addDays(day, 1)).toThrow(RangeError)
      expect(() => isWorkingDay(cn, day)).toThrow(RangeError)
      expect(() => addMonths(day, 1)).toThrow(RangeError)
      expect(() => addWorkingDays(cn, day, 0)).toThrow(RangeError)
    },
  )
  it('an amount that is no whole number, or leads out of the years, is a fault of ours', () => {
    for (const n of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => addDays('2025-01-01', n)).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addMonths('9999-12-31', 12)).toThrow(RangeError)
  })
  it('a calendar without working days does not count for ever', () => {
    const off = allDays('2025-01-01', '2025-12-31')
    const holidays = Array.from({ length: 7 }, (_, i) => ({ name: { zh: '假', en: 'Off' }, off: off.slice(i * 60, i * 60 + 60), work: [] }))
    const closed: Calendar = { id: 'closed', years: { 2025: CalendarYear.parse({ ...cn.years[2025], holidays }) } }
    expect(() => nextWorkingDay(closed, '2025-03-01')).toThrow('no working day')
  })
  it('a year file is refused with days of another year, days named twice, make-up days that nobody published, unknown keys', () => {
    const good = cn.years[2026]!
    const name = { zh: '节', en: 'Day' }
    const faults = (change: object) => CalendarYear.safeParse({ ...good, ...change }).error?.issues.map((i) => i.message)
    expect(faults({ holidays: [{ name, off: ['2025-11-30'], work: [] }] })).toEqual(['2025-11-30 is not a day of 2026'])
    expect(faults({ holidays: [{ name, off: ['2026-01-01'], work: ['2026-01-01'] }] })).toEqual(['2026-01-01 is named twice'])
    expect(faults({ notices: [] })).toHaveLength(1)
    expect(faults({ surprise: 1 })).toHaveLength(1)
    expect(CalendarYear.safeParse({ ...cn.years[2027], holidays: [{ name, off: [], work: ['2027-01-02'] }] }).success).toBe(false)
    for (const wrong of [null, 'x', [], { state: 'published' }]) expect(CalendarYear.safeParse(wrong).success).toBe(false)
  })
})
