import * as z from 'zod'
import { Day, Text } from '../kernel.ts'
import { byCode, CaseRule, Code, count, firstFitOf, given, MovingRule, PaperRule, PersonRule, Source, some } from './rule.ts'
import {
  Authentication,
  Class,
  ClockKind,
  DayOf,
  Effect,
  Ender,
  EndKind,
  Missed,
  Otherwise,
  PaperKind,
  Party,
  Pause,
  ReasonUse,
  RestsOn,
  Starter,
  Unit,
  WorkStage,
} from './words.ts'

/** Why something is sent back, refused, ended or mismatched, with the way out. */
export const Reason = z.strictObject({ for: some(ReasonUse), text: Text, remedy: Text, law: z.string().min(1).optional(), source: Source })
export type Reason = z.infer<typeof Reason>

/** Why a paper need not be uploaded now: `commitment` replaces it for good, `owed` only delays it (DD-29). */
export const Relief = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waived'), ...given(PersonRule), source: Source }),
  z.strictObject({ kind: z.literal('reused'), ...given(PersonRule), source: Source }),
  z.strictObject({ kind: z.literal('commitment'), ...given(PersonRule), source: Source }),
  z.strictObject({ kind: z.literal('owed'), ...given(PersonRule), period: Code, source: Source }),
])
export type Relief = z.infer<typeof Relief>

/** One accepted form of a paper; any one of those offered is enough. */
export const Form = z.strictObject({
  title: Text,
  ...given(PersonRule),
  rules: z.array(PaperRule),
  authentication: some(Authentication),
  translation: z.enum(['none', 'employerSealed']),
  generated: z.boolean().optional(),
  upload: z.strictObject({ types: some(z.enum(['pdf', 'jpeg', 'png'])), maxBytes: count, maxPages: count }),
  photo: Code.optional(),
  /** The reason to give when a rule of this form is broken. */
  reasons: z.strictObject({ issuedWithin: Code, issuedBy: Code, languageIs: Code, signedBy: Code, shows: Code }).partial().optional(),
  source: Source,
})
export type Form = z.infer<typeof Form>
export const Material = z.strictObject({
  title: Text,
  forms: byCode(Form),
  relief: z.array(Relief),
  original: z.enum(['shown', 'notShown']),
  source: Source,
})
export type Material = z.infer<typeof Material>
/** An item asks for a paper: when, in which forms, with which reliefs instead of the paper's own. */
export const Asked = z.strictObject({
  need: z.enum(['required', 'optional', 'none']),
  ...given(PersonRule),
  forms: some(Code).optional(),
  relief: z.array(Relief).optional(),
  source: Source,
})
export type Asked = z.infer<typeof Asked>

export const Precondition = z.strictObject({
  ...given(CaseRule),
  must: some(PersonRule),
  otherwise: Otherwise,
  reason: Code,
  source: Source,
})
export type Precondition = z.infer<typeof Precondition>
/** What a person must find, not a program. */
export const Judgement = z.strictObject({ asks: Text, at: WorkStage, reason: Code, ...given(CaseRule), source: Source })
export type Judgement = z.infer<typeof Judgement>
export const Question = z.strictObject({
  asks: Text,
  answer: z.enum(['yesNo', 'choice', 'day', 'text']),
  choices: byCode(Text).optional(),
  source: Source,
})
export type Question = z.infer<typeof Question>

const Length = z.discriminatedUnion('unit', [
  z.strictObject({ ...given(CaseRule), unit: Unit, amount: count, source: Source }),
  z.strictObject({ ...given(CaseRule), unit: z.literal('until'), day: DayOf, source: Source }),
])
export type Length = z.infer<typeof Length>
export const Period = z.strictObject({
  kind: ClockKind,
  party: Party,
  ...given(PersonRule),
  starts: some(Starter),
  met: some(Ender),
  length: some(Length),
  pauses: z.array(Pause),
  rolls: z.enum(['no', 'toWorkingDay']),
  extension: z.union([z.literal('none'), z.strictObject({ amount: count, unit: Unit, times: count })]),
  remindDays: z.array(count),
  missed: Missed,
  reason: Code.optional(),
  text: Text,
  source: Source,
})
export type Period = z.infer<typeof Period>

/** A duty beside the permit, and the papers that wait for it. */
export const Duty = z.union([z.literal('none'), z.strictObject({ period: Code, papers: some(PaperKind) })])
export type Duty = z.infer<typeof Duty>
export const Outcome = z.strictObject({
  ...given(CaseRule),
  effects: some(Effect),
  ends: EndKind.optional(),
  papers: z.array(PaperKind),
  verification: Duty,
  source: Source,
})
export type Outcome = z.infer<typeof Outcome>
export const Validity = z.strictObject({
  from: z.enum(['decided', 'entered', 'contractStarts', 'dayAfterOld', 'decisionMaker']),
  within: some(z.enum(['request', 'contractEnds', 'passportExpires'])),
  atMost: firstFitOf({ months: count, source: Source }),
})
export type Validity = z.infer<typeof Validity>

export const Criterion = z.strictObject({
  gives: Class,
  title: Text,
  restsOn: some(RestsOn),
  ...given(PersonRule),
  judged: z.array(Code),
  evidence: z.array(Code),
  source: Source,
})
export type Criterion = z.infer<typeof Criterion>

const band = z.strictObject({ from: z.number().min(0), below: z.number().optional(), points: z.int().min(0) })
export const PointsRow = z.discriminatedUnion('shape', [
  z.strictObject({
    shape: z.literal('bands'),
    of: z.enum(['payTenThousands', 'monthsInChina', 'ageYears']),
    title: Text,
    max: count,
    bands: some(band),
    source: Source,
  }),
  z.strictObject({
    shape: z.literal('steps'),
    of: z.enum(['workYears']),
    title: Text,
    max: count,
    first: count,
    points: count,
    each: count,
    source: Source,
  }),
  z.strictObject({
    shape: z.literal('levels'),
    of: z.enum(['education', 'chinese', 'region', 'extra']),
    title: Text,
    max: count,
    levels: z.record(z.string().regex(/^[A-Za-z0-9]{1,40}$/), z.int().min(0)),
    source: Source,
  }),
  z.strictObject({ shape: z.literal('granted'), of: z.enum(['localBonus']), title: Text, max: z.int().min(0), source: Source }),
])
export type PointsRow = z.infer<typeof PointsRow>
/** Average wage of a year, in yuan; past its end the last value goes on with a mark (DD-26). */
export const Wage = z.strictObject({ from: Day, until: Day, yuanPerYear: count, source: Source })
export type Wage = z.infer<typeof Wage>

export const Verdict = z.strictObject({
  ...given(MovingRule),
  verdict: z.enum(['unaffected', 'returnToPreReview', 'mustRefile', 'mayRefile', 'keepAsIs', 'carryDraft', 'closeReplaced']),
  to: Code.optional(),
  keeps: z.array(z.enum(['place', 'elapsedDays', 'papers', 'judgements'])),
  text: Text,
  source: Source,
})
export type Verdict = z.infer<typeof Verdict>
