import type { Day } from '../kernel.ts'
import type { RuleWorld } from './answer.ts'
import { assess } from './assess.ts'
import { checkPaper } from './check-paper.ts'
import type { Example, ExampleFile, Expected } from './example.ts'
import type { Facts } from './facts.ts'
import { overlay } from './merge.ts'
import type { Pack } from './pack.ts'
import { resolvePeriods } from './periods.ts'
import { firstFit } from './rules.ts'

/** An example that the pack answers differently: what was expected, what came. */
export type Difference = { title: string; what: string; expected: unknown; got: unknown }

/** Runs the worked examples of a pack and tells each difference. None is a condition of publication. */
export function runExamples(pack: Pack, file: ExampleFile, world: RuleWorld = { lists: pack.lists }): Difference[] {
  return [
    ...(file.examples ?? []).flatMap((e) => runOne(pack, file.item, e, world)),
    ...(file.papers ?? []).flatMap((p) => {
      const checked = checkPaper(pack, p.material, p.form, p.paper, { days: p.days }).filter((c) => c.answer.is === 'no')
      const reasons = checked.flatMap((c) => (c.reason ? [c.reason] : []))
      const rules = checked.map((c) => c.rule.rule)
      return [...compare(p.title, 'broken', p.broken, rules), ...(p.reasons ? compare(p.title, 'reasons', p.reasons, reasons) : [])]
    }),
    ...(file.cases ?? []).flatMap((c) => compare(c.title, 'verdict', c.verdict, verdictOf(pack.cutover.cases, c.facts as Facts, world))),
    ...(file.permits ?? []).flatMap((c) =>
      compare(c.title, 'verdict', c.verdict, verdictOf(pack.cutover.permits, c.facts as Facts, world)),
    ),
  ]
}

/** The verdict of a cut-over for a case or permit, by code; `null` where no line fits for certain: that stops the plan. */
export function verdictOf(lines: Pack['cutover']['cases'], facts: Facts, world: RuleWorld): string | null {
  const fit = firstFit(Object.values(lines), facts, world)
  return fit.is === 'line' ? (Object.keys(lines).find((code) => lines[code] === fit.line) ?? null) : null
}

function runOne(pack: Pack, item: string, example: Example, world: RuleWorld): Difference[] {
  const one = (title: string, given: Facts, expected: Expected) => {
    const got = answersOf(pack, item, { item, ground: null, ...given }, world)
    return Object.entries(expected).flatMap(([what, want]) => compare(title, what, want, pick(want, got[what as keyof Expected])))
  }
  return [
    ...one(example.title, example.given as Facts, example.expect),
    ...(example.variants ?? []).flatMap((v, i) =>
      one(v.title ?? `${example.title}, variant ${i + 1}`, overlay(example.given, v.set) as Facts, v.expect),
    ),
  ]
}

function answersOf(pack: Pack, item: string, facts: Facts, world: RuleWorld): Record<keyof Expected, unknown> {
  const on: Day = facts.days?.filed ?? pack.pack.from
  const a = assess(pack, item, facts, on, world)
  const papers = (state: string) => a.materials.filter((m) => m.asked === 'yes' && m.state === state).map((m) => m.code)
  const body = pack.items[item]
  const cap = body?.offer === 'open' && body.validity !== 'none' ? firstFit(body.validity.atMost, a.facts, world) : undefined
  const asked = new Set(a.materials.map((m) => m.code))
  return {
    class: a.class,
    met: a.met.map((m) => m.criterion),
    open: a.open.map((o) => o.criterion),
    claimed: a.claimed,
    points: { ...a.points?.rows, total: a.points?.total },
    flags: a.flags,
    refusals: a.refusals.map((r) => r.code),
    required: papers('required'),
    committed: papers('committed'),
    waived: papers('waived'),
    reused: papers('reused'),
    owed: papers('owed'),
    optional: papers('optional'),
    notAsked: Object.keys(pack.materials).filter((code) => !asked.has(code)),
    unknown: a.materials.filter((m) => m.asked === 'unknown').map((m) => m.code),
    forms: Object.fromEntries(a.materials.map((m) => [m.code, m.forms])),
    judgements: a.judgements.map((j) => j.code),
    papers: a.outcome?.papers,
    verification: a.outcome === undefined ? undefined : a.outcome.verification === 'none' ? 'none' : a.outcome.verification.period,
    months: cap?.is === 'line' ? cap.line.months : undefined,
    periods: Object.fromEntries(
      resolvePeriods(pack, item, a.facts, world).map(({ period }) => [
        period.code,
        'amount' in period.length ? `${period.length.amount} ${period.length.unit}` : `until ${period.length.untilDay}`,
      ]),
    ),
  }
}

/** Of a map only the keys that the example names; of `notAsked` only those it names. */
const pick = (want: unknown, got: unknown): unknown =>
  typeof want === 'object' && want !== null && !Array.isArray(want) && typeof got === 'object' && got !== null
    ? Object.fromEntries(Object.keys(want).map((k) => [k, (got as Record<string, unknown>)[k]]))
    : got

const inOrder = (x: unknown): unknown =>
  Array.isArray(x)
    ? [...x].sort()
    : typeof x === 'object' && x !== null
      ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, inOrder(v)]))
      : x
const compare = (title: string, what: string, expected: unknown, got: unknown): Difference[] => {
  const named = what === 'notAsked' && Array.isArray(expected) && Array.isArray(got) ? got.filter((g) => expected.includes(g)) : got
  return JSON.stringify(inOrder(expected)) === JSON.stringify(inOrder(named)) ? [] : [{ title, what, expected, got }]
}
