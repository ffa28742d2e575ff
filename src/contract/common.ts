// Longer than 200 lines: every audience reads these shapes, and they read each other.
import * as z from 'zod'
import { Day, Instant, Text } from '../domain/kernel.ts'
import { Stage } from '../domain/policy/words.ts'

/** Shapes that several audiences share. A reply schema is also the filter: what is not named here does not leave. */
export const Id = z.uuid()
export const CommandId = z.uuid()
export const CaseNo = z.string().regex(/^\d{4}-\d{5,}-[0-9A-Z]$/)
/** Every write carries its own id and, where it changes a case, the version the writer looked at. */
export const write = { commandId: CommandId, expectedVersion: z.int().min(0).optional() }
export const Written = z.object({ id: Id, version: z.int(), stage: z.string().optional() })

/** A clock that explains itself, line by line, in both languages. */
export const ClockView = z.object({
  id: Id,
  code: z.string(),
  kind: z.string(),
  party: z.enum(['authority', 'employer', 'holder']),
  label: Text,
  state: z.enum(['running', 'paused', 'met', 'missed', 'stopped']),
  from: Day,
  dueOn: Day,
  nominalOn: Day,
  safeOn: Day,
  provisional: z.boolean(),
  why: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
})
export type ClockView = z.infer<typeof ClockView>

/** The one sentence on top: a message key with its values, who acts, by when, and the clock that says why. */
export const NextStep = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  who: z.enum(['filer', 'office', 'holder', 'nobody']),
  dueOn: Day.nullable(),
  clockId: Id.nullable(),
})
export type NextStep = z.infer<typeof NextStep>

export const PersonName = z.object({ full: z.string(), chinese: z.string().nullable(), mrz: z.string() })
export const CaseRow = z.object({
  id: Id,
  caseNo: z.string(),
  item: z.string(),
  itemTitle: Text,
  name: PersonName.nullable(),
  employerName: z.string(),
  stage: Stage,
  class: z.enum(['A', 'B', 'C']).nullable(),
  dueOn: Day.nullable(),
  provisional: z.boolean(),
  waitsFor: z.enum(['filer', 'office', 'nobody']),
  office: Text.nullable(),
  round: z.int(),
  openDefects: z.int(),
  submittedOn: Day.nullable(),
  holder: z.string().nullable(),
})
export type CaseRow = z.infer<typeof CaseRow>

/** One line of the history as the reader may see it: a message key with values, never internal words. */
export const TimelineEntry = z.object({
  at: Instant,
  effectiveAt: Instant,
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  byLaw: z.boolean(),
  paperId: Id.nullable(),
})
export const IssuedPaper = z.object({
  id: Id,
  kind: z.string(),
  title: Text,
  number: z.string(),
  state: z.enum(['pending', 'issued']),
  issuedOn: Day.nullable(),
  replacedBy: Id.nullable(),
  prints: z.int(),
})
export type IssuedPaper = z.infer<typeof IssuedPaper>

export const PointsView = z.object({
  total: z.int(),
  rows: z.array(z.object({ code: z.string(), points: z.int(), max: z.int(), title: Text })),
})
export const AssessmentView = z.object({
  class: z.enum(['A', 'B', 'C']).nullable(),
  criteria: z.array(
    z.object({
      code: z.string(),
      gives: z.enum(['A', 'B', 'C']),
      title: Text,
      answer: z.enum(['yes', 'no', 'unknown']),
      missing: z.array(z.string()),
      claimed: z.boolean(),
      evidence: z.array(z.string()),
      source: z.string(),
    }),
  ),
  points: PointsView.nullable(),
  preconditions: z.array(
    z.object({
      code: z.string(),
      answer: z.enum(['yes', 'no', 'unknown']),
      otherwise: z.enum(['refuse', 'warn', 'officerDecides']),
      reason: z.string(),
      text: Text,
      remedy: Text,
      source: z.string(),
    }),
  ),
  refusals: z.array(z.object({ code: z.string(), text: Text, remedy: Text })),
  flags: z.array(z.object({ code: z.string(), text: Text })),
  whatWouldChange: z.array(Text),
})
export type AssessmentView = z.infer<typeof AssessmentView>

export const PaperFacts = z
  .strictObject({
    issuedOn: Day,
    issuedBy: z.string().max(40),
    country: z.string().regex(/^[A-Z]{3}$/),
    authentication: z.string().max(40),
    language: z.enum(['zh', 'any']),
    signedBy: z.array(z.string().max(40)).max(8),
    shows: z.array(z.string().max(40)).max(12),
  })
  .partial()
export const FileCheck = z.object({
  code: z.string(),
  ok: z.boolean(),
  measured: z.union([z.string(), z.number()]).nullable(),
  limit: z.union([z.string(), z.number()]).nullable(),
})
export const AttachedFile = z.object({
  uploadId: Id,
  name: z.string(),
  type: z.string(),
  pages: z.int(),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
})
export const DefectView = z.object({
  id: Id,
  point: z.object({ kind: z.enum(['paper', 'section']), code: z.string(), title: Text }),
  reason: z.string(),
  text: Text,
  remedy: Text,
  note: z.string().nullable(),
  source: z.string(),
  round: z.int(),
  corrected: z.boolean(),
  newBecause: z.string().nullable(),
  objection: z.string().nullable(),
})
/** One place for a paper: its rule, accepted forms, way out, and the file that lies there. */
export const Slot = z.object({
  code: z.string(),
  title: Text,
  state: z.enum(['required', 'optional', 'committed', 'waived', 'owed', 'maybe', 'onSheet']),
  missing: z.array(z.string()),
  sheet: z.boolean(),
  forms: z.array(
    z.object({
      code: z.string(),
      title: Text,
      offered: z.enum(['yes', 'no', 'unknown']),
      rules: z.array(z.object({ rule: z.string(), text: Text })),
      authentication: z.array(z.string()),
      translation: z.enum(['none', 'employerSealed']),
      generated: z.boolean(),
      photo: z.boolean(),
      upload: z.object({ types: z.array(z.string()), maxBytes: z.int(), maxPages: z.int() }),
      source: z.string(),
    }),
  ),
  relief: z.array(
    z.object({ kind: z.enum(['waived', 'reused', 'commitment', 'owed']), offered: z.enum(['yes', 'no', 'unknown']), source: z.string() }),
  ),
  attached: z
    .object({
      form: z.string(),
      file: AttachedFile,
      translation: AttachedFile.nullable(),
      facts: PaperFacts,
      broken: z.array(z.object({ rule: z.string(), text: Text })),
      outdated: z.boolean(),
      formVersion: z.int(),
      round: z.int(),
    })
    .nullable(),
  defect: DefectView.nullable(),
  checked: z.enum(['inOrder', 'defect']).nullable(),
  original: z.enum(['shown', 'notShown']),
  source: z.string(),
})
export type Slot = z.infer<typeof Slot>
export const PartState = z.object({
  part: z.string(),
  state: z.enum(['notStarted', 'inProgress', 'toCorrect', 'complete', 'cannotStart']),
  count: z.int(),
  summary: z.string().nullable(),
})
export const Fault = z.object({
  path: z.string(),
  code: z.string(),
  section: z.string(),
  severity: z.enum(['stop', 'warn']),
  text: Text,
  remedy: Text,
})
export const Looked = z.object({
  at: Instant,
  role: z.string(),
  office: Text.nullable(),
  purpose: z.string(),
  how: z.string(),
  what: z.string(),
})
export const RulesView = z.object({ jurisdiction: z.string(), from: Day, hash: z.string(), authority: Text, law: z.array(z.string()) })

export const PermitView = z.object({
  id: Id,
  standing: z.string(),
  verdict: z.enum(['valid', 'notYetValid', 'expired', 'suspended', 'cancelled', 'revoked']),
  verification: z.enum(['notRequired', 'pending', 'done', 'overdue']),
  class: z.enum(['A', 'B', 'C']),
  validFrom: Day,
  validUntil: Day,
  grantedOn: Day,
  enteredOn: Day.nullable(),
  entryConfirmed: z.boolean(),
  noticeState: z.string().nullable(),
  noticeUntil: Day.nullable(),
  decisionCollectedOn: Day.nullable(),
  ended: z.object({ kind: z.string(), on: Day }).nullable(),
  clocks: z.array(ClockView),
  version: z.int(),
})
export type PermitView = z.infer<typeof PermitView>
export const PermitRow = z.object({
  id: Id,
  caseNo: z.string(),
  name: PersonName,
  verdict: z.string(),
  verification: z.string(),
  validUntil: Day,
  dueOn: Day.nullable(),
  provisional: z.boolean(),
  duty: Text.nullable(),
  enteredOn: Day.nullable(),
})

/** Keyset pages: the cursor is opaque, the count always there. */
export const pageOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), total: z.int(), next: z.string().nullable() })
