import type { RunningPeriod } from '../clock/follow.ts'
import type { RuleWorld } from './answer.ts'
import type { Facts } from './facts.ts'
import type { Pack } from './pack.ts'
import { firstFit, fits } from './rules.ts'

/** The periods that an item runs under these facts, with their lengths resolved. A length that cannot be answered yet is left out and asked again at the next event. */
export function resolvePeriods(pack: Pack, itemCode: string, facts: Facts, world: RuleWorld): RunningPeriod[] {
  const item = pack.items[itemCode]
  if (item?.offer !== 'open') return []
  return Object.entries(item.periods).flatMap(([code, runs]) => {
    const p = pack.periods[code]
    if (runs !== 'runs' || !p || fits({ when: p.when, unless: p.unless }, facts, world).is === 'no') return []
    const found = firstFit(p.length, facts, world)
    if (found.is !== 'line') return []
    const line = found.line
    const untilDay = line.unit === 'until' ? facts.days?.[line.day] : undefined
    if (line.unit === 'until' && !untilDay) return []
    const length = line.unit === 'until' ? { untilDay: untilDay! } : { amount: line.amount, unit: line.unit }
    const { kind, party, pauses, rolls, extension, remindDays, missed, text, source } = p
    return [
      {
        starts: p.starts,
        period: {
          code,
          kind,
          party,
          length,
          pauses,
          rolls,
          extension,
          met: p.met,
          remindDays,
          missed,
          text,
          source,
          ...(p.reason ? { reason: p.reason } : {}),
        },
      },
    ]
  })
}
