import * as z from 'zod'
import { Issuer, PaperLanguage, Shown, Signer } from './paper-words.ts'
import {
  Carrier,
  Class,
  ContractKind,
  CountryOf,
  DayOf,
  Degree,
  EmployerStanding,
  Filer,
  PayFigure,
  PermitDetail,
  PermitStanding,
  RestsOn,
  Stage,
  StayKind,
  Unit,
  Whereabouts,
} from './words.ts'

export const some = <T extends z.ZodType>(item: T) => z.array(item).min(1)
/** Codes of a pack: capitals, digits, `_` and `-`; so a prototype key can never be one. */
export const Code = z.string().regex(/^[A-Z][A-Z0-9_-]{0,39}$/, 'a code of capitals, digits, _ and -')
export const byCode = <T extends z.ZodType>(value: T) => z.record(Code, value)
export const count = z.int().positive().max(1_000_000_000)
/** Why we believe it: V verified, S second-hand, M memory, I our choice; then where it stands. */
export const Source = z.string().regex(/^[VSMI](-(high|med|low))? \S/, 'a mark V, S, M or I, then where it stands')

const rule = <const N extends string, S extends z.ZodRawShape>(name: N, shape: S) => z.strictObject({ rule: z.literal(name), ...shape })

/** Rules that may stand anywhere. One name, one meaning for ever: a new meaning is a new name. */
const caseRules = [
  rule('classIs', { of: some(Class) }),
  rule('groundIs', { of: some(Code) }),
  rule('restsOn', { any: some(RestsOn) }),
  rule('provesClass', { paper: Code }),
  rule('familyComes', {}),
  rule('occupationIn', { list: Code }),
  rule('contractKindIs', { of: some(ContractKind) }),
  rule('answerIs', { question: Code, is: z.string().min(1) }),
  rule('filedByOneOf', { of: some(Filer) }),
  rule('carrierIs', { of: some(Carrier) }),
  rule('countryIn', { of: CountryOf, list: Code }),
  rule('found', { judgement: Code }),
] as const

/** Rules about the person, the post and the permit: eligibility, grounds, criteria, reliefs, papers asked. */
const personRules = [
  rule('ageAtLeast', { years: count, on: DayOf }),
  rule('ageAtMost', { years: count, on: DayOf, reading: z.enum(['untilBirthday', 'wholeYears']) }),
  rule('whereaboutsIs', { is: Whereabouts }),
  rule('passportValidFor', { months: count, after: DayOf }),
  rule('holdsStay', { of: some(StayKind) }),
  rule('residentFor', { months: count }),
  rule('degreeAtLeast', { level: Degree }),
  rule('experienceAtLeast', { years: count }),
  rule('payAtLeastTimesAverage', { times: count }),
  rule('payAtLeast', { yuanPerYear: count }),
  rule('payAgrees', { of: some(PayFigure) }),
  rule('pointsAtLeast', { points: count }),
  rule('permitIs', { of: some(PermitStanding) }),
  rule('noOtherPermit', {}),
  rule('noOtherOpenCase', { of: some(Code) }),
  rule('sameAsPermit', { in: some(PermitDetail) }),
  rule('filedBefore', { day: DayOf, earliestDays: count.optional(), latestDays: z.int().min(0) }),
  rule('filedWithin', { after: DayOf, amount: count, unit: Unit }),
  rule('daysPassed', { since: DayOf, until: DayOf, moreThan: z.int().min(0) }),
  rule('notBefore', { day: DayOf, than: DayOf }),
  rule('noGapAfter', { day: DayOf, than: DayOf }),
  rule('termAtMost', { amount: count, unit: Unit }),
  rule('noObjection', {}),
  rule('employerIs', { of: some(EmployerStanding) }),
  rule('quotaLeft', { category: z.string().min(1) }),
  rule('onFile', { paper: Code }),
] as const

/** What an accepted form of a paper must be. */
const paperRules = [
  rule('issuedWithin', { months: count, before: DayOf }),
  rule('issuedBy', { of: some(Issuer) }),
  rule('languageIs', { of: some(PaperLanguage) }),
  rule('signedBy', { of: some(Signer) }),
  rule('shows', { points: some(Shown) }),
] as const

/** Rules for a cut-over only. */
const movingRules = [rule('itemIs', { of: some(Code) }), rule('stageIs', { of: some(Stage) }), rule('ageOver', { years: count })] as const

export const CaseRule = z.discriminatedUnion('rule', [...caseRules])
export type CaseRule = z.infer<typeof CaseRule>
export const PersonRule = z.discriminatedUnion('rule', [...caseRules, ...personRules])
export type PersonRule = z.infer<typeof PersonRule>
export const PaperRule = z.discriminatedUnion('rule', [...paperRules])
export type PaperRule = z.infer<typeof PaperRule>
export const MovingRule = z.discriminatedUnion('rule', [...caseRules, ...personRules, ...movingRules])
export type MovingRule = z.infer<typeof MovingRule>
export type Rule = MovingRule | PaperRule

/** A condition: all of `when` hold and none of `unless`; missing or empty means no condition. There is no nesting. */
export const given = <T extends z.ZodType>(r: T) => ({ when: z.array(r).optional(), unless: z.array(r).optional() })
export type Given = { when?: readonly Rule[] | undefined; unless?: readonly Rule[] | undefined }
/** Lines tried in order: the first that fits counts; the last has no condition (the checker sees to it). */
export const firstFitOf = <S extends z.ZodRawShape>(shape: S) => some(z.strictObject({ ...given(CaseRule), ...shape }))
