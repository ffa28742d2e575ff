import { v5 as uuidv5 } from 'uuid'
import type { Day } from '../kernel.ts'
import type { Calendar } from './calendar.ts'
import { type Clock, type ClockEvent, evolveClocks, meetClock, pauseClock, type ResolvedPeriod, resumeClock, startClock } from './clock.ts'

/** A period that an item runs, with the events that start it. What meets it travels inside the clock. */
export type RunningPeriod = { period: ResolvedPeriod; starts: readonly string[] }
/** Something that happened in the log the clocks stand beside; `from` where the law counts from another day than the event's own. */
export type Step = { type: string; on: Day; from?: Day }

const PAUSED_BY: Readonly<Record<string, 'correction'>> = { returned: 'correction' }
const RESUMED_BY: readonly string[] = ['resubmitted']

/**
 * What the clocks do when steps happen: meet, pause, resume, start, in this order, so that a notice that meets one clock pauses only the others.
 * A period already running is not started twice; a later step of the same kind starts it anew (DD-19: from each resubmission).
 */
export function followSteps(clocks: Clock[], steps: Step[], periods: RunningPeriod[], calendar: Calendar, ownerId: string): ClockEvent[] {
  const out: ClockEvent[] = []
  let now = clocks
  const say = (event: ClockEvent | undefined) => {
    if (!event) return
    out.push(event)
    now = evolveClocks(now, event)
  }
  for (const step of steps) {
    for (const clock of now)
      if ((clock.state === 'running' || clock.state === 'paused') && clock.period.met.includes(step.type))
        say(meetClock(clock, { on: step.on }))
    const kind = PAUSED_BY[step.type]
    if (kind)
      for (const clock of now)
        if (clock.state === 'running' && clock.period.pauses.includes(kind)) say(pauseClock(clock, { on: step.on, kind }, calendar))
    if (RESUMED_BY.includes(step.type))
      for (const clock of now) if (clock.state === 'paused') say(resumeClock(clock, { on: step.on }, calendar))
    for (const { period, starts } of periods) {
      if (!starts.includes(step.type)) continue
      if (now.some((c) => c.period.code === period.code && (c.state === 'running' || c.state === 'paused'))) continue
      say(
        startClock({
          id: uuidv5(`${period.code}:${now.length}`, ownerId),
          period,
          calendar,
          startedBy: step.type,
          from: step.from ?? step.on,
        }),
      )
    }
  }
  return out
}
