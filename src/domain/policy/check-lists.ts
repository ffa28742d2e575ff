import type { Tell } from './check.ts'
import { checkLines, checkRules } from './check-rules.ts'
import type { Pack } from './pack.ts'
import type { PointsRow, Wage } from './parts.ts'

/** Faults of the shared lists: papers nobody asks, periods nobody runs, bands with gaps, wages that overlap, codes that lead nowhere. */
export function checkLists(pack: Pack, tell: Tell): void {
  const open = Object.values(pack.items).filter((i) => i.offer === 'open')
  const reason = (at: string, r: string) => {
    if (!Object.hasOwn(pack.reasons, r)) tell('noReason', at, `there is no reason ${r}`)
  }
  for (const [code, m] of Object.entries(pack.materials)) {
    const at = `materials.${code}`
    if (!open.some((i) => i.materials[code] !== undefined)) tell('neverAsked', at, 'no item asks for this paper')
    if (Object.keys(m.forms).length === 0) tell('noForm', at, 'no form of this paper is accepted')
    for (const [f, form] of Object.entries(m.forms)) {
      checkRules(pack, form, `${at}.forms.${f}`, tell)
      if (form.photo !== undefined && !Object.hasOwn(pack.photos, form.photo))
        tell('noPhoto', `${at}.forms.${f}`, `there is no photo profile ${form.photo}`)
      if (form.authentication.includes('none') && form.authentication.length > 1)
        tell('idleWord', `${at}.forms.${f}`, 'no authentication, and some, cannot both be asked')
      for (const r of Object.values(form.reasons ?? {})) if (r !== undefined) reason(`${at}.forms.${f}.reasons`, r)
      for (const rule of Object.keys(form.reasons ?? {}))
        if (!form.rules.some((r) => r.rule === rule)) tell('idleReason', `${at}.forms.${f}.reasons`, `the form has no rule ${rule}`)
    }
    for (const [i, relief] of m.relief.entries()) {
      checkRules(pack, relief, `${at}.relief.${i}`, tell)
      if (relief.kind === 'owed' && !Object.hasOwn(pack.periods, relief.period))
        tell('noPeriod', `${at}.relief.${i}`, `there is no period ${relief.period}`)
    }
  }
  for (const [code, p] of Object.entries(pack.periods)) {
    const at = `periods.${code}`
    if (!open.some((i) => i.periods[code] === 'runs')) tell('neverRun', at, 'no item runs this period')
    checkLines(pack, p.length, `${at}.length`, tell)
    checkRules(pack, p, at, tell)
    if (p.party === 'authority' && p.pauses.includes('outage')) tell('ownOutage', at, "our own outage never stops the authority's clock")
    if (p.reason !== undefined) reason(at, p.reason)
    const met = p.starts.filter((s) => p.met.includes(s))
    if (met.length === p.starts.length) tell('metAtOnce', at, 'every event that starts the period also meets it')
  }
  for (const [code, c] of Object.entries(pack.criteria)) {
    const at = `criteria.${code}`
    checkRules(pack, c, at, tell)
    for (const e of c.evidence) if (!Object.hasOwn(pack.materials, e)) tell('noMaterial', `${at}.evidence`, `there is no paper ${e}`)
    for (const j of c.judged) if (!Object.hasOwn(pack.judgements, j)) tell('noJudgement', `${at}.judged`, `there is no judgement ${j}`)
    if (!c.when?.length && !c.unless?.length && c.judged.length === 0) tell('alwaysMet', at, 'everybody meets this criterion')
  }
  for (const [code, j] of Object.entries(pack.judgements)) {
    reason(`judgements.${code}`, j.reason)
    checkRules(pack, j, `judgements.${code}`, tell)
  }
  for (const [code, row] of Object.entries(pack.points)) checkRow(row, `points.${code}`, tell)
  checkWages(pack.wages, tell)
  for (const part of ['cases', 'permits'] as const)
    for (const [code, v] of Object.entries(pack.cutover[part])) {
      checkRules(pack, v, `cutover.${part}.${code}`, tell)
      if (v.to !== undefined && !Object.hasOwn(pack.items, v.to))
        tell('itemNotOffered', `cutover.${part}.${code}`, `there is no item ${v.to}`)
      if ((v.verdict === 'mustRefile' || v.verdict === 'mayRefile') && v.to === undefined)
        tell('refileWhere', `cutover.${part}.${code}`, 'it is not said in which item to file again')
    }
}

/** Bands are closed below and open above, without gap or overlap; no row gives more than its maximum. */
function checkRow(row: PointsRow, at: string, tell: Tell): void {
  if (row.shape === 'bands') {
    const bands = [...row.bands].sort((a, b) => a.from - b.from)
    if (bands[0]?.from !== 0) tell('bandGap', at, 'the lowest band does not begin at 0')
    for (const [i, band] of bands.entries()) {
      const next = bands[i + 1]
      if (next === undefined ? band.below !== undefined : band.below !== next.from)
        tell('bandGap', at, `a gap or an overlap at ${band.below ?? 'the open end'}`)
      if (band.points > row.max) tell('overMaximum', at, `${band.points} points are more than the maximum of ${row.max}`)
    }
  }
  if (row.shape === 'levels')
    for (const [level, points] of Object.entries(row.levels))
      if (points > row.max) tell('overMaximum', at, `${level} gives more than the maximum of ${row.max}`)
}

/** One wage row a day. A gap is allowed and told by a mark, an overlap is not. */
function checkWages(wages: Readonly<Record<string, Wage>>, tell: Tell): void {
  const rows = Object.entries(wages).sort(([, a], [, b]) => (a.from < b.from ? -1 : 1))
  for (const [i, [code, row]] of rows.entries()) {
    if (row.until < row.from) tell('daysReversed', `wages.${code}`, 'the row ends before it begins')
    const next = rows[i + 1]
    if (next && next[1].from <= row.until) tell('wageOverlap', `wages.${next[0]}`, `the row overlaps ${code}`)
  }
}
