import type { Day, Text } from '../kernel.ts'
import { improvements, type Threshold } from '../points/improvements.ts'
import { countPoints, type Points } from '../points/points.ts'
import type { Answer, RuleWorld } from './answer.ts'
import { type AskedPaper, askedPapers } from './asked-papers.ts'
import { classify, type Tried, whyNoClass } from './classify.ts'
import type { Facts } from './facts.ts'
import type { OpenItem, Pack } from './pack.ts'
import type { Outcome } from './parts.ts'
import { firstFit, fits } from './rules.ts'
import { type WageInForce, wageOn } from './wage.ts'
import type { Class, Otherwise, WorkStage } from './words.ts'

export type CheckedPrecondition = {
  code: string
  answer: Answer
  otherwise: Otherwise
  reason: string
  source: string
  /** A filer must not learn the answer: it tells of another employer's business. */
  officersOnly: boolean
}
/** What one set of facts comes to under one pack: kept in the event that used it, repeated by a rehearsal. */
export type Assessment = {
  class: Class | null
  /** Every criterion that is met, of any class; `subjectTo` names the judgements and figures that an officer still has to give. */
  met: { criterion: string; gives: Class; subjectTo: string[] }[]
  notMet: { criterion: string; gives: Class; broken: string[] }[]
  open: { criterion: string; missing: string[] }[]
  /** Criteria that the papers follow: those claimed and met of the best class, else the lightest in papers (DD-25). */
  claimed: string[]
  points?: Points
  /** The wage row used, with a mark when its year is over (DD-26). */
  wage?: WageInForce
  flags: string[]
  refusals: { code: string; rule: string; remedy?: Text }[]
  preconditions: CheckedPrecondition[]
  materials: AskedPaper[]
  judgements: { code: string; at: WorkStage }[]
  outcome?: Outcome
  whatWouldChange: Text[]
  /** The facts with class, grounds and evidence as assessed: what later rules read. */
  facts: Facts
}

/**
 * The one pure function that tells class, preconditions and papers of a filing. All criteria are tried, each one met is listed, the best class wins;
 * papers follow what is claimed (DD-25, DD-28, DD-30). Throws if the item is not open in this pack: who asks has looked.
 */
export function assess(pack: Pack, itemCode: string, facts: Facts, on: Day, given?: RuleWorld): Assessment {
  const item = Object.hasOwn(pack.items, itemCode) ? pack.items[itemCode] : undefined
  if (item?.offer !== 'open') throw new Error(`${itemCode} is not an open item of this pack`)
  const world = given ?? { lists: pack.lists }
  const classed = item.form.includes('class')
  const wage = wageOn(pack.wages, facts.days?.filed ?? on)
  const points = classed ? countPoints(pack.points, facts) : undefined
  const base: Facts = {
    ...facts,
    ...(wage ? { averageWage: wage.yuanPerYear } : {}),
    // Points count only where the filing claims their route (DD-25).
    ...(classed ? { points: claimsPoints(pack, facts) && points ? points.total : 0 } : {}),
  }
  const found = classed ? classify(pack, base, points, world) : undefined
  const known = found ? found.facts : base
  const preconditions = checkPreconditions(item, known, world)
  const outcome = firstFit(item.outcome, known, world)
  const failed = preconditions.filter((p) => p.answer.is === 'no')
  const classless = found?.class === null ? whyNoClass(found.tried, base, world) : undefined
  const refusals = [
    ...(classless ? [classless] : []),
    ...failed.filter((p) => p.otherwise === 'refuse').map((p) => ({ code: p.reason, rule: p.code })),
  ]
  return {
    class: found?.class ?? null,
    met: (found?.met ?? []).map(({ code, gives, subjectTo }) => ({ criterion: code, gives, subjectTo })),
    notMet: (found?.tried ?? []).filter((t) => t.answer.is === 'no').map(({ code, gives, broken }) => ({ criterion: code, gives, broken })),
    open: (found?.tried ?? []).flatMap((t) =>
      t.answer.is === 'unknown' && !t.met ? [{ criterion: t.code, missing: t.answer.missing }] : [],
    ),
    claimed: (found?.proving ?? []).map((t) => t.code),
    ...(points ? { points } : {}),
    ...(classed && wage ? { wage } : {}),
    flags: [...new Set(failed.filter((p) => p.otherwise !== 'refuse').map((p) => p.reason))],
    refusals: refusals.map((r) => (Object.hasOwn(pack.reasons, r.code) ? { ...r, remedy: pack.reasons[r.code]!.remedy } : r)),
    preconditions,
    materials: askedPapers(pack, item, known, world),
    judgements: judgementsAsked(pack, item, found?.proving ?? [], known, world),
    ...(outcome.is === 'line' ? { outcome: outcome.line } : {}),
    whatWouldChange: points ? improvements(pack.points, points, base, thresholdsOf(pack)).map((i) => i.text) : [],
    facts: known,
  }
}

/** An assessment as a filer may see it: nothing that tells of another employer's permit or case. */
export function forFiler(a: Assessment): Assessment {
  const hidden = a.preconditions.filter((p) => p.officersOnly)
  const shown = a.preconditions.filter((p) => !p.officersOnly)
  const reasons = new Set(hidden.map((p) => p.reason))
  const kept = new Set(shown.filter((p) => p.answer.is === 'no').map((p) => p.reason))
  const { otherPermits: _, ...facts } = a.facts
  return { ...a, preconditions: shown, flags: a.flags.filter((f) => !reasons.has(f) || kept.has(f)), facts }
}

/** The points route is claimed by its own mark or by naming a criterion that rests on points. */
const claimsPoints = (pack: Pack, facts: Facts) =>
  facts.pointsClaimed === true ||
  (facts.claimed ?? []).some((c) => Object.hasOwn(pack.criteria, c) && pack.criteria[c]!.restsOn.includes('points'))

/** Sums that reach a class, from the criteria that ask for points and nothing else. */
const thresholdsOf = (pack: Pack): Threshold[] =>
  Object.values(pack.criteria).flatMap((c) => {
    const only = c.when?.length === 1 && !c.unless?.length ? c.when[0] : undefined
    return only?.rule === 'pointsAtLeast' ? [{ class: c.gives, points: only.points }] : []
  })

function checkPreconditions(item: OpenItem, facts: Facts, world: RuleWorld): CheckedPrecondition[] {
  return Object.entries(item.preconditions).flatMap(([code, p]) => {
    const applies = fits({ when: p.when, unless: p.unless }, facts, world)
    if (applies.is === 'no') return []
    const { otherwise, reason, source } = p
    const officersOnly = p.must.some((r) => r.rule === 'noOtherPermit')
    return [
      { code, answer: applies.is === 'unknown' ? applies : fits({ when: p.must }, facts, world), otherwise, reason, source, officersOnly },
    ]
  })
}

/** What officers have to find: the item's own questions and those of the criteria proven. A question that surely does not apply is not asked. */
function judgementsAsked(pack: Pack, item: OpenItem, proving: Tried[], facts: Facts, world: RuleWorld): { code: string; at: WorkStage }[] {
  const asked = new Map<string, WorkStage>()
  for (const [code, j] of Object.entries(item.judgements)) if (fits(j, facts, world).is !== 'no') asked.set(code, j.at)
  for (const code of proving.flatMap((t) => pack.criteria[t.code]?.judged ?? [])) {
    const j = pack.judgements[code]
    if (j && !asked.has(code) && fits(j, facts, world).is !== 'no')
      asked.set(code, item.stages.includes(j.at) ? j.at : item.stages[item.stages.length - 1]!)
  }
  return [...asked].map(([code, at]) => ({ code, at }))
}
