import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, isWorkingDay, workingDaysBetween } from './calendar.ts'
import {
  type Clock,
  type ClockEvent,
  evolveClocks,
  extendClock,
  mayFire,
  pauseClock,
  type ResolvedPeriod,
  recalculateClock,
  resumeClock,
  startClock,
} from './clock.ts'
import { begin, must, period, ten, test, turn } from './sample-clocks.ts'

describe('whatever happens', () => {
  const unit = fc.constantFrom('workingDay', 'day', 'month', 'hour' as const)
  const anyPeriod = fc
    .record({ amount: fc.integer({ min: 1, max: 70 }), unit, rolls: fc.constantFrom('no', 'toWorkingDay' as const) })
    .map(({ rolls, ...length }) => period(length, { rolls, remindDays: [30, 10, 1] }))
  const anyDay = fc.integer({ min: 0, max: 1000 }).map((n) => addDays('2024-06-01', n))
  const anyPause = fc.constantFrom('correction', 'outage' as const)
  it('nothing is due before it starts, and a working-day period ends on a working day', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, (p, from) => {
        const c = begin(p, from)
        expect(c.nominalOn > from && c.dueOn >= c.nominalOn && c.safeOn >= from).toBe(true)
        expect(c.remindOn.every((d) => d > from && d <= c.dueOn)).toBe(true)
        if ('unit' in p.length && p.length.unit === 'workingDay') {
          expect(workingDaysBetween(test, from, c.dueOn)).toBe(p.length.amount)
          expect(isWorkingDay(test, c.dueOn).working).toBe(true)
        }
      }),
      { numRuns: 400 },
    )
  })
  it('pauses never shorten, a longer pause never gives less, and no part of the period is lost', () => {
    const spans = fc.array(fc.record({ run: fc.integer({ min: 0, max: 20 }), stand: fc.integer({ min: 0, max: 40 }), kind: anyPause }), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(anyPeriod, anyDay, spans, (p, from, list) => {
        let clock = begin(p, from)
        let at = from
        for (const { run, stand, kind } of list) {
          at = addDays(at, run)
          if (at > clock.dueOn) return
          const paused = turn(clock, pauseClock(clock, { on: at, kind }, test))
          at = addDays(at, stand)
          const resumed = turn(paused, resumeClock(paused, { on: at }, test))
          expect(resumed.dueOn >= clock.dueOn && resumed.dueOn >= at).toBe(true)
          expect(turn(paused, resumeClock(paused, { on: addDays(at, 1) }, test)).dueOn >= resumed.dueOn).toBe(true)
          clock = resumed
        }
      }),
      { numRuns: 400 },
    )
  })
  it('an extension lengthens and comes once', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, (p, from) => {
        const clock = begin(p, from)
        const more = turn(clock, must(extendClock(clock, { on: from, reason: 'COMPLEX' }, test)))
        expect(more.dueOn > clock.dueOn || (p.length as { unit: string }).unit === 'hour').toBe(true)
        expect(extendClock(more, { on: from, reason: 'COMPLEX' }, test).ok).toBe(false)
      }),
      { numRuns: 400 },
    )
  })
  it('the days of an event are those of a fresh count, so folding needs no calendar', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, fc.integer({ min: 0, max: 30 }), (p, from, gap) => {
        const started = startClock({ id: 'c', period: p, calendar: test, startedBy: 'accepted', from })
        const clock = evolveClocks([], started)[0]!
        const paused = pauseClock(clock, { on: from, kind: 'correction' }, test)!
        const resumed = resumeClock(turn(clock, paused), { on: addDays(from, gap) }, test)!
        const events = JSON.parse(JSON.stringify([started, paused, resumed])) as ClockEvent[]
        const folded = events.reduce(evolveClocks, [] as Clock[])[0]!
        expect(recalculateClock(folded, test)).toBeUndefined()
        expect(daysBetween(folded.from, folded.dueOn)).toBeGreaterThanOrEqual(gap)
      }),
      { numRuns: 400 },
    )
  })
  it('nobody loses anything on a provisional date', () => {
    const adverse = ['lapseFiling', 'lapseNotice', 'expirePermit', 'flagOverdue', 'becomeDefect'] as const
    const others = ['alarm', 'deemAccepted', 'deemGranted', 'openTask'] as const
    const provisional = (missed: ResolvedPeriod['missed']) => begin({ ...ten, missed }, '2025-12-30')
    expect(adverse.map((m) => mayFire(provisional(m)))).toEqual([false, false, false, false, false])
    expect(others.map((m) => mayFire(provisional(m)))).toEqual([true, true, true, true])
    expect(mayFire(begin({ ...ten, missed: 'lapseFiling' }))).toBe(true)
  })
})
