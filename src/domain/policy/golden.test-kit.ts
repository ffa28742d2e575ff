import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { loadPack } from '../../store/pack-folder.ts'
import type { FilingForm } from '../application/form.ts'
import { addDays, addMonths } from '../clock/calendar.ts'
import type { Day } from '../kernel.ts'
import { type Assessment, assess } from './assess.ts'
import { factsOf } from './facts.ts'
import { overlay } from './merge.ts'
import type { Pack } from './pack.ts'

type Given = {
  person: { nationality?: string; birthDate?: Day; location?: string; class?: string; chineseName?: string | null }
  filedOn?: Day
  job?: { annualPay?: string; monthlyPay?: string; months?: number }
  classData?: {
    education?: 'none' | 'bachelor' | 'master' | 'doctor'
    relatedWorkYears?: number
    monthsPerYear?: number
    hsk?: number
    extra?: string
    annualPay?: string
    pointsRouteClaimed?: boolean
    criterion?: string
  }
  family?: { relation: string; nationality: string }[]
  passport?: { expiry: Day }
  policeCertificate?: { issuer: string; country: string; issueDate: Day }
  medical?: { issuedBy: string; issueDate: Day }
  visitDate?: Day
}
export type Expect = {
  class?: string | null
  by?: string[]
  notMet?: string[]
  flags?: string[]
  points?: Record<string, number>
  refusals?: { code: string; rule: string }[]
  materials?: { required: string[]; committed: string[]; waived: string[] }
  verification?: string
  papersAtGrant?: string[]
  reviewDecisionWorkingDays?: number
  latestAcceptable?: Day
  defects?: { code: string; paper: string; remedy?: string }[]
  formerChineseNational?: boolean
  pointsForChinese?: number
  medical?: string
  reason?: string
}
export type Golden = {
  id: string
  title: string
  item: string
  given: Given
  expect: Expect
  variants?: { set: Partial<Given>; expect: Expect }[]
}

const file = parse(readFileSync('test/fixtures/golden-cases.yaml', 'utf8')) as { cases: Golden[] }
export const goldenCase = (id: string): Golden => file.cases.find((c) => c.id === id) as Golden
export const guangzhou: Pack = loadPack('policy', 'cn-guangzhou/2024-12').pack
/** A case and its variants, each with all its facts and only its own expectations. */
export const versionsOf = (id: string): { name: string; given: Given; expect: Expect }[] => {
  const golden = goldenCase(id)
  const all = (golden.variants ?? []).map((v, i) => ({
    name: `${id} variant ${i + 1}`,
    given: overlay(golden.given, v.set) as Given,
    expect: v.expect,
  }))
  return [{ name: `${id} ${golden.title}`, given: golden.given, expect: golden.expect }, ...all]
}
/** The cases write criteria as `B1e`, packs as `B1E`. */
export const codeOf = (rule: string): string => rule.toUpperCase()
const fen = (yuan: string | undefined) => (yuan === undefined ? undefined : Math.round(Number(yuan) * 100))

/** The filing form of a case. What a case does not name is in order; the filer claims the criteria that the case names as the way in. */
export function formOf(given: Given, claims: { criteria: string[]; points: boolean }): FilingForm {
  const filedOn = given.filedOn ?? '2025-03-11'
  const { education = 'bachelor', relatedWorkYears = 0, monthsPerYear = 12, hsk = 0, extra, annualPay } = given.classData ?? {}
  const bornOn = given.person.birthDate ?? '1985-01-01'
  const yearly = fen(annualPay ?? given.job?.annualPay)
  const monthly = fen(given.job?.monthlyPay) ?? (yearly === undefined ? 2_000_000 : Math.round(yearly / 12))
  const nationality = given.person.nationality ?? 'GBR'
  return {
    identity: {
      surname: 'Example',
      givenNames: 'Person',
      oneName: false,
      sex: 'X',
      bornOn,
      nationality,
      passportKind: 'ordinary',
      passportNumber: 'X1',
      passportIssuedBy: nationality,
      passportIssuedOn: addMonths(filedOn, -24),
      passportExpiresOn: given.passport?.expiry ?? addMonths(filedOn, 96),
      email: 'person@example.test',
      whereabouts: 'outside',
      ...(given.person.chineseName ? { chineseName: given.person.chineseName, formerChineseNational: true } : {}),
    },
    education: [{ school: 'School', country: nationality, degree: education, until: addMonths(bornOn, 22 * 12) }],
    experience:
      relatedWorkYears === 0
        ? []
        : [
            {
              employer: 'Earlier',
              post: 'Post',
              from: addMonths(filedOn, -12 * relatedWorkYears),
              until: addDays(filedOn, -1),
              related: true,
            },
          ],
    qualifications: { hsk, vocational: 'none', extra: extra ? ['highLevelUniversity'] : [] },
    job: {
      title: 'Post',
      occupation: '2-02-10-03',
      place: 'Place',
      areaCode: '440100',
      contractKind: 'contract',
      startsOn: addMonths(filedOn, 1),
      endsOn: addDays(addMonths(filedOn, 25), -1),
      payPerMonth: monthly,
      contractPayPerMonth: monthly,
      monthsPerYear,
      duties: 'Duties',
      region: 'ordinary',
      ...(yearly === undefined ? {} : { payPerYear: yearly }),
    },
    class: claims,
    visa: { postCountry: nationality, postCity: 'City' },
    ...(given.family
      ? {
          family: given.family.map((f, i) => ({
            relation: 'spouse' as const,
            surname: 'Relative',
            bornOn: '1990-01-01',
            nationality: f.nationality,
            passportNumber: `R${i}`,
          })),
        }
      : { noFamily: true }),
    declarations: { truthful: true, noCriminalRecord: true },
  }
}

/** The assessment of a case: facts derived from its form, on its day, under the real pack of the city. */
export function assessCase(item: string, given: Given, claims: { criteria: string[]; points: boolean }): Assessment {
  const filedOn = given.filedOn ?? '2025-03-11'
  const facts = factsOf({
    form: formOf(given, claims),
    item,
    filer: 'employer',
    filedOn,
    today: filedOn,
    pack: guangzhou,
    context: { employerStanding: 'approved' },
  })
  return assess(guangzhou, item, facts, filedOn)
}
