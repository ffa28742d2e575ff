import { addDays, addMonths } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import type { RuleWorld } from './answer.ts'
import type { Facts } from './facts.ts'
import type { OpenItem, Pack } from './pack.ts'
import type { Validity } from './parts.ts'
import { firstFit } from './rules.ts'

/** The term of a grant, both days included; or why there is none, with the last day that would do. */
export type Span =
  | { ok: true; from: Day; until: Day; latestUntil: Day }
  | { ok: false; code: 'beforeDecision' | 'tooLong' | 'reversed'; latestUntil: Day }
/** What the decision-maker asks for; what is left out is pre-filled. */
export type AskedTerm = { decidedOn: Day; from?: Day; until?: Day }

/**
 * From when to when a permit runs (DD-36): pre-filled with the start of the contract, not before the decision; it ends with the contract, the passport or the
 * longest term of its class, whichever is first. A decision-maker may change both within these ends. An extension starts the day after the old
 * expiry, even if that lies before a late decision (DD-23). Throws for an item without validity, or if no longest term fits: the checker has looked.
 */
export function validityOf(pack: Pack, item: OpenItem, facts: Facts, asked: AskedTerm, world: RuleWorld = { lists: pack.lists }): Span {
  if (item.validity === 'none') throw new Error('this item gives no validity')
  const rule = item.validity
  const start = startOfTerm(rule, facts, asked)
  const from = asked.from ?? start
  const cap = firstFit(rule.atMost, facts, world)
  if (cap.is !== 'line') throw new Error('no line of the longest term fits: the checker of packs should have refused it')
  const ends = [addDays(addMonths(from, cap.line.months), -1)]
  if (rule.within.includes('contractEnds') && facts.days?.contractEnds) ends.push(facts.days.contractEnds)
  if (rule.within.includes('passportExpires') && facts.days?.passportExpires) ends.push(facts.days.passportExpires)
  const latestUntil = ends.sort()[0]!
  const until = asked.until ?? latestUntil
  const earliest = rule.from === 'dayAfterOld' && start < asked.decidedOn ? start : asked.decidedOn
  if (from < earliest) return { ok: false, code: 'beforeDecision', latestUntil }
  if (until < from) return { ok: false, code: 'reversed', latestUntil }
  return until > latestUntil ? { ok: false, code: 'tooLong', latestUntil } : { ok: true, from, until, latestUntil }
}

/** The day a term starts on if nobody says otherwise. A day that is not known yet falls back to the decision. */
function startOfTerm(rule: Validity, facts: Facts, { decidedOn }: AskedTerm): Day {
  const days = facts.days ?? {}
  const notBefore = (day: Day | undefined) => (day !== undefined && day > decidedOn ? day : decidedOn)
  switch (rule.from) {
    case 'decided':
      return decidedOn
    case 'entered':
      return notBefore(days.entered)
    case 'contractStarts':
    case 'decisionMaker':
      return notBefore(days.contractStarts)
    case 'dayAfterOld':
      return days.permitExpires === undefined ? decidedOn : addDays(days.permitExpires, 1)
    default:
      return rule.from satisfies never
  }
}
