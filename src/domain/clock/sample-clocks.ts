import { type Calendar, CalendarYear } from './calendar.ts'
import { type Clock, type ClockEvent, evolveClocks, type extendClock, type ResolvedPeriod, startClock } from './clock.ts'

/** Made-up clocks for tests alone: a calendar with one break in 2025 and nothing published around it. */
export const holiday = { zh: '长假', en: 'Long break' }
export const y2025 = CalendarYear.parse({
  ...{ format: 1, calendar: 'test', year: 2025, state: 'published', notices: ['https://example.org/n'] },
  holidays: [{ name: holiday, off: Array.from({ length: 8 }, (_, i) => `2025-10-0${i + 1}`), work: ['2025-09-28', '2025-10-11'] }],
})
export const test: Calendar = { id: 'test', years: { 2025: y2025 } }

/** A period with every pause of the authority and one extension, unless told otherwise. */
export const period = (length: ResolvedPeriod['length'], more: Partial<ResolvedPeriod> = {}): ResolvedPeriod => ({
  ...{ code: 'P', kind: 'statutory', party: 'authority', met: ['decided'], pauses: ['correction', 'hearing', 'outage'], rolls: 'no' },
  ...{ remindDays: [], missed: 'alarm', text: { zh: '期限', en: 'Period' }, source: 'V LAW-13' },
  extension: { amount: 10, unit: 'unit' in length ? length.unit : 'day', times: 1 },
  length,
  ...more,
})
export const ten = period({ amount: 10, unit: 'workingDay' })
/** A clock as the log would hold it after its start. */
export const begin = (p: ResolvedPeriod, from = '2025-09-01', calendar = test): Clock =>
  evolveClocks([], startClock({ id: 'c', period: p, calendar, startedBy: 'accepted', from }))[0]!
/** The clock after one more event, which must be there. */
export const turn = (clock: Clock, event: ClockEvent | undefined): Clock => evolveClocks([clock], event!)[0]!
export const must = (x: ReturnType<typeof extendClock>): ClockEvent => {
  if (!x.ok) throw new Error(x.refusal.code)
  return x.event
}
