import type { FilingForm } from '../application/form.ts'
import { daysBetween } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import type { Pack } from './pack.ts'

/** What the rules may read. An absent fact makes a rule unknown, never false. Pay is in fen, wages of the pack in yuan. */
export type Facts = Partial<{
  item: string
  stage: string
  class: 'A' | 'B' | 'C'
  ground: string | null
  restsOn: string[]
  evidence: string[]
  family: number
  occupation: string
  contractKind: string
  answers: Record<string, string>
  filer: string
  carrier: string
  country: Partial<Record<'nationality' | 'degree' | 'policeCertificate', string>>
  judgements: Record<string, boolean>
  days: Partial<Record<string, Day>>
  whereabouts: string
  stay: string
  residentMonths: number
  degree: string
  experienceYears: number
  payPerYear: number
  averageWage: number
  payFigures: Partial<Record<string, number>>
  points: number
  pointsClaimed: boolean
  claimed: string[]
  permit: string
  otherPermits: number
  otherOpen: string[]
  same: Partial<Record<string, boolean>>
  term: { amount: number; unit: string }
  objected: boolean
  employer: string
  quota: Record<string, number>
  onFile: string[]
  paper: {
    issuedOn?: Day | undefined
    issuedBy?: string | undefined
    language?: string | undefined
    signedBy?: string[] | undefined
    shows?: string[] | undefined
  }
  monthsInChina: number
  hsk: number
  chineseNative: boolean
  vocational: string
  extras: string[]
  region: string
  localBonus: number
}>

const DEGREES = ['none', 'associate', 'bachelor', 'master', 'doctor'] as const

/** Completed years of related work up to a day; parallel jobs count once (DD-25). */
export function relatedYears(jobs: NonNullable<FilingForm['experience']>, upTo: Day): number {
  const spans = jobs
    .filter((j) => j.related !== false && j.from)
    .map((j) => [j.from!, j.until && j.until < upTo ? j.until : upTo] as const)
    .filter(([a, b]) => a < b)
    .sort()
  let days = 0
  let end = ''
  for (const [from, until] of spans) {
    const start = end > from ? end : from
    if (until > start) days += daysBetween(start, until)
    if (until > end) end = until
  }
  return Math.floor((days + 1) / 365.2425)
}

/** Yearly pay in fen: what the contract states for a year, else twelve times the month (DD-25). */
export const yearlyPay = (job: NonNullable<FilingForm['job']>): number | undefined =>
  job.payPerYear ?? (job.payPerMonth === undefined ? undefined : job.payPerMonth * 12)

type Around = {
  form: FilingForm
  item: string
  ground: string | null
  filer: string
  filedOn: Day
  today: Day
  pack: Pack
  judgements: Record<string, boolean>
  context: { employerStanding: string; otherPermits?: number; otherOpenItems: string[]; localBonus?: number }
}

/** Facts of a filing from its form and what is known around it. */
export function factsOf({ form, item, ground, filer, filedOn, today, pack, judgements, context }: Around): Facts {
  const { identity = {}, job = {}, qualifications = {}, visa = {}, class: claim = {} } = form
  const best = [...(form.education ?? [])].sort((a, b) => DEGREES.indexOf(b.degree ?? 'none') - DEGREES.indexOf(a.degree ?? 'none'))[0]
  const wage = Object.values(pack.wages)
    .filter((w) => w.from <= filedOn)
    .sort((a, b) => b.from.localeCompare(a.from))[0]
  const days: Record<string, Day | undefined> = {
    today,
    filed: filedOn,
    birth: identity.bornOn,
    passportExpires: identity.passportExpiresOn,
    contractStarts: job.startsOn,
    contractEnds: job.endsOn,
    entered: visa.enteredOn,
    residenceExpires: visa.stayExpiresOn,
  }
  const pay = yearlyPay(job)
  const facts: Facts = {
    item,
    ground,
    filer,
    answers: form.answers ?? {},
    judgements,
    employer: context.employerStanding,
    otherOpen: context.otherOpenItems,
    quota: {},
    onFile: [],
    residentMonths: 0,
    claimed: claim.criteria ?? [],
    pointsClaimed: claim.points ?? false,
    experienceYears: relatedYears(form.experience ?? [], filedOn),
    extras: qualifications.extra ?? [],
    hsk: qualifications.hsk ?? 0,
    vocational: qualifications.vocational ?? 'none',
    chineseNative: identity.formerChineseNational === true || (form.education ?? []).some((s) => s.taughtInChinese),
    region: job.region ?? 'ordinary',
    localBonus: context.localBonus ?? 0,
    days: Object.fromEntries(Object.entries(days).filter(([, v]) => v)),
    country: { ...(identity.nationality ? { nationality: identity.nationality } : {}), ...(best?.country ? { degree: best.country } : {}) },
    payFigures: {
      ...(job.payPerMonth === undefined ? {} : { form: job.payPerMonth }),
      ...(job.contractPayPerMonth === undefined ? {} : { contract: job.contractPayPerMonth }),
    },
    degree: best?.degree ?? 'none',
  }
  if (form.noFamily) facts.family = 0
  else if (form.family) facts.family = form.family.length
  if (job.occupation) facts.occupation = job.occupation
  if (job.contractKind) facts.contractKind = job.contractKind
  if (identity.whereabouts) facts.whereabouts = identity.whereabouts
  if (visa.stayKind) facts.stay = visa.stayKind
  if (pay !== undefined) facts.payPerYear = pay
  if (wage) facts.averageWage = wage.yuanPerYear
  if (job.monthsPerYear !== undefined) facts.monthsInChina = job.monthsPerYear
  if (context.otherPermits !== undefined) facts.otherPermits = context.otherPermits
  return facts
}
