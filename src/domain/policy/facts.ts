import type { FilingForm } from '../application/form.ts'
import type { Day } from '../kernel.ts'
import { chineseLevels, completedMonths, highestSchool, relatedYears, yearlyPay } from './derive.ts'
import type { Pack } from './pack.ts'
import type { Class, CountryOf, DayOf, PayFigure, PermitDetail } from './words.ts'

/** What is declared or read about one paper; a fact that is not declared is left to the officer. */
export type DeclaredPaper = {
  issuedOn?: Day | undefined
  issuedBy?: string | undefined
  country?: string | undefined
  language?: string | undefined
  signedBy?: string[] | undefined
  shows?: string[] | undefined
}

/** Everything that a rule may read. An absent fact makes a rule unknown, never false. Pay is in fen, wages of the pack in yuan. */
export type Facts = Partial<{
  item: string
  stage: string
  /** The assessed class, with the grounds it rests on and the papers that prove it: set by `assess`. */
  class: Class
  restsOn: string[]
  evidence: string[]
  /** `null`: the item has no grounds. */
  ground: string | null
  /** Criteria that the filer chose to prove, and whether the points route and a quota are among them. */
  claimed: string[]
  pointsClaimed: boolean
  quotaClaimed: boolean
  family: number
  occupation: string
  contractKind: string
  answers: Record<string, string>
  filer: string
  carrier: string
  country: Partial<Record<CountryOf, string>>
  /** What officers found. */
  judgements: Record<string, boolean>
  days: Partial<Record<DayOf, Day>>
  whereabouts: string
  stay: string
  residentMonths: number
  degree: string
  vocational: string
  chinese: string[]
  extras: string[]
  region: string
  localBonus: number
  monthsInChina: number
  experienceYears: number
  payPerYear: number
  payFigures: Partial<Record<PayFigure, number>>
  /** In yuan, of the pack and the day of filing: set by `assess`. */
  averageWage: number
  /** Sum of the points table where the filing claims that route, else 0: set by `assess`. */
  points: number
  permit: string
  otherPermits: number
  otherOpen: string[]
  same: Partial<Record<PermitDetail, boolean>>
  objected: boolean
  employer: string
  /** Free places by category; a category that is not published is absent. */
  quota: Record<string, number>
  onFile: string[]
  /** The paper that a paper rule is asked about. */
  paper: DeclaredPaper
}>

/** What is known around a form: registers, the permit it is about, what officers granted. */
export type FilingContext = {
  employerStanding?: string
  otherPermits?: number
  otherOpenItems?: string[]
  permit?: { standing?: string; carrier?: string; same?: Partial<Record<PermitDetail, boolean>> }
  /** Days that no form field holds: of the permit, of the notice, of the employment. */
  days?: Partial<Record<DayOf, Day>>
  /** First day of continuous residence, where a register knows it; else the last entry counts. */
  residentSince?: Day
  localBonus?: number
  quota?: Record<string, number>
  objected?: boolean
}
export type Filing = {
  form: FilingForm
  item: string
  ground?: string | null
  filer: string
  filedOn: Day
  today: Day
  pack: Pack
  judgements?: Record<string, boolean>
  papersOnFile?: string[]
  /** Declared facts of the papers attached, by code of the paper. */
  papers?: Record<string, DeclaredPaper>
  context?: FilingContext
}

/** The facts of a filing, from its form and what is known around it. Nothing is guessed: what the form does not say is absent. */
export function factsOf(filing: Filing): Facts {
  const { form, item, filer, filedOn, today, pack, context = {} } = filing
  const { identity = {}, job = {}, qualifications, visa = {}, class: claim = {} } = form
  const school = form.education ? highestSchool(form.education) : undefined
  const police = policeCountry(pack, filing.papers ?? {})
  const facts: { [K in keyof Facts]: Facts[K] | undefined } = {
    item,
    filer,
    ground: filing.ground ?? (Object.keys(openGrounds(pack, item)).length === 0 ? null : undefined),
    claimed: claim.criteria ?? [],
    pointsClaimed: claim.points ?? false,
    quotaClaimed: claim.quotaCategory !== undefined && claim.quotaCategory !== '',
    family: form.noFamily ? 0 : form.family?.length,
    occupation: job.occupation,
    contractKind: job.contractKind,
    answers: form.answers ?? {},
    carrier: context.permit?.carrier,
    country: defined({ nationality: identity.nationality, degree: school?.country, policeCertificate: police }),
    judgements: filing.judgements ?? {},
    days: defined({
      today,
      filed: filedOn,
      birth: identity.bornOn,
      passportExpires: identity.passportExpiresOn,
      contractStarts: job.startsOn,
      contractEnds: job.endsOn,
      entered: visa.enteredOn,
      residenceExpires: visa.stayExpiresOn,
      graduated: school?.until,
      ...context.days,
    }),
    whereabouts: identity.whereabouts,
    stay: visa.stayKind,
    residentMonths: residentMonths(form, filedOn, context.residentSince),
    degree: form.education ? (school?.degree ?? 'none') : undefined,
    vocational: qualifications?.vocational,
    chinese: form.identity || form.education || qualifications ? chineseLevels(form) : undefined,
    extras: qualifications?.extra,
    region: job.region,
    localBonus: context.localBonus,
    monthsInChina: job.monthsPerYear,
    experienceYears: form.experience ? relatedYears(form.experience, filedOn) : undefined,
    payPerYear: yearlyPay(job),
    // The salary commitment is made from the form, so it cannot say anything else.
    payFigures: defined({ form: job.payPerMonth, commitment: job.payPerMonth, contract: job.contractPayPerMonth }),
    permit: context.permit?.standing,
    same: context.permit?.same,
    otherPermits: context.otherPermits,
    otherOpen: context.otherOpenItems,
    objected: context.objected,
    employer: context.employerStanding,
    quota: context.quota ?? {},
    onFile: filing.papersOnFile ?? [],
  }
  return defined(facts) as Facts
}

const defined = <T extends object>(x: T) =>
  Object.fromEntries(Object.entries(x).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }

const openGrounds = (pack: Pack, item: string) => {
  const found = Object.hasOwn(pack.items, item) ? pack.items[item] : undefined
  return found?.offer === 'open' ? found.grounds : {}
}

/** The country declared for the paper whose forms ask for it: the pack says which paper that is. */
const policeCountry = (pack: Pack, papers: Record<string, DeclaredPaper>): string | undefined => {
  const asks = (code: string) =>
    Object.values(pack.materials[code]?.forms ?? {}).some((form) =>
      [...(form.when ?? []), ...(form.unless ?? [])].some((r) => r.rule === 'countryIn' && r.of === 'policeCertificate'),
    )
  return Object.entries(papers).find(([code, paper]) => paper.country !== undefined && asks(code))?.[1].country
}

/** Whole months of residence up to filing: none outside the mainland; since the last entry where no register knows better. */
const residentMonths = (form: FilingForm, filedOn: Day, since: Day | undefined): number | undefined => {
  if (form.identity?.whereabouts === 'outside') return 0
  const from = since ?? form.visa?.enteredOn
  return from === undefined ? undefined : completedMonths(from, filedOn)
}
