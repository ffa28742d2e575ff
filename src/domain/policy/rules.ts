import { addMonths, daysBetween } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import type { Facts } from './facts.ts'
import type { Rule } from './rule.ts'

/** What rules need beside the facts: the pack's lists and a way to count working days. */
export type RuleWorld = { lists: Record<string, string[]>; workingDaysBetween?: (from: Day, to: Day) => number }
export type Answer = { is: 'yes' } | { is: 'no' } | { is: 'unknown'; missing: string[] }

const yes = (b: boolean): Answer => ({ is: b ? 'yes' : 'no' })
const unknown = (...missing: string[]): Answer => ({ is: 'unknown', missing })
const on = <T>(name: string, v: T | undefined, f: (v: T) => boolean): Answer => (v === undefined ? unknown(name) : yes(f(v)))
const DEGREES = ['none', 'associate', 'bachelor', 'master', 'doctor']

/** The one meaning of every rule. A published pack relies on it: a new meaning is a new name. */
export function answer(r: Rule, f: Facts, w: RuleWorld): Answer {
  const days = (names: string[], g: (...v: Day[]) => boolean): Answer => {
    const found = names.map((n) => f.days?.[n])
    const missing = names.filter((_, i) => found[i] === undefined)
    return missing.length > 0 ? unknown(...missing) : yes(g(...(found as Day[])))
  }
  switch (r.rule) {
    case 'classIs':
      return on('class', f.class, (c) => r.of.includes(c))
    case 'groundIs':
      return on('ground', f.ground, (g) => g !== null && r.of.includes(g))
    case 'restsOn':
      return on('class', f.restsOn, (x) => x.some((e) => (r.any as string[]).includes(e)))
    case 'provesClass':
      return on('class', f.evidence, (e) => e.includes(r.paper))
    case 'familyComes':
      return on('family', f.family, (n) => n > 0)
    case 'occupationIn':
      return on('occupation', f.occupation, (o) => (w.lists[r.list] ?? []).some((p) => o.startsWith(p)))
    case 'contractKindIs':
      return on('contractKind', f.contractKind, (k) => (r.of as string[]).includes(k))
    case 'answerIs':
      return on(`question ${r.question}`, f.answers?.[r.question], (a) => a === r.is)
    case 'filedByOneOf':
      return on('filer', f.filer, (x) => (r.of as string[]).includes(x))
    case 'carrierIs':
      return on('carrier', f.carrier, (x) => (r.of as string[]).includes(x))
    case 'countryIn':
      return on(`country of ${r.of}`, f.country?.[r.of], (c) => (w.lists[r.list] ?? []).includes(c))
    case 'found':
      return on(`judgement ${r.judgement}`, f.judgements?.[r.judgement], (b) => b)
    case 'ageAtLeast':
      return days(['birth', r.on], (b, t) => t >= addMonths(b, r.years * 12))
    case 'ageAtMost':
      return days(['birth', r.on], (b, t) =>
        r.reading === 'untilBirthday' ? t <= addMonths(b, r.years * 12) : t < addMonths(b, (r.years + 1) * 12),
      )
    case 'ageOver':
      return days(['birth', 'today'], (b, t) => t >= addMonths(b, (r.years + 1) * 12))
    case 'whereaboutsIs':
      return on('whereabouts', f.whereabouts, (x) => x === r.is)
    case 'passportValidFor':
      return days(['passportExpires', r.after], (p, t) => p >= addMonths(t, r.months))
    case 'holdsStay':
      return on('stay', f.stay, (s) => (r.of as string[]).includes(s))
    case 'residentFor':
      return on('residentMonths', f.residentMonths, (m) => m >= r.months)
    case 'degreeAtLeast':
      return on('degree', f.degree, (x) => DEGREES.indexOf(x) >= DEGREES.indexOf(r.level))
    case 'experienceAtLeast':
      return on('experience', f.experienceYears, (y) => y >= r.years)
    case 'payAtLeastTimesAverage':
      return f.averageWage === undefined ? unknown('wage of the year') : on('pay', f.payPerYear, (p) => p >= r.times * f.averageWage! * 100)
    case 'payAtLeast':
      return on('pay', f.payPerYear, (p) => p >= r.yuanPerYear * 100)
    case 'payAgrees': {
      const v = r.of.map((k) => f.payFigures?.[k])
      return v.includes(undefined) ? unknown('pay') : yes(new Set(v).size === 1)
    }
    case 'pointsAtLeast':
      return on('points', f.points, (p) => p >= r.points)
    case 'permitIs':
      return on('permit', f.permit, (p) => (r.of as string[]).includes(p))
    case 'noOtherPermit':
      return on('permits', f.otherPermits, (n) => n === 0)
    case 'noOtherOpenCase':
      return on('cases', f.otherOpen, (x) => !x.some((i) => r.of.includes(i)))
    case 'sameAsPermit': {
      const v = r.in.map((k) => f.same?.[k])
      return v.includes(false) ? { is: 'no' } : v.includes(undefined) ? unknown(...r.in) : { is: 'yes' }
    }
    case 'filedBefore':
      return days(
        ['filed', r.day],
        (a, b) => daysBetween(a, b) >= r.latestDays && (r.earliestDays === undefined || daysBetween(a, b) <= r.earliestDays),
      )
    case 'filedWithin':
      if (r.unit === 'workingDay') {
        const count = w.workingDaysBetween
        return count ? days(['filed', r.after], (a, b) => count(b, a) <= r.amount) : unknown('calendar')
      }
      return days(['filed', r.after], (a, b) => (r.unit === 'month' ? a <= addMonths(b, r.amount) : daysBetween(b, a) <= r.amount))
    case 'daysPassed':
      return days([r.since, r.until], (a, t) => daysBetween(a, t) > r.moreThan)
    case 'notBefore':
      return days([r.day, r.than], (a, b) => a >= b)
    case 'noGapAfter':
      return days([r.day, r.than], (a, b) => daysBetween(b, a) <= 1)
    case 'termAtMost':
      return on('term', f.term, (t) => t.unit === r.unit && t.amount <= r.amount)
    case 'noObjection':
      return on('objection', f.objected, (o) => !o)
    case 'employerIs':
      return on('employer', f.employer, (e) => (r.of as string[]).includes(e))
    case 'quotaLeft':
      return on('quota', f.quota?.[r.category], (n) => n > 0)
    case 'onFile':
      return on('papers on file', f.onFile, (p) => p.includes(r.paper))
    case 'issuedWithin':
      return f.paper?.issuedOn === undefined ? unknown('paper') : days([r.before], (b) => addMonths(f.paper!.issuedOn!, r.months) >= b)
    case 'issuedBy':
      return on('paper', f.paper?.issuedBy, (p) => (r.of as string[]).includes(p))
    case 'languageIs':
      return on('paper', f.paper?.language, (p) => (r.of as string[]).includes('any') || (r.of as string[]).includes(p))
    case 'signedBy':
      return on('paper', f.paper?.signedBy, (p) => r.of.every((s) => p.includes(s)))
    case 'shows':
      return on('paper', f.paper?.shows, (p) => r.points.every((s) => p.includes(s)))
    case 'itemIs':
      return on('item', f.item, (i) => r.of.includes(i))
    case 'stageIs':
      return on('stage', f.stage, (s) => (r.of as string[]).includes(s))
    default:
      return r satisfies never
  }
}

type Conditions = { when?: readonly Rule[] | undefined; unless?: readonly Rule[] | undefined }
/** All of `when` and none of `unless`; one firm no settles it, however much is unknown. */
export function fits(c: Conditions, f: Facts, w: RuleWorld): Answer {
  const flip = (a: Answer): Answer => (a.is === 'unknown' ? a : yes(a.is === 'no'))
  const all = [...(c.when ?? []).map((r) => answer(r, f, w)), ...(c.unless ?? []).map((r) => flip(answer(r, f, w)))]
  if (all.some((a) => a.is === 'no')) return { is: 'no' }
  const open = all.flatMap((a) => (a.is === 'unknown' ? a.missing : []))
  return open.length > 0 ? unknown(...new Set(open)) : { is: 'yes' }
}
/** The first line that fits; a line that cannot be answered yet stops the search, it is never skipped. */
export function firstFit<L extends Conditions>(
  lines: readonly L[],
  f: Facts,
  w: RuleWorld,
): { is: 'line'; line: L } | { is: 'none' } | { is: 'unknown'; missing: string[] } {
  for (const line of lines) {
    const a = fits(line, f, w)
    if (a.is === 'unknown') return a
    if (a.is === 'yes') return { is: 'line', line }
  }
  return { is: 'none' }
}
