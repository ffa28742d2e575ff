import type { FilingForm } from '../application/form.ts'
import { addDays, addMonths } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import { Degree } from './words.ts'

type Job = NonNullable<FilingForm['job']>
type Work = NonNullable<FilingForm['experience']>[number]
type School = NonNullable<FilingForm['education']>[number]

/** Calendar months that have run out from a day to another (that day not included): the 31st reaches the last day of a shorter month (DD-15). */
export function completedMonths(from: Day, to: Day): number {
  let months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  if (addMonths(from, months) > to) months--
  return Math.max(0, months)
}
const daysIn = (from: Day, to: Day) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Spans of work laid over each other, so that parallel jobs count once; `until` is the last day worked and counts. Later than `upTo` counts nothing. */
function spansOf(jobs: Work[], upTo: Day): { from: Day; to: Day }[] {
  const out: { from: Day; to: Day }[] = []
  const sorted = jobs
    .flatMap((j) =>
      j.from === undefined ? [] : [{ from: j.from, to: j.until === undefined || j.until >= upTo ? upTo : addDays(j.until, 1) }],
    )
    .filter((s) => s.from < s.to)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const span of sorted) {
    const last = out[out.length - 1]
    if (!last || span.from > last.to) out.push({ ...span })
    else if (span.to > last.to) last.to = span.to
  }
  return out
}

/**
 * Completed years of related work up to the day of filing; parallel jobs count once (DD-25). Whole months of every span are added, the days left over
 * make a month for each 30. A job that the filer marks as unrelated does not count; whether the rest fits the post is an officer's judgement.
 */
export function relatedYears(jobs: Work[], upTo: Day): number {
  let months = 0
  let days = 0
  for (const { from, to } of spansOf(
    jobs.filter((j) => j.related !== false),
    upTo,
  )) {
    const whole = completedMonths(from, to)
    months += whole
    days += daysIn(addMonths(from, whole), to)
  }
  return Math.floor((months + Math.floor(days / 30)) / 12)
}

/** Stretches of at least a calendar month between two entries of the work history, first and last day. */
export function gapsIn(jobs: Work[], upTo: Day): { from: Day; until: Day }[] {
  const spans = spansOf(jobs, upTo)
  return spans.flatMap((span, i) => {
    const next = spans[i + 1]
    return next && addMonths(span.to, 1) <= next.from ? [{ from: span.to, until: addDays(next.from, -1) }] : []
  })
}

/**
 * Yearly pay in fen (DD-25): the figure that the contract states for a year, else the monthly one times the months of the contract, twelve at most.
 * Without the days of the contract a year is taken.
 */
export function yearlyPay(job: Job): number | undefined {
  if (job.payPerYear !== undefined) return job.payPerYear
  if (job.payPerMonth === undefined) return undefined
  const months = job.startsOn && job.endsOn && job.startsOn <= job.endsOn ? completedMonths(job.startsOn, addDays(job.endsOn, 1)) : 12
  return job.payPerMonth * Math.min(12, Math.max(1, months))
}

const rank = (s: School) => Degree.options.indexOf(s.degree ?? 'none')
/** The highest degree; of equal ones the latest. */
export const highestSchool = (schools: School[]): School | undefined =>
  [...schools].sort((a, b) => rank(b) - rank(a) || (b.until ?? '').localeCompare(a.until ?? ''))[0]

/** Levels of Chinese that a form shows, as the points table names them: former national, a bachelor or higher taught in Chinese, HSK (points table of class B). */
export function chineseLevels(form: FilingForm): string[] {
  const taught = (form.education ?? []).some((s) => s.taughtInChinese === true && rank(s) >= Degree.options.indexOf('bachelor'))
  const hsk = form.qualifications?.hsk ?? 0
  return [
    ...(form.identity?.formerChineseNational ? ['formerNational'] : []),
    ...(taught ? ['taughtInChinese'] : []),
    ...(hsk > 0 ? [`hsk${hsk}`] : []),
  ]
}

/** Whole years on a day: 60 until the day before the 61st birthday (DD-24). A birthday of 29 February falls on the 28th in other years. */
export const ageOn = (birth: Day, on: Day): number => Math.floor(completedMonths(birth, on) / 12)
