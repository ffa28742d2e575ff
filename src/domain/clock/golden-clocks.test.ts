import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addDays, addMonths, type Calendar, CalendarYear, workingDaysBetween } from './calendar.ts'
import {
  type Clock,
  extendClock,
  hasPassed,
  mayFire,
  missClock,
  pauseClock,
  type ResolvedPeriod,
  recalculateClock,
  resumeClock,
} from './clock.ts'
import { begin, period as sample, turn } from './sample-clocks.ts'

const folder = new URL('../../../policy/calendar/cn/', import.meta.url)
const years = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => CalendarYear.parse(parse(readFileSync(new URL(name, folder), 'utf8'))))
const cn: Calendar = { id: 'cn', years: Object.fromEntries(years.map((y) => [y.year, y])) }

const period = (length: ResolvedPeriod['length'], more: Partial<ResolvedPeriod> = {}) =>
  sample(length, { pauses: [], extension: 'none', ...more })
const started = (p: ResolvedPeriod, from: string): Clock => begin(p, from, cn)
const workingDays = (amount: number, more: Partial<ResolvedPeriod> = {}) => period({ amount, unit: 'workingDay' }, more)
const due = (amount: number, from: string) => started(workingDays(amount), from).dueOn
/** Verification of originals: 30 calendar days from the day of entry, rolling (DD-17). */
const fromEntry = period({ amount: 30, unit: 'day' }, { kind: 'duty', party: 'holder', rolls: 'toWorkingDay', missed: 'flagOverdue' })

describe('thirty days from entry, in worked cases', () => {
  it.each([
    ['GC-07', '2025-11-10', '2025-12-10', '2025-12-10', '2025-12-10', false],
    ['GC-09 Spring Festival', '2026-01-18', '2026-02-17', '2026-02-24', '2026-02-14', false],
    ['GC-10 National Day', '2025-09-05', '2025-10-05', '2025-10-09', '2025-09-30', false],
    ['GC-10 a make-up Saturday does not roll', '2025-09-11', '2025-10-11', '2025-10-11', '2025-10-11', false],
    ['GC-17 the unpublished year', '2026-12-02', '2027-01-01', '2027-01-04', '2026-12-31', true],
    ['GC-23', '2026-03-09', '2026-04-08', '2026-04-08', '2026-04-08', false],
    ['GC-25 from the new Notice', '2024-12-13', '2025-01-12', '2025-01-13', '2025-01-10', false],
    ['GC-26 from the new Notice', '2024-12-16', '2025-01-15', '2025-01-15', '2025-01-15', false],
    ['GC-27', '2025-01-02', '2025-02-01', '2025-02-05', '2025-01-27', false],
  ])('%s', (_, from, nominalOn, dueOn, safeOn, provisional) => {
    expect(started(fromEntry, from)).toMatchObject({ nominalOn, dueOn, safeOn, provisional })
  })
  it('GC-09: a visit on the due day is in time, one day later the duty was missed first', () => {
    const clock = started(fromEntry, '2026-01-18')
    expect(hasPassed(clock, '2026-02-24T15:59:59Z')).toBe(false)
    expect(hasPassed(clock, '2026-02-24T16:00:00Z')).toBe(true)
    expect(missClock(clock)).toMatchObject({ consequence: 'flagOverdue', effectiveAt: '2026-02-24T16:00:00.000Z' })
  })
  it('GC-22: the residence permit is a police period and never rolls', () => {
    expect(started(period({ amount: 30, unit: 'day' }), '2025-12-01').dueOn).toBe('2025-12-31')
    expect(started(period({ amount: 30, unit: 'day' }), '2026-01-18')).toMatchObject({ dueOn: '2026-02-17', provisional: false })
  })
})

describe('GC-11: the authority counts make-up days, and stands still during a correction', () => {
  const pauses = ['correction'] as const
  const correction = (p: ResolvedPeriod) => {
    const paused = turn(started(p, '2025-01-22'), pauseClock(started(p, '2025-01-22'), { on: '2025-01-26', kind: 'correction' }, cn))
    return { paused, resumed: turn(paused, resumeClock(paused, { on: '2025-02-07' }, cn)) }
  }
  it('without a pause', () => {
    expect(due(10, '2025-01-22')).toBe('2025-02-11')
    expect(due(20, '2025-01-22')).toBe('2025-02-25')
  })
  it('with the pause: three days used, the rest from the resubmission', () => {
    const promise = correction(workingDays(10, { pauses }))
    expect(promise.paused).toMatchObject({ used: 3, state: 'paused', firesAt: null })
    expect(promise.resumed).toMatchObject({ used: 3, state: 'running', dueOn: '2025-02-17', provisional: false })
    expect(due(7, '2025-02-07')).toBe('2025-02-17')
    expect(correction(workingDays(20, { pauses })).resumed.dueOn).toBe('2025-03-03')
  })
  it('with ten days more, once', () => {
    const { resumed } = correction(workingDays(20, { pauses, extension: { amount: 10, unit: 'workingDay', times: 1 } }))
    const more = extendClock(resumed, { on: '2025-02-28', reason: 'COMPLEX' }, cn)
    if (!more.ok) throw new Error(more.refusal.code)
    const extended = turn(resumed, more.event)
    expect(extended.dueOn).toBe('2025-03-17')
    expect(extendClock(extended, { on: '2025-03-01', reason: 'COMPLEX' }, cn)).toEqual({
      ok: false,
      refusal: { code: 'extensionUsed', period: 'P' },
    })
  })
})

describe('other periods of the worked cases', () => {
  it('GC-12: one-time notice, silence taken as acceptance on the day of submission, acceptance', () => {
    const clock = started(workingDays(5, { missed: 'deemAccepted' }), '2026-02-12')
    expect(clock).toMatchObject({ dueOn: '2026-02-26', provisional: false })
    expect(missClock(clock)).toMatchObject({ consequence: 'deemAccepted', effectiveAt: '2026-02-26T16:00:00.000Z' })
    expect(due(20, '2026-02-12')).toBe('2026-03-18')
    expect(due(2, '2026-02-26')).toBe('2026-02-28')
  })
  it('GC-13: the window of extension opens 120 and closes 30 calendar days before, never rolled', () => {
    expect(addDays('2026-06-30', -120)).toBe('2026-03-02')
    expect(addDays('2026-06-30', -30)).toBe('2026-05-31')
  })
  it('GC-14: undecided at expiry, deemed extended from the first moment of the next day', () => {
    const clock = started(period({ untilDay: '2026-06-30' }, { missed: 'deemGranted' }), '2026-05-29')
    expect(clock).toMatchObject({ nominalOn: '2026-06-30', dueOn: '2026-06-30', firesAt: '2026-06-30T16:00:00.000Z', provisional: false })
  })
  it('GC-15: a change within ten working days over National Day', () => expect(due(10, '2025-09-25')).toBe('2025-10-15'))
  it('GC-16: a duty over the year end is provisional, and moves when the calendar is published', () => {
    const duty = workingDays(10, { kind: 'duty', party: 'employer', missed: 'openTask' })
    const clock = started(duty, '2026-12-22')
    expect(clock).toMatchObject({ dueOn: '2027-01-06', provisional: true })
    expect(workingDaysBetween(cn, '2026-12-22', '2026-12-31')).toBe(7)
    const y2027 = CalendarYear.parse({
      ...{ format: 1, calendar: 'cn', year: 2027, state: 'published', notices: ['https://example.org/notice'] },
      holidays: [{ name: { zh: '元旦', en: 'New Year' }, off: ['2027-01-01', '2027-01-04'], work: [] }],
    })
    const published: Calendar = { id: 'cn', years: { ...cn.years, 2027: y2027 } }
    const moved = turn(clock, recalculateClock(clock, published))
    expect(moved).toMatchObject({ dueOn: '2027-01-07', provisional: false, firesAt: '2027-01-07T16:00:00.000Z' })
    expect(recalculateClock(moved, published)).toBeUndefined()
  })
  it('GC-17: nobody loses anything on a provisional date, alarms sound all the same', () => {
    const clock = started(fromEntry, '2026-12-02')
    expect(hasPassed(clock, '2027-03-01T00:00:00Z')).toBe(true)
    expect(mayFire(clock)).toBe(false)
    expect(mayFire({ ...clock, period: { ...clock.period, missed: 'alarm' } })).toBe(true)
    expect(mayFire({ ...clock, provisional: false })).toBe(true)
  })
  it('GC-24: the absconded, in calendar days without rolling, then ten working days', () => {
    expect(addDays('2026-01-30', 16)).toBe('2026-02-15')
    expect(started(period({ amount: 10, unit: 'day' }), '2026-02-15').dueOn).toBe('2026-02-25')
    expect(due(10, '2026-02-25')).toBe('2026-03-10')
  })
  it('GC-25: pre-review after the cut-over, and the used days kept until the new acceptance', () => {
    expect(due(5, '2024-12-01')).toBe('2024-12-06')
    const clock = started(workingDays(20, { pauses: ['correction'] }), '2024-11-20')
    const paused = turn(clock, pauseClock(clock, { on: '2024-11-28', kind: 'correction' }, cn))
    expect(paused.used).toBe(6)
    const resumed = turn(paused, resumeClock(paused, { on: '2024-12-06' }, cn))
    expect(workingDaysBetween(cn, '2024-12-06', resumed.dueOn)).toBe(14)
  })
  it('GC-26, GC-27: the Notice runs six calendar months, its last day included', () => {
    const notice = period(
      { amount: 6, unit: 'month' },
      { kind: 'validity', party: 'holder', missed: 'lapseNotice', remindDays: [120, 30, 7] },
    )
    expect(started(notice, '2024-10-22')).toMatchObject({ dueOn: '2025-04-22', remindOn: ['2024-12-23', '2025-03-23', '2025-04-15'] })
    expect(started(notice, '2024-05-31').dueOn).toBe('2024-11-30')
    expect(started(notice, '2024-06-01').dueOn).toBe('2024-12-01')
    expect(started(notice, '2024-12-04').dueOn).toBe('2025-06-04')
    expect(due(10, '2024-11-21')).toBe('2024-12-05')
  })
  it('GC-06 to GC-08: ages of papers are months by the same rule', () => {
    expect(addMonths('2025-08-31', 6)).toBe('2026-02-28')
    expect(addMonths('2025-06-08', 6) >= '2025-12-08').toBe(true)
    expect(addMonths('2025-06-07', 6) >= '2025-12-08').toBe(false)
    expect(addMonths('2025-03-01', 6) >= '2025-08-29').toBe(true)
    expect(addMonths('2025-02-28', 6) >= '2025-08-29').toBe(false)
  })
  it('GC-28: the window of the next transaction', () => {
    expect([addDays('2025-09-30', -120), addDays('2025-09-30', -30)]).toEqual(['2025-06-02', '2025-08-31'])
  })
})
