import type { Points } from '../points/points.ts'
import type { Answer, RuleWorld } from './answer.ts'
import type { Facts } from './facts.ts'
import type { Pack } from './pack.ts'
import type { Criterion } from './parts.ts'
import type { PersonRule } from './rule.ts'
import { answer, fits } from './rules.ts'
import { Class } from './words.ts'

/** One criterion tried on the facts. `met` includes a claimed one that waits only for what an officer has to give, named in `subjectTo`. */
export type Tried = {
  code: string
  gives: Class
  answer: Answer
  met: boolean
  subjectTo: string[]
  broken: string[]
  criterion: Criterion
}
export type Classified = { class: Class | null; tried: Tried[]; met: Tried[]; proving: Tried[]; facts: Facts }

/** Tries all criteria, takes the best class, and sets what papers depend on: class, grounds, evidence. */
export function classify(pack: Pack, facts: Facts, points: Points | undefined, world: RuleWorld): Classified {
  const tried = Object.entries(pack.criteria).map(([code, c]) => tryOne(code, c, facts, world))
  const met = tried.filter((t) => t.met)
  const best = Class.options.find((c) => met.some((t) => t.gives === c)) ?? null
  const ofBest = met.filter((t) => t.gives === best)
  const claimed = ofBest.filter((t) => isClaimed(t.code, t.criterion, facts))
  const proving = claimed.length > 0 ? claimed : lightest(ofBest)
  const restsOn = new Set(proving.flatMap((t) => t.criterion.restsOn))
  if (restsOn.has('points') && payScored(pack, points)) restsOn.add('payPoints')
  return {
    class: best,
    tried,
    met,
    proving,
    facts:
      best === null
        ? facts
        : { ...facts, class: best, restsOn: [...restsOn], evidence: [...new Set(proving.flatMap((t) => t.criterion.evidence))] },
  }
}

function tryOne(code: string, criterion: Criterion, facts: Facts, world: RuleWorld): Tried {
  const claimed = isClaimed(code, criterion, facts)
  const answered = fits(criterion, facts, world)
  // A place under a quota is taken only by who asks for it (DD-55).
  const result: Answer = criterion.restsOn.includes('quota') && !claimed && answered.is !== 'no' ? { is: 'no' } : answered
  const waits = result.is === 'unknown' && claimed && result.missing.every(isOfficers)
  return {
    code,
    gives: criterion.gives,
    criterion,
    answer: result,
    met: result.is === 'yes' || waits,
    subjectTo: waits && result.is === 'unknown' ? result.missing : [],
    broken: result.is === 'no' ? brokenOf(criterion, facts, world).map((r) => r.rule) : [],
  }
}
/** A finding or an unpublished figure is an officer's to give; a missing fact of the form is not (settled: unknowns of `assess`). */
const isOfficers = (missing: string): boolean =>
  missing.startsWith('judgement ') || missing.startsWith('quota ') || missing === 'wage of the year'

const isClaimed = (code: string, c: Criterion, facts: Facts): boolean =>
  (facts.claimed ?? []).includes(code) ||
  (facts.pointsClaimed === true && c.restsOn.includes('points')) ||
  (facts.quotaClaimed === true && c.restsOn.includes('quota'))

/** Where nothing is claimed yet: the one that asks for the fewest papers; of equal ones the first in the pack. */
const lightest = (of: Tried[]): Tried[] => [...of].sort((a, b) => a.criterion.evidence.length - b.criterion.evidence.length).slice(0, 1)

const payScored = (pack: Pack, points: Points | undefined) =>
  Object.entries(pack.points).some(([code, row]) => row.of === 'payTenThousands' && (points?.rows[code] ?? 0) > 0)

/** Rules of a criterion that are firmly against it. */
function brokenOf(c: Criterion, facts: Facts, world: RuleWorld): PersonRule[] {
  return [
    ...(c.when ?? []).filter((r) => answer(r, facts, world).is === 'no'),
    ...(c.unless ?? []).filter((r) => answer(r, facts, world).is === 'yes'),
  ]
}

/** Facts that the form can still give: while one is missing, no class is "not yet known", never "none". */
const waitsForForm = (tried: Tried[]) => tried.some((t) => t.answer.is === 'unknown' && !t.answer.missing.every(isOfficers))

/**
 * Why there is no class, or `undefined` while the form still lacks what decides it. A criterion that only the age keeps away is named with
 * AGE_OVER_LIMIT; else CLASS_NO_CRITERION names the claimed criterion that came nearest (fewest broken rules, then the lowest class).
 */
export function whyNoClass(tried: Tried[], facts: Facts, world: RuleWorld): { code: string; rule: string } | undefined {
  const byAge = tried.find((t) => {
    const limits = (t.criterion.when ?? []).filter((r) => r.rule === 'ageAtMost')
    if (!limits.some((r) => answer(r, facts, world).is === 'no')) return false
    const rest = fits({ when: t.criterion.when?.filter((r) => r.rule !== 'ageAtMost'), unless: t.criterion.unless }, facts, world)
    return rest.is === 'yes' || (rest.is === 'unknown' && isClaimed(t.code, t.criterion, facts) && rest.missing.every(isOfficers))
  })
  if (byAge) return { code: 'AGE_OVER_LIMIT', rule: byAge.code }
  if (waitsForForm(tried)) return undefined
  const claimed = tried.filter((t) => isClaimed(t.code, t.criterion, facts))
  const nearest = [...(claimed.length > 0 ? claimed : tried.filter((t) => t.answer.is === 'no'))].sort(
    (a, b) => a.broken.length - b.broken.length || Class.options.indexOf(b.gives) - Class.options.indexOf(a.gives),
  )[0]
  return { code: 'CLASS_NO_CRITERION', rule: nearest?.code ?? '' }
}
