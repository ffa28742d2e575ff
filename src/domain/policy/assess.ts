import type { Text } from '../kernel.ts'
import { countPoints, type Points } from '../points/points.ts'
import type { Facts } from './facts.ts'
import type { Pack } from './pack.ts'
import { type Answer, fits, type RuleWorld } from './rules.ts'

export type AskedPaper = {
  code: string
  asked: 'yes' | 'unknown'
  missing: string[]
  state: 'required' | 'optional' | 'committed' | 'waived' | 'reused' | 'owed'
  forms: string[]
  possibleForms: string[]
  relief: ('waived' | 'reused' | 'commitment' | 'owed')[]
}
/** What one set of facts comes to under one pack: kept in the event that used it, repeated by a rehearsal. */
export type Assessment = {
  class: 'A' | 'B' | 'C' | null
  met: { criterion: string; gives: 'A' | 'B' | 'C' }[]
  open: { criterion: string; missing: string[] }[]
  claimed: string[]
  points?: Points
  flags: string[]
  refusals: { code: string; rule?: string }[]
  preconditions: { code: string; answer: Answer; otherwise: 'refuse' | 'warn' | 'officerDecides'; reason: string; source: string }[]
  materials: AskedPaper[]
  judgements: { code: string; at: string }[]
  whatWouldChange: Text[]
  /** The facts with class, grounds and evidence as assessed: what later rules read. */
  facts: Facts
}
const RANK = ['A', 'B', 'C'] as const

/** The one pure function that tells class, preconditions and papers of a filing. All criteria are tried, the best class wins; papers follow what is claimed. */
export function assess(pack: Pack, itemCode: string, facts: Facts, _on: string, world: RuleWorld): Assessment {
  const item = pack.items[itemCode]
  if (item?.offer !== 'open') throw new Error(`${itemCode} is not an open item of this pack`)
  const classed = item.form.includes('class')
  const points = classed ? countPoints(pack.points, facts) : undefined
  // Points count only where the filing claims their route (DD-25).
  const base: Facts = { ...facts, points: facts.pointsClaimed && points ? points.total : 0 }
  const tried = classed ? Object.entries(pack.criteria).map(([code, c]) => ({ code, c, a: fits(c, base, world) })) : []
  const claims = new Set(facts.claimed ?? [])
  const judgedOnly = (a: Answer) => a.is === 'unknown' && a.missing.every((m) => m.startsWith('judgement '))
  const met = tried.filter(({ code, a }) => a.is === 'yes' || (claims.has(code) && judgedOnly(a)))
  const best = RANK.find((k) => met.some((m) => m.c.gives === k)) ?? null
  const chosen = met.filter((m) => m.c.gives === best && (claims.size === 0 || claims.has(m.code)))
  const proving = chosen.length > 0 ? chosen : met.filter((m) => m.c.gives === best)
  const restsOn = new Set(proving.flatMap((m) => m.c.restsOn))
  if (
    restsOn.has('points') &&
    Object.entries(pack.points).some(
      ([code, row]) => row.shape === 'bands' && row.of === 'payTenThousands' && (points?.rows[code] ?? 0) > 0,
    )
  )
    restsOn.add('payPoints')
  const known: Facts = classed
    ? { ...base, ...(best ? { class: best } : {}), restsOn: [...restsOn], evidence: [...new Set(proving.flatMap((m) => m.c.evidence))] }
    : base
  const preconditions = Object.entries(item.preconditions).flatMap(([code, p]) => {
    if (fits({ when: p.when, unless: p.unless }, known, world).is === 'no') return []
    return [{ code, answer: fits({ when: p.must }, known, world), otherwise: p.otherwise, reason: p.reason, source: p.source }]
  })
  const refusals: Assessment['refusals'] = classed && best === null ? [whyNone(tried, base, world)] : []
  const judgements = [
    ...Object.entries(item.judgements)
      .filter(([, j]) => fits(j, known, world).is !== 'no')
      .map(([code, j]) => ({ code, at: j.at as string })),
    ...proving.flatMap((m) => m.c.judged.map((code) => ({ code, at: pack.judgements[code]?.at ?? 'review' }))),
  ]
  return {
    class: best,
    met: met.map((m) => ({ criterion: m.code, gives: m.c.gives })),
    open: tried.flatMap(({ code, a }) => (a.is === 'unknown' ? [{ criterion: code, missing: a.missing }] : [])),
    claimed: proving.map((m) => m.code),
    ...(points ? { points } : {}),
    flags: preconditions.filter((p) => p.answer.is === 'no' && p.otherwise !== 'refuse').map((p) => p.reason),
    refusals: [
      ...refusals,
      ...preconditions.filter((p) => p.answer.is === 'no' && p.otherwise === 'refuse').map((p) => ({ code: p.reason, rule: p.code })),
    ],
    preconditions,
    materials: papersOf(pack, item, known, world),
    judgements: judgements.filter((j, i) => judgements.findIndex((x) => x.code === j.code) === i),
    whatWouldChange: [],
    facts: known,
  }
}

/** No class: over the age limit where age alone stands in the way, else no criterion. */
const whyNone = (tried: { code: string; c: Pack['criteria'][string] }[], f: Facts, w: RuleWorld): { code: string; rule?: string } => {
  const age = (r: { rule: string }) => r.rule === 'ageAtMost' || r.rule === 'ageAtLeast'
  const only = tried.find(
    ({ c }) =>
      (c.when ?? []).some((r) => r.rule === 'ageAtMost') &&
      fits({ when: (c.when ?? []).filter((r) => !age(r)), unless: c.unless }, f, w).is === 'yes',
  )
  return only ? { code: 'AGE_OVER_LIMIT', rule: only.code } : { code: 'CLASS_NO_CRITERION' }
}

const papersOf = (pack: Pack, item: Extract<Pack['items'][string], { offer: 'open' }>, f: Facts, w: RuleWorld): AskedPaper[] =>
  Object.entries(item.materials).flatMap(([code, asked]): AskedPaper[] => {
    const material = pack.materials[code]
    const a = asked.need === 'none' || !material ? ({ is: 'no' } as const) : fits(asked, f, w)
    if (a.is === 'no' || !material) return []
    const offered = (asked.forms ?? Object.keys(material.forms)).map((k) => ({
      k,
      a: material.forms[k] ? fits(material.forms[k], f, w) : ({ is: 'no' } as const),
    }))
    const relief = [...new Set((asked.relief ?? material.relief).filter((r) => fits(r, f, w).is === 'yes').map((r) => r.kind))]
    const state = relief.includes('waived')
      ? 'waived'
      : relief.includes('reused')
        ? 'reused'
        : relief.includes('commitment')
          ? 'committed'
          : relief.includes('owed')
            ? 'owed'
            : asked.need === 'optional'
              ? 'optional'
              : 'required'
    return [
      {
        code,
        asked: a.is === 'yes' ? 'yes' : 'unknown',
        missing: a.is === 'unknown' ? a.missing : [],
        state,
        forms: offered.filter((o) => o.a.is === 'yes').map((o) => o.k),
        possibleForms: offered.filter((o) => o.a.is !== 'no').map((o) => o.k),
        relief,
      },
    ]
  })
