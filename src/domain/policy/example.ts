import * as z from 'zod'
import { Day } from '../kernel.ts'
import { Code, some } from './rule.ts'
import { Class } from './words.ts'

const Money = z.int().min(0)
/** Facts as an example states them: the names that rules read, nothing else. */
const ExampleFacts = z
  .strictObject({
    item: Code,
    stage: z.string(),
    class: Class,
    restsOn: z.array(z.string()),
    evidence: z.array(z.string()),
    ground: z.string().nullable(),
    claimed: z.array(Code),
    pointsClaimed: z.boolean(),
    quotaClaimed: z.boolean(),
    family: z.int(),
    occupation: z.string(),
    contractKind: z.string(),
    answers: z.record(z.string(), z.string()),
    filer: z.string(),
    carrier: z.string(),
    country: z.partialRecord(z.enum(['nationality', 'degree', 'policeCertificate']), z.string()),
    judgements: z.record(Code, z.boolean()),
    days: z.record(z.string(), Day),
    whereabouts: z.string(),
    stay: z.string(),
    residentMonths: z.int(),
    degree: z.string(),
    vocational: z.string(),
    chinese: z.array(z.string()),
    extras: z.array(z.string()),
    region: z.string(),
    localBonus: z.int(),
    monthsInChina: z.int(),
    experienceYears: z.int(),
    payPerYear: Money,
    payFigures: z.partialRecord(z.enum(['form', 'contract', 'commitment']), Money),
    permit: z.string(),
    otherPermits: z.int(),
    otherOpen: z.array(z.string()),
    same: z.partialRecord(z.enum(['employer', 'occupation', 'passport']), z.boolean()),
    objected: z.boolean(),
    employer: z.string(),
    quota: z.record(z.string(), z.int()),
    onFile: z.array(z.string()),
  })
  .partial()

/** What a pack must answer; only what is named is compared. */
export const Expected = z
  .strictObject({
    class: Class.nullable(),
    met: z.array(Code),
    open: z.array(Code),
    claimed: z.array(Code),
    points: z.record(z.string(), z.int()),
    flags: z.array(Code),
    refusals: z.array(Code),
    required: z.array(Code),
    committed: z.array(Code),
    waived: z.array(Code),
    reused: z.array(Code),
    owed: z.array(Code),
    optional: z.array(Code),
    notAsked: z.array(Code),
    unknown: z.array(Code),
    forms: z.record(Code, z.array(Code)),
    judgements: z.array(Code),
    papers: z.array(z.string()),
    verification: z.string(),
    months: z.int(),
    periods: z.record(Code, z.string()),
  })
  .partial()
export type Expected = z.infer<typeof Expected>

export const Example = z.strictObject({
  title: z.string().min(1),
  given: ExampleFacts,
  expect: Expected,
  variants: z.array(z.strictObject({ title: z.string().optional(), set: ExampleFacts, expect: Expected })).optional(),
})
export type Example = z.infer<typeof Example>
const Moved = z.strictObject({ title: z.string().min(1), facts: ExampleFacts, verdict: Code.nullable() })
/** A file of worked examples: filings, single papers against an accepted form, and cases at a cut-over. */
export const ExampleFile = z.strictObject({
  item: Code,
  examples: some(Example).optional(),
  papers: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        material: Code,
        form: Code,
        days: z.record(z.string(), Day),
        paper: z
          .strictObject({
            issuedOn: Day,
            issuedBy: z.string(),
            country: z.string(),
            language: z.string(),
            signedBy: z.array(z.string()),
            shows: z.array(z.string()),
          })
          .partial(),
        broken: z.array(z.string()),
        reasons: z.array(Code).optional(),
      }),
    )
    .optional(),
  cases: z.array(Moved).optional(),
  permits: z.array(Moved).optional(),
})
export type ExampleFile = z.infer<typeof ExampleFile>
