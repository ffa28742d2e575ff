// Longer than 200 lines: one audience, one file: the desk and the window share most of it.
import * as z from 'zod'
import { FilingForm } from '../domain/application/form.ts'
import { Day, Instant, Text } from '../domain/kernel.ts'
import {
  AssessmentView,
  CaseRow,
  ClockView,
  DefectView,
  Fault,
  FileCheck,
  Id,
  IssuedPaper,
  Looked,
  NextStep,
  PermitView,
  PersonName,
  pageOf,
  RulesView,
  Slot,
  TimelineEntry,
  write,
} from './common.ts'

export const Queue = z.enum(['preReview', 'acceptance', 'review', 'decision'])
export const OfficeRow = CaseRow.extend({
  nationality: z.string().nullable(),
  changes: z.int(),
  takenBy: z.string().nullable(),
  takenByMe: z.boolean(),
  takenAt: Instant.nullable(),
  workingDaysLeft: z.int().nullable(),
  near: z.boolean(),
  past: z.boolean(),
})
export const DeskReply = z.object({
  office: Text,
  officer: z.string(),
  queues: z.array(z.object({ queue: Queue, waiting: z.int(), mine: z.int(), free: z.int(), near: z.int(), oldestWorkingDays: z.int() })),
  mine: z.array(OfficeRow),
  tasks: z.array(z.object({ id: Id, kind: z.string(), caseNo: z.string().nullable(), openedAt: Instant })),
  faceChecks: z.int(),
})
export const QueueQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  hold: z.enum(['all', 'mine', 'free']).optional(),
  item: z.string().max(40).optional(),
  class: z.enum(['A', 'B', 'C']).optional(),
  due: z.enum(['all', 'soon', 'past']).optional(),
})
export const QueueReply = pageOf(OfficeRow)
/** Search terms travel in the body, never in an address. */
export const SearchBody = z.strictObject({ text: z.string().trim().min(1).max(200), purpose: z.string().trim().min(3).max(200) })
export const SearchReply = z.object({
  cases: z.array(OfficeRow),
  employers: z.array(z.object({ id: Id, name: z.string(), standing: z.string() })),
  more: z.boolean(),
})

export const NoteView = z.object({
  id: Id,
  text: z.string(),
  author: z.string(),
  at: Instant,
  audience: z.enum(['office', 'filer']),
  pin: z.object({ uploadId: Id, page: z.int(), x: z.number(), y: z.number() }).nullable(),
})
export const JudgementView = z.object({
  code: z.string(),
  asks: Text,
  at: Queue,
  reason: z.string(),
  finding: z.enum(['yes', 'no']).nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
  source: z.string(),
})
/** A check that the machine made, with its evidence; `open` is for a person to settle. */
export const AutoCheck = z.object({
  code: z.string(),
  text: Text,
  answer: z.enum(['ok', 'notOk', 'open']),
  evidence: Text,
  paper: z.string().nullable(),
  source: z.string(),
})
export const SamePerson = z.object({
  personId: Id,
  name: PersonName,
  bornOn: Day.nullable(),
  nationality: z.string().nullable(),
  likeness: z.enum(['same', 'likely', 'possible']),
  signals: z.array(z.string()),
  permits: z.array(z.object({ class: z.string(), employer: z.string(), verdict: z.string(), validUntil: Day })),
})

export const OfficeCasePage = z.object({
  case: OfficeRow,
  version: z.int(),
  next: NextStep,
  openActions: z.array(z.string()),
  form: FilingForm,
  sections: z.array(z.string()),
  employer: z.object({ id: Id, nameZh: z.string(), nameEn: z.string(), creditCode: z.string(), standing: z.string() }),
  slots: z.array(Slot),
  fileChecks: z.record(z.string(), z.array(FileCheck)),
  assessment: AssessmentView.nullable(),
  checks: z.array(AutoCheck),
  judgements: z.array(JudgementView),
  defects: z.array(DefectView),
  changes: z.array(z.object({ point: z.string(), label: Text, before: z.string().nullable(), after: z.string().nullable() })),
  samePersons: z.array(SamePerson),
  notes: z.array(NoteView),
  clocks: z.array(ClockView),
  timeline: z.array(TimelineEntry),
  issued: z.array(IssuedPaper),
  permit: PermitView.nullable(),
  rules: RulesView,
  looked: z.array(Looked),
  reasons: z.array(z.object({ code: z.string(), for: z.array(z.string()), text: Text, remedy: Text, source: z.string() })),
  reviewedBy: z.string().nullable(),
  mayDecide: z.enum(['yes', 'notTheReviewer', 'notYourStage']),
  opinion: z.enum(['grant', 'refuse']).nullable(),
  opinionNote: z.string().nullable(),
  grant: z
    .object({
      validFrom: Day,
      validUntil: Day,
      latestUntil: Day,
      verification: z.enum(['none', 'pending']),
      papers: z.array(z.string()),
      effects: z.array(z.string()),
      words: Text,
    })
    .nullable(),
  earlierFiles: z.record(z.string(), z.array(z.object({ uploadId: Id, round: z.int(), pages: z.int() }))),
  mayNameLater: z.array(z.string()),
})
export type OfficeCasePage = z.infer<typeof OfficeCasePage>

const note = z.string().trim().min(3).max(2000)
const Defect = z.strictObject({
  point: z.strictObject({ kind: z.enum(['paper', 'section']), code: z.string().max(40) }),
  reason: z.string().max(60),
  note: note.optional(),
  newBecause: z.enum(['changed', 'expiredSince', 'register', 'falsity', 'rulesChanged', 'overlooked']).optional(),
})
/** Bodies of the acts on a case, by name; each is one POST to `/api/office/cases/:caseNo/actions/<name>`. */
export const ActionBodies = {
  take: z.strictObject({ ...write, reason: note.optional() }),
  giveBack: z.strictObject({ ...write, reason: note.optional(), reassignTo: Id.optional() }),
  checkPaper: z.strictObject({ ...write, code: z.string().max(40), finding: z.enum(['inOrder', 'defect']) }),
  judge: z.strictObject({ ...write, judgement: z.string().max(60), finding: z.enum(['yes', 'no']), note: note.optional() }),
  returnForCorrection: z.strictObject({ ...write, defects: z.array(Defect).min(1).max(100) }),
  passPreReview: z.strictObject({ ...write }),
  accept: z.strictObject({ ...write }),
  notAccept: z.strictObject({ ...write, reasons: z.array(z.string().max(60)).min(1).max(20), note: note.optional() }),
  extendTime: z.strictObject({ ...write, reason: note }),
  finishReview: z.strictObject({ ...write, opinion: z.enum(['grant', 'refuse']), note: note.optional() }),
  sendBack: z.strictObject({ ...write, to: z.enum(['review']), note }),
  grant: z.strictObject({ ...write, validFrom: Day.optional(), validUntil: Day.optional(), note: note.optional() }),
  refuse: z.strictObject({ ...write, reasons: z.array(z.string().max(60)).min(1).max(20), note: note.optional() }),
} as const
export const NextBody = z.strictObject({ commandId: z.uuid(), queue: Queue })
export const NextReply = z.object({ caseNo: z.string().nullable() })
export const NoteBody = z.strictObject({
  commandId: z.uuid(),
  text: note,
  audience: z.enum(['office']),
  pin: z.strictObject({ uploadId: Id, page: z.int().min(1), x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).optional(),
})
/** How the deficiency notice will read, before it is sent. */
export const NoticePreviewBody = z.strictObject({ defects: z.array(Defect).max(100) })
export const NoticePreviewReply = z.object({ defects: z.array(DefectView), dueOn: Day, faults: z.array(Fault) })

export const SuperviseReply = z.object({
  received: z.int(),
  ended: z.int(),
  open: z.int(),
  holds: z.boolean(),
  breached: z.int(),
  near: z.int(),
  withoutOwner: z.int(),
  stages: z.array(
    z.object({ stage: z.string(), cases: z.int(), oldestWorkingDays: z.int(), medianWorkingDays: z.int(), near: z.int(), past: z.int() }),
  ),
  officers: z.array(z.object({ accountId: Id, name: z.string(), roles: z.array(z.string()), mine: z.int(), near: z.int() })),
  rounds: z.object({ none: z.int(), one: z.int(), more: z.int() }),
  defects: z.array(z.object({ reason: z.string(), text: Text, count: z.int() })),
  failedJobs: z.int(),
  faceChecks: z.int(),
  heldProvisional: z.int(),
  rows: z.array(OfficeRow),
})
export const FaceChecksReply = z.object({
  checks: z.array(z.object({ attemptId: Id, cardId: Id, name: PersonName, madeAt: Instant, score: z.number(), model: z.string() })),
})
export const SettleFaceBody = z.strictObject({ commandId: z.uuid(), confirmed: z.boolean(), reason: note })

export const Presenter = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('holder'), passportSeen: z.literal(true) }),
  z.strictObject({ kind: z.literal('handler'), accountId: Id, identitySeen: z.boolean() }),
  z.strictObject({
    kind: z.literal('agent'),
    name: z.string().trim().min(1).max(120),
    idNumber: z.string().trim().max(40),
    identitySeen: z.boolean(),
    powerOfAttorney: z
      .strictObject({
        givenBy: z.enum(['employer', 'holder']),
        sealedOrSigned: z.boolean(),
        names: z.array(z.enum(['agentName', 'agentId', 'matter', 'caseNumber'])).max(4),
        validUntil: Day,
      })
      .nullable(),
  }),
])
export const FindPermitBody = z.strictObject({ text: z.string().trim().min(1).max(400) })
export const WindowRow = z.object({
  permitId: Id,
  caseNo: z.string(),
  name: PersonName,
  nationality: z.string(),
  employer: z.string(),
  class: z.string(),
  verification: z.string(),
  dueOn: Day.nullable(),
  verdict: z.string(),
})
export const FindPermitReply = z.object({ rows: z.array(WindowRow) })
export const VisitBody = z.strictObject({ commandId: z.uuid(), permitId: Id, presenter: Presenter })
export const OriginalRow = z.object({
  code: z.string(),
  title: Text,
  upload: z.object({ uploadId: Id, pages: z.int() }).nullable(),
  rule: Text,
  result: z.enum(['match', 'mismatch', 'missing', 'deferred']).nullable(),
  reason: z.string().nullable(),
  until: Day.nullable(),
  on: Day.nullable(),
  needsDate: z.boolean(),
  sealedCopy: z.boolean(),
})
export const VisitPage = z.object({
  visitId: Id,
  permit: PermitView,
  caseNo: z.string(),
  name: PersonName,
  nationality: z.string(),
  employer: z.string(),
  passportExpiresOn: Day.nullable(),
  presenter: z.string(),
  dayOfPeriod: z.int().nullable(),
  periodDays: z.int().nullable(),
  next: NextStep,
  originals: z.array(OriginalRow),
  left: z.array(z.string()),
  reasons: z.array(z.object({ code: z.string(), text: Text })),
  decision: IssuedPaper.nullable(),
  receipt: IssuedPaper.nullable(),
  card: z.object({ cardId: Id, standing: z.string(), check: z.string() }).nullable(),
  handlers: z.array(z.object({ accountId: Id, name: z.string() })),
  clerks: z.array(z.object({ personId: Id, accountId: Id, name: z.string() })),
  closed: z.boolean(),
  photo: z.boolean(),
})
export const OriginalBody = z.strictObject({
  commandId: z.uuid(),
  code: z.string().max(40),
  result: z.enum(['match', 'mismatch', 'missing', 'deferred']),
  reason: z.string().max(60).optional(),
  until: Day.optional(),
  issuedOn: Day.optional(),
  issuedBy: z.string().max(40).optional(),
})
export const ConfirmPersonBody = z.strictObject({
  commandId: z.uuid(),
  secondClerk: z.strictObject({ login: z.string().max(80), password: z.string().max(200) }),
})
export const CollectBody = z.strictObject({ commandId: z.uuid() })
export const ProposeEntryBody = z.strictObject({ commandId: z.uuid(), enteredOn: Day })
