import { addDays, addMonths } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import type { Facts } from './facts.ts'
import type { OpenItem, Pack } from './pack.ts'
import { firstFit } from './rules.ts'

export type Span = { ok: true; from: Day; until: Day; latestUntil: Day } | { ok: false; latestUntil: Day }

/**
 * From when to when a permit runs (DD-36): pre-filled with the start of the contract, not before the decision, changed freely by the decision-maker;
 * it ends with the contract, the passport or the longest term of its class, whichever is first.
 */
export function validityOf(pack: Pack, item: OpenItem, facts: Facts, asked: { decidedOn: Day; from?: Day; until?: Day }): Span {
  if (item.validity === 'none') throw new Error('this item gives no validity')
  const start = facts.days?.['contractStarts']
  const from = asked.from ?? (start && start > asked.decidedOn ? start : asked.decidedOn)
  const cap = firstFit(item.validity.atMost, facts, { lists: pack.lists })
  if (cap.is !== 'line') throw new Error('no line of the longest term fits: the checker of packs should have refused it')
  const ends = [addDays(addMonths(from, cap.line.months), -1), facts.days?.['contractEnds'], facts.days?.['passportExpires']]
    .filter((d): d is Day => d !== undefined)
    .sort()
  const latestUntil = ends[0]!
  const until = asked.until ?? latestUntil
  return from >= asked.decidedOn && until <= latestUntil && until > from
    ? { ok: true, from, until, latestUntil }
    : { ok: false, latestUntil }
}
