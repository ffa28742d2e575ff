import type { Calendar } from '../../domain/clock/calendar.ts'
import type { Clock } from '../../domain/clock/clock.ts'
import { explainClock } from '../../domain/clock/explain.ts'

/** A clock as any reader may see it, with its explanation line by line in both languages. */
export const clockView = (clock: Clock, calendar: Calendar) => ({
  id: clock.id,
  code: clock.period.code,
  kind: clock.period.kind,
  party: clock.period.party,
  label: clock.period.text,
  state: clock.state,
  from: clock.from,
  dueOn: clock.dueOn,
  nominalOn: clock.nominalOn,
  safeOn: clock.safeOn,
  provisional: clock.provisional,
  why: { zh: explainClock(clock, calendar, 'zh'), en: explainClock(clock, calendar, 'en') },
})
export type ClockViewed = ReturnType<typeof clockView>
