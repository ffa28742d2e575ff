import type { RunningPeriod } from '../clock/follow.ts'
import type { RuleWorld } from './answer.ts'
import type { Facts } from './facts.ts'
import type { Pack } from './pack.ts'
import type { Period } from './parts.ts'
import { firstFit, fits } from './rules.ts'

/**
 * The periods that an item runs under these facts, with their lengths chosen and the events that start and meet them. One whose condition or length
 * cannot be answered yet is left out, never guessed: it is asked again at the next event, with the facts of that day.
 */
export function resolvePeriods(pack: Pack, itemCode: string, facts: Facts, world: RuleWorld = { lists: pack.lists }): RunningPeriod[] {
  const item = Object.hasOwn(pack.items, itemCode) ? pack.items[itemCode] : undefined
  if (item?.offer !== 'open') return []
  return Object.entries(item.periods).flatMap(([code, runs]) => {
    const period = pack.periods[code]
    if (runs !== 'runs' || !period || fits({ when: period.when, unless: period.unless }, facts, world).is !== 'yes') return []
    const length = lengthOf(period, facts, world)
    if (length === undefined) return []
    const { kind, party, pauses, rolls, extension, met, remindDays, missed, reason, text, source } = period
    const resolved = { code, kind, party, length, pauses, rolls, extension, met, remindDays, missed, text, source }
    return [{ starts: period.starts, period: reason === undefined ? resolved : { ...resolved, reason } }]
  })
}

/** The length by the first line that fits: an amount with its unit, or the day it runs until. */
export function lengthOf(period: Period, facts: Facts, world: RuleWorld): RunningPeriod['period']['length'] | undefined {
  const found = firstFit(period.length, facts, world)
  if (found.is !== 'line') return undefined
  if (found.line.unit !== 'until') return { amount: found.line.amount, unit: found.line.unit }
  const untilDay = facts.days?.[found.line.day]
  return untilDay === undefined ? undefined : { untilDay }
}
