import { addDays, addMonths, daysBetween } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import { type Answer, type RuleWorld, unknown, yes } from './answer.ts'
import type { Facts } from './facts.ts'
import { paperAnswer } from './paper-rules.ts'
import type { Given, Rule } from './rule.ts'
import { type DayOf, Degree, type Unit } from './words.ts'

const of = <T>(name: string, v: T | undefined, f: (v: T) => boolean): Answer => (v === undefined ? unknown(name) : yes(f(v)))
const has = (list: readonly string[], x: string) => list.includes(x)

/** The one meaning of every rule, for ever: published packs rely on it, so a new meaning is a new name. */
export function answer(r: Rule, f: Facts, w: RuleWorld): Answer {
  const days = (names: DayOf[], test: (a: Day, b: Day) => boolean): Answer => {
    const missing = names.filter((n) => f.days?.[n] === undefined)
    return missing.length > 0 ? unknown(...missing) : yes(test(f.days![names[0]!]!, f.days![names[1]!]!))
  }
  const list = (code: string) => (Object.hasOwn(w.lists, code) ? (w.lists[code] ?? []) : [])
  switch (r.rule) {
    case 'classIs':
      return of('class', f.class, (c) => r.of.includes(c))
    case 'groundIs':
      return of('ground', f.ground, (g) => g !== null && r.of.includes(g))
    case 'restsOn':
      return of('class', f.restsOn, (x) => x.some((e) => has(r.any, e)))
    case 'provesClass':
      return of('class', f.evidence, (e) => e.includes(r.paper))
    case 'familyComes':
      return of('family', f.family, (n) => n > 0)
    case 'occupationIn':
      return of('occupation', f.occupation, (o) => list(r.list).some((prefix) => o === prefix || o.startsWith(`${prefix}-`)))
    case 'contractKindIs':
      return of('contractKind', f.contractKind, (k) => has(r.of, k))
    case 'answerIs':
      return of(`question ${r.question}`, f.answers === undefined ? undefined : own(f.answers, r.question), (a) => a === r.is)
    case 'filedByOneOf':
      return of('filer', f.filer, (x) => has(r.of, x))
    case 'carrierIs':
      return of('carrier', f.carrier, (x) => has(r.of, x))
    case 'countryIn':
      return of(`country of ${r.of}`, f.country?.[r.of], (c) => list(r.list).includes(c))
    case 'found':
      return of(`judgement ${r.judgement}`, f.judgements === undefined ? undefined : own(f.judgements, r.judgement), (b) => b)
    case 'ageAtLeast':
      return days(['birth', r.on], (birth, on) => on >= addMonths(birth, r.years * 12))
    case 'ageAtMost': // DD-24
      return days(['birth', r.on], (birth, on) =>
        r.reading === 'untilBirthday' ? on <= addMonths(birth, r.years * 12) : on < addMonths(birth, (r.years + 1) * 12),
      )
    case 'ageOver':
      return days(['birth', 'today'], (birth, on) => on >= addMonths(birth, (r.years + 1) * 12))
    case 'whereaboutsIs':
      return of('whereabouts', f.whereabouts, (x) => x === r.is)
    case 'passportValidFor': // DD-15: the day reached is enough
      return days(['passportExpires', r.after], (expires, after) => expires >= addMonths(after, r.months))
    case 'holdsStay': {
      const kind = of('stay', f.stay, (s) => has(r.of, s))
      return kind.is === 'yes' ? days(['residenceExpires', 'filed'], (expires, filed) => expires >= filed) : kind
    }
    case 'residentFor':
      return of('residentMonths', f.residentMonths, (m) => m >= r.months)
    case 'degreeAtLeast':
      return of('degree', f.degree, (d) => Degree.options.indexOf(d as Degree) >= Degree.options.indexOf(r.level))
    case 'experienceAtLeast':
      return of('experience', f.experienceYears, (y) => y >= r.years)
    case 'payAtLeastTimesAverage': // money is compared in fen, wages are in yuan (DD-26)
      return f.averageWage === undefined ? unknown('wage of the year') : of('pay', f.payPerYear, (p) => p >= r.times * f.averageWage! * 100)
    case 'payAtLeast':
      return of('pay', f.payPerYear, (p) => p >= r.yuanPerYear * 100)
    case 'payAgrees': {
      const figures = r.of.map((k) => f.payFigures?.[k])
      const known = figures.filter((x) => x !== undefined)
      if (new Set(known).size > 1) return { is: 'no' }
      return known.length < figures.length ? unknown('pay') : { is: 'yes' }
    }
    case 'pointsAtLeast':
      return of('points', f.points, (p) => p >= r.points)
    case 'permitIs':
      return of('permit', f.permit, (p) => has(r.of, p))
    case 'noOtherPermit':
      return of('permits', f.otherPermits, (n) => n === 0)
    case 'noOtherOpenCase':
      return of('cases', f.otherOpen, (open) => !open.some((item) => r.of.includes(item)))
    case 'sameAsPermit': {
      const same = r.in.map((k) => f.same?.[k])
      return same.includes(false) ? { is: 'no' } : same.includes(undefined) ? unknown(...r.in.map((k) => `same ${k}`)) : { is: 'yes' }
    }
    case 'filedBefore': // DD-22: both days included
      return days(['filed', r.day], (filed, day) => {
        const left = daysBetween(filed, day)
        return left >= r.latestDays && (r.earliestDays === undefined || left <= r.earliestDays)
      })
    case 'filedWithin':
      return r.unit === 'workingDay' && !w.workingDaysBetween
        ? unknown('calendar')
        : days(['filed', r.after], (filed, after) => within(after, filed, r.amount, r.unit, w))
    case 'daysPassed':
      return days([r.since, r.until], (since, until) => daysBetween(since, until) > r.moreThan)
    case 'notBefore':
      return days([r.day, r.than], (day, than) => day >= than)
    case 'noGapAfter':
      return days([r.day, r.than], (day, than) => day <= addDays(than, 1))
    case 'termAtMost': // the first day of the term counts, so a term of one day begins and ends on it
      return r.unit === 'workingDay' && !w.workingDaysBetween
        ? unknown('calendar')
        : days(['contractStarts', 'contractEnds'], (from, until) => within(addDays(from, -1), until, r.amount, r.unit, w))
    case 'noObjection':
      return of('objection', f.objected, (o) => !o)
    case 'employerIs':
      return of('employer', f.employer, (e) => has(r.of, e))
    case 'quotaLeft': // a figure that is not published is unknown (U13), never 0
      return of(`quota ${r.category}`, f.quota === undefined ? undefined : own(f.quota, r.category), (n) => n > 0)
    case 'onFile':
      return of('papers on file', f.onFile, (p) => p.includes(r.paper))
    case 'itemIs':
      return of('item', f.item, (i) => r.of.includes(i))
    case 'stageIs':
      return of('stage', f.stage, (s) => has(r.of, s))
    case 'issuedWithin':
    case 'issuedBy':
    case 'languageIs':
    case 'signedBy':
    case 'shows':
      return paperAnswer(r, f)
    default:
      return r satisfies never
  }
}
// Answers and findings come from outside: `constructor` is as absent as any other name.
const own = <T>(map: Record<string, T>, key: string): T | undefined => (Object.hasOwn(map, key) ? map[key] : undefined)

/** At most so much after a day; the day itself is not counted. An hour counts as part of its day: legal days are never cut. */
const within = (after: Day, on: Day, amount: number, unit: Unit, w: RuleWorld): boolean => {
  switch (unit) {
    case 'workingDay':
      return (w.workingDaysBetween?.(after, on) ?? 0) <= amount
    case 'month':
      return on <= addMonths(after, amount)
    case 'day':
      return daysBetween(after, on) <= amount
    case 'hour':
      return daysBetween(after, on) <= Math.ceil(amount / 24)
    default:
      return unit satisfies never
  }
}

/** All of `when` and none of `unless`; one firm no settles it, however much is unknown. */
export function fits(c: Given, f: Facts, w: RuleWorld): Answer {
  const flip = (a: Answer): Answer => (a.is === 'unknown' ? a : yes(a.is === 'no'))
  const all = [...(c.when ?? []).map((r) => answer(r, f, w)), ...(c.unless ?? []).map((r) => flip(answer(r, f, w)))]
  if (all.some((a) => a.is === 'no')) return { is: 'no' }
  const open = all.flatMap((a) => (a.is === 'unknown' ? a.missing : []))
  return open.length > 0 ? unknown(...new Set(open)) : { is: 'yes' }
}

/** The first line that fits; a line that cannot be answered yet stops the search, it is never skipped. */
export function firstFit<L extends Given>(
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
