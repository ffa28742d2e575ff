import type { Day, Language, Text } from '../kernel.ts'
import { addDays, type Calendar, dayFact, daysBetween } from './calendar.ts'
import type { Clock } from './clock.ts'
import { CAUSES, say, sayAmount, sayDay, WEEKEND } from './explain-words.ts'
import { lastCounted } from './reckon.ts'

type Span = { after: Day; until: Day }

/** How a date came about, line by line, for whoever asks why: start, days off by name, pauses, extension, rolling, what is still open. */
export function explainClock(clock: Clock, calendar: Calendar, language: Language): string[] {
  const { period, nominalOn, dueOn } = clock
  const day = (d: Day) => sayDay(d, language)
  const working = 'unit' in period.length && period.length.unit === 'workingDay'
  const stood = standstills(clock)
  const seen = working ? daysSeen(clock, calendar, stood) : { off: 0, holidays: [], makeUps: [] }
  const phrases = { start: day(clock.from), nominal: day(nominalOn), due: day(dueOn), safe: day(clock.safeOn), date: day(dueOn) }

  const lines: string[] = []
  if ('untilDay' in period.length) lines.push(say('until', language, phrases))
  else {
    const p = sayAmount(
      stood.reduce((sum, s) => sum + daysBetween(s.after, s.until), 0),
      'day',
      language,
    )
    const n = sayAmount(total(clock), period.length.unit, language)
    lines.push(say(working ? 'working' : 'calendar', language, { ...phrases, n, p, off: sayAmount(seen.off, 'dayOff', language) }))
  }
  for (const { name, days } of seen.holidays) lines.push(say('off', language, { name: name[language], days: sayDays(days, language) }))
  if (seen.makeUps.length > 0) lines.push(say('makeUp', language, { days: sayDays(seen.makeUps, language) }))
  lines.push(...ledgerLines(clock, language))
  lines.push(...endLines(clock, calendar, language, phrases))
  return lines
}

/** All of the period's own units: what it began with and what was added in the same unit. */
const total = ({ period, ledger }: Clock): number => {
  const { length } = period
  if (!('unit' in length)) return 0
  return ledger.reduce((sum, line) => (line.kind === 'extended' && line.unit === length.unit ? sum + line.amount : sum), length.amount)
}

/** Stretches in which the clock stood still: after their first day, up to and including the last. */
const standstills = ({ ledger }: Clock): Span[] => {
  const spans: Span[] = []
  let after: Day | undefined
  for (const line of ledger) {
    if (line.kind === 'paused') after = lastCounted(line)
    if (line.kind !== 'resumed' || after === undefined) continue
    spans.push({ after, until: line.on })
    after = undefined
  }
  return spans
}

type Seen = { off: number; holidays: { name: Text; days: Day[] }[]; makeUps: Day[] }
const daysSeen = ({ from, dueOn }: Clock, calendar: Calendar, stood: Span[]): Seen => {
  const seen: Seen = { off: 0, holidays: [], makeUps: [] }
  for (let d = addDays(from, 1); d <= dueOn; d = addDays(d, 1)) {
    if (stood.some((s) => d > s.after && d <= s.until)) continue
    const { working, named } = dayFact(calendar, d)
    if (!working) seen.off++
    if (working && named) seen.makeUps.push(d)
    if (working || !named) continue
    const known = seen.holidays.find((h) => h.name.en === named.name.en && h.days.at(-1)?.slice(0, 4) === d.slice(0, 4))
    if (known) known.days.push(d)
    else seen.holidays.push({ name: named.name, days: [d] })
  }
  return seen
}

/** Days as ranges where they follow one another. */
const sayDays = (days: readonly Day[], language: Language): string => {
  const ranges: [Day, Day][] = []
  for (const d of days) {
    const last = ranges.at(-1)
    if (last && addDays(last[1], 1) === d) last[1] = d
    else ranges.push([d, d])
  }
  const [to, and] = language === 'zh' ? [' 至 ', '、'] : [' to ', ', ']
  return ranges.map(([a, b]) => (a === b ? sayDay(a, language) : `${sayDay(a, language)}${to}${sayDay(b, language)}`)).join(and)
}

const ledgerLines = (clock: Clock, language: Language): string[] =>
  clock.ledger.flatMap((line): string[] => {
    switch (line.kind) {
      case 'started':
        return []
      case 'paused': {
        const stop = say(line.cause === 'outage' ? 'outage' : 'paused', language, {
          on: sayDay(line.on, language),
          cause: CAUSES[line.cause][language],
        })
        const open = clock.state === 'paused' && line === clock.ledger.findLast((l) => l.kind === 'paused')
        return open && line.expectedEnd ? [stop, say('expected', language, { end: sayDay(line.expectedEnd, language) })] : [stop]
      }
      case 'extended':
        return [say('extended', language, { on: sayDay(line.on, language), n: sayAmount(line.amount, line.unit, language) })]
      case 'recalculated':
        return [say('recalculated', language, { before: sayDay(line.before, language) })]
      case 'resumed':
      case 'met':
      case 'missed':
      case 'stopped':
        return [say(line.kind, language, { on: sayDay(line.on, language) })]
      default:
        return line satisfies never
    }
  })

const endLines = (clock: Clock, calendar: Calendar, language: Language, phrases: Record<string, string>): string[] => {
  const { nominalOn, dueOn, safeOn, period } = clock
  const fact = dayFact(calendar, nominalOn)
  const name = (fact.named?.name ?? WEEKEND)[language]
  const lines: string[] = []
  if (dueOn !== nominalOn) {
    lines.push(say('rolled', language, { ...phrases, name }))
    if (safeOn < nominalOn) lines.push(say('plan', language, phrases))
  } else if (period.rolls === 'toWorkingDay' && fact.named?.makeUp) lines.push(say('worked', language, { ...phrases, name }))
  if (clock.provisional) {
    lines.push(say('provisional', language, { ...phrases, year: dueOn.slice(0, 4) }))
    if (period.rolls === 'toWorkingDay') lines.push(say('firm', language, phrases))
  }
  return lines
}
