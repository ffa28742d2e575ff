import { describe, expect, it } from 'vitest'
import { CalendarYear, workingDaysBetween } from './calendar.ts'
import {
  evolveClocks,
  extendClock,
  hasPassed,
  meetClock,
  missClock,
  pauseClock,
  recalculateClock,
  resumeClock,
  stopClock,
} from './clock.ts'
import { begin, holiday, must, period, ten, test, turn, y2025 } from './sample-clocks.ts'

describe('a clock that runs', () => {
  it('carries its own copy of the period, its calendar and what started it', () => {
    expect(begin(ten)).toMatchObject({
      period: ten,
      calendar: 'test',
      startedBy: 'accepted',
      from: '2025-09-01',
      state: 'running',
      used: 0,
    })
    expect(begin(ten).ledger).toEqual([{ kind: 'started', on: '2025-09-01', by: 'accepted' }])
  })
  it('passes at midnight in Shanghai after its due day, whatever the spelling of the instant', () => {
    const clock = begin(ten)
    expect(clock).toMatchObject({ dueOn: '2025-09-15', firesAt: '2025-09-15T16:00:00.000Z' })
    expect(hasPassed(clock, '2025-09-15T15:59:59.999Z')).toBe(false)
    expect(hasPassed(clock, '2025-09-15T16:00:00Z')).toBe(true)
  })
  it('counts hours as begun days and ends on a fixed day where the period says so', () => {
    expect(begin(period({ amount: 24, unit: 'hour' })).dueOn).toBe('2025-09-02')
    expect(begin(period({ amount: 25, unit: 'hour' })).dueOn).toBe('2025-09-03')
    expect(begin(period({ untilDay: '2025-10-05' })).dueOn).toBe('2025-10-05')
    expect(begin(period({ untilDay: '2025-10-05' }, { rolls: 'toWorkingDay' })).dueOn).toBe('2025-10-09')
  })
  it('reminds in its own kind of days, never on or before its start, each day once', () => {
    expect(begin({ ...ten, remindDays: [2, 1, 1, 30] }).remindOn).toEqual(['2025-09-11', '2025-09-12'])
    expect(begin(period({ amount: 30, unit: 'day' }, { remindDays: [10, 3] })).remindOn).toEqual(['2025-09-21', '2025-09-28'])
  })
  it('has no safe day before its start, even when a break swallows the whole period', () => {
    const clock = begin(period({ amount: 2, unit: 'day' }, { rolls: 'toWorkingDay' }), '2025-10-02')
    expect(clock).toMatchObject({ nominalOn: '2025-10-04', dueOn: '2025-10-09', safeOn: '2025-10-09' })
  })
})

describe('a clock that stands still', () => {
  it('does so only for a reason that the period lists, only while it runs, never when it ends on a fixed day', () => {
    expect(pauseClock(begin(ten), { on: '2025-09-03', kind: 'expert' }, test)).toBeUndefined()
    expect(pauseClock(begin(period({ untilDay: '2025-09-30' })), { on: '2025-09-03', kind: 'correction' }, test)).toBeUndefined()
    const paused = turn(begin(ten), pauseClock(begin(ten), { on: '2025-09-03', kind: 'correction' }, test))
    expect(pauseClock(paused, { on: '2025-09-04', kind: 'hearing' }, test)).toBeUndefined()
    expect(resumeClock(begin(ten), { on: '2025-09-04' }, test)).toBeUndefined()
    expect(hasPassed(paused, '2030-01-01T00:00:00Z')).toBe(false)
  })
  it('shows the day it would end if it went on as expected', () => {
    const plain = turn(begin(ten), pauseClock(begin(ten), { on: '2025-09-03', kind: 'hearing', reason: 'HEARING' }, test))
    const hearing = turn(begin(ten), pauseClock(begin(ten), { on: '2025-09-03', kind: 'hearing', expectedEnd: '2025-09-10' }, test))
    expect(plain.dueOn).toBe('2025-09-15')
    expect(plain.ledger.at(-1)).toMatchObject({ reason: 'HEARING' })
    expect(hearing.dueOn).toBe('2025-09-22')
    expect(turn(hearing, resumeClock(hearing, { on: '2025-09-12' }, test)).dueOn).toBe('2025-09-24')
  })
  it('resumes on its last day with that day, or the next working one', () => {
    const paused = turn(begin(ten), pauseClock(begin(ten), { on: '2025-09-15', kind: 'correction' }, test))
    expect(paused.used).toBe(10)
    expect(turn(paused, resumeClock(paused, { on: '2025-09-19' }, test)).dueOn).toBe('2025-09-19')
    expect(turn(paused, resumeClock(paused, { on: '2025-09-20' }, test)).dueOn).toBe('2025-09-22')
  })
  it('paused after its bare end, on the way to the rolled one, is never over before it resumes', () => {
    const clock = begin(period({ amount: 2, unit: 'day' }, { rolls: 'toWorkingDay' }), '2025-09-04')
    expect(clock).toMatchObject({ nominalOn: '2025-09-06', dueOn: '2025-09-08' })
    const paused = turn(clock, pauseClock(clock, { on: '2025-09-08', kind: 'correction' }, test))
    expect(turn(paused, resumeClock(paused, { on: '2025-09-09' }, test)).dueOn).toBe('2025-09-09')
    expect(turn(paused, resumeClock(paused, { on: '2025-09-13' }, test)).dueOn).toBe('2025-09-15')
  })
  it('gives back every day that our own outage touched', () => {
    const cure = begin(period({ amount: 30, unit: 'day' }))
    const down = turn(cure, pauseClock(cure, { on: '2025-09-10', kind: 'outage' }, test))
    expect(down.used).toBe(8)
    expect(turn(down, resumeClock(down, { on: '2025-09-10' }, test)).dueOn).toBe('2025-10-02')
    expect(turn(down, resumeClock(down, { on: '2025-09-12' }, test)).dueOn).toBe('2025-10-04')
    const work = turn(begin(ten), pauseClock(begin(ten), { on: '2025-09-10', kind: 'outage' }, test))
    expect(turn(work, resumeClock(work, { on: '2025-09-10' }, test)).dueOn).toBe('2025-09-16')
  })
  it('takes a pause or resumption that is told with an earlier day as of the last line of its ledger', () => {
    const paused = turn(begin(ten), pauseClock(begin(ten), { on: '2025-08-01', kind: 'correction' }, test))
    expect(paused.ledger.at(-1)).toMatchObject({ kind: 'paused', on: '2025-09-01' })
    expect(turn(paused, resumeClock(paused, { on: '2025-08-15' }, test)).dueOn).toBe('2025-09-15')
  })
  it('is unsure about days spent in an unpublished year too', () => {
    const clock = begin({ ...ten, length: { amount: 20, unit: 'workingDay' } }, '2024-12-24')
    const paused = turn(clock, pauseClock(clock, { on: '2024-12-30', kind: 'correction' }, test))
    expect(turn(paused, resumeClock(paused, { on: '2025-03-03' }, test)).provisional).toBe(true)
  })
})

describe('more time', () => {
  it('is added once to the same count, with a reason told before the due day ends', () => {
    const clock = begin(ten)
    expect(turn(clock, must(extendClock(clock, { on: '2025-09-15', reason: 'COMPLEX' }, test))).dueOn).toBe('2025-09-28')
    expect(extendClock(clock, { on: '2025-09-16', reason: 'COMPLEX' }, test)).toEqual({
      ok: false,
      refusal: { code: 'extensionTooLate', dueOn: '2025-09-15' },
    })
    expect(extendClock(clock, { on: '2025-09-15', reason: ' ' }, test)).toEqual({ ok: false, refusal: { code: 'reasonNeeded' } })
  })
  it('is not there for a period without it, for one of another kind of days, or after the end', () => {
    const refusal = { ok: false, refusal: { code: 'periodCannotBeExtended', period: 'P' } }
    const by = { on: '2025-09-02', reason: 'COMPLEX' }
    expect(extendClock(begin({ ...ten, extension: 'none' }), by, test)).toEqual(refusal)
    expect(extendClock(begin({ ...ten, extension: { amount: 1, unit: 'month', times: 1 } }), by, test)).toEqual(refusal)
    expect(extendClock(begin(period({ untilDay: '2025-09-30' })), by, test)).toEqual(refusal)
    expect(extendClock(turn(begin(ten), meetClock(begin(ten), { on: '2025-09-02' })), by, test)).toEqual(refusal)
  })
  it('may come while the clock stands still, which it then goes on doing', () => {
    const paused = turn(begin(ten), pauseClock(begin(ten), { on: '2025-09-03', kind: 'hearing' }, test))
    const extended = turn(paused, must(extendClock(paused, { on: '2025-09-20', reason: 'COMPLEX' }, test)))
    expect(extended).toMatchObject({ state: 'paused', firesAt: null })
    expect(workingDaysBetween(test, '2025-09-22', turn(extended, resumeClock(extended, { on: '2025-09-22' }, test)).dueOn)).toBe(18)
  })
  it('of months goes from the end that was', () => {
    const clock = begin(period({ amount: 1, unit: 'month' }, { extension: { amount: 1, unit: 'month', times: 1 } }), '2025-01-31')
    expect(clock.dueOn).toBe('2025-02-28')
    expect(turn(clock, must(extendClock(clock, { on: '2025-02-01', reason: 'COMPLEX' }, test))).dueOn).toBe('2025-03-28')
  })
})

describe('the end of a clock', () => {
  it('met, missed and stopped leave a line and never fire again', () => {
    const clock = begin(ten)
    const ends = [meetClock(clock, { on: '2025-09-08' }), missClock(clock), stopClock(clock), stopClock(clock, { on: '2025-09-08' })]
    expect(ends.map((e) => turn(clock, e).state)).toEqual(['met', 'missed', 'stopped', 'stopped'])
    expect(ends.map((e) => turn(clock, e).ledger.at(-1))).toEqual([
      { kind: 'met', on: '2025-09-08' },
      { kind: 'missed', on: '2025-09-15' },
      { kind: 'stopped', on: '2025-09-01' },
      { kind: 'stopped', on: '2025-09-08' },
    ])
    for (const e of ends) expect(turn(clock, e)).toMatchObject({ firesAt: null, dueOn: '2025-09-15' })
    expect(recalculateClock(turn(clock, ends[0]), test)).toBeUndefined()
  })
  it('an event for a clock that never started is a fault of ours', () => {
    expect(() => evolveClocks([], meetClock(begin(ten), { on: '2025-09-08' }))).toThrow('never started')
  })
  it('a paused clock is counted again too and stays paused', () => {
    const clock = begin(ten, '2025-12-30')
    const paused = turn(clock, pauseClock(clock, { on: '2025-12-31', kind: 'hearing', expectedEnd: '2026-01-05' }, test))
    const y2026 = CalendarYear.parse({ ...y2025, year: 2026, holidays: [{ name: holiday, off: ['2026-01-06'], work: [] }] })
    const again = turn(paused, recalculateClock(paused, { id: 'test', years: { ...test.years, 2026: y2026 } }))
    expect(again).toMatchObject({ state: 'paused', firesAt: null, provisional: false })
    expect(again.dueOn > paused.dueOn).toBe(true)
  })
})
