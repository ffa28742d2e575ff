import * as z from 'zod'
import { FilingForm } from '../domain/application/form.ts'
import { Day, Text } from '../domain/kernel.ts'
import {
  AssessmentView,
  CaseRow,
  ClockView,
  DefectView,
  Fault,
  Id,
  IssuedPaper,
  Looked,
  NextStep,
  PaperFacts,
  PartState,
  PermitRow,
  PermitView,
  pageOf,
  RulesView,
  Slot,
  TimelineEntry,
  Written,
  write,
} from './common.ts'

/** Registration of a unit (S0): makes the first handler's account and the draft of the registration filing. Same answer whether or not the unit is known. */
export const RegisterBody = z.strictObject({
  commandId: z.uuid(),
  creditCode: z.string().trim().max(40),
  unitName: z.string().trim().min(2).max(200),
  areaCode: z.string().regex(/^\d{6}$/),
  handlerName: z.string().trim().min(1).max(120),
  login: z.string().trim().min(3).max(80),
  password: z.string().min(8).max(200),
  consentVersion: z.int(),
})
export const RegisterReply = z.object({ caseNo: z.string() })
export const CreditCodeReply = z.object({ valid: z.boolean(), expected: z.string().nullable(), badPosition: z.int().nullable() })

export const UnitHead = z.object({
  id: Id,
  nameZh: z.string(),
  nameEn: z.string(),
  standing: z.enum(['registering', 'approved', 'suspended', 'dissolved']),
  registration: z.string().nullable(),
})
/** My Work in Progress (S2): what waits for us first. */
export const HomeReply = z.object({
  unit: UnitHead,
  waiting: z.array(CaseRow),
  withOffice: z.array(CaseRow),
  due: z.array(PermitRow),
  returnedByChange: z.array(CaseRow),
  recent: z.array(z.object({ id: Id, kind: z.string(), caseNo: z.string().nullable(), at: z.string(), read: z.boolean() })),
})
export const CasesReply = pageOf(CaseRow)

export const ItemCard = z.object({
  code: z.string(),
  title: Text,
  subject: z.enum(['person', 'employer']),
  open: z.boolean(),
  since: Day.nullable(),
  why: Text.nullable(),
  replacedBy: z.array(z.object({ code: z.string(), title: Text })),
  papers: z.array(z.object({ code: z.string(), title: Text })),
  periods: z.array(z.object({ code: z.string(), text: Text, length: Text })),
  needsWindow: z.boolean(),
  whyNot: Text.nullable(),
  source: z.string(),
})
export const ItemsReply = z.object({
  items: z.array(ItemCard),
  rules: RulesView,
  people: z.array(z.object({ personId: Id, name: z.string() })),
})
export const StartBody = z.strictObject({ commandId: z.uuid(), item: z.string().max(40), copyPersonFrom: z.string().max(40).optional() })
export const StartReply = z.object({ id: Id, caseNo: z.string(), version: z.int() })

export const CasePage = z.object({
  case: CaseRow,
  version: z.int(),
  formVersion: z.int(),
  ground: z.string().nullable(),
  next: NextStep,
  openActions: z.array(z.string()),
  sections: z.array(z.string()),
  questions: z.array(
    z.object({
      code: z.string(),
      asks: Text,
      answer: z.enum(['yesNo', 'choice', 'day', 'text']),
      choices: z.array(z.object({ code: z.string(), text: Text })),
      source: z.string(),
    }),
  ),
  grounds: z.array(z.object({ code: z.string(), title: Text })),
  form: FilingForm,
  prefilled: z.array(z.object({ path: z.string(), from: z.string(), on: Day })),
  parts: z.array(PartState),
  assessment: AssessmentView.nullable(),
  slots: z.array(Slot),
  defects: z.array(DefectView),
  clocks: z.array(ClockView),
  timeline: z.array(TimelineEntry),
  issued: z.array(IssuedPaper),
  permit: PermitView.nullable(),
  looked: z.array(Looked),
  rules: RulesView,
  draftKeptUntil: Day.nullable(),
  consents: z.array(z.object({ code: z.string(), version: z.int(), text: Text, basis: z.string() })),
})
export type CasePage = z.infer<typeof CasePage>

export const SaveBody = z.strictObject({ ...write, form: FilingForm, ground: z.string().max(40).optional() })
export const SaveReply = z.object({
  version: z.int(),
  formVersion: z.int(),
  savedAt: z.string(),
  parts: z.array(PartState),
  faults: z.array(Fault),
  assessment: AssessmentView.nullable(),
})
export const AttachBody = z.strictObject({
  ...write,
  code: z.string().max(40),
  form: z.string().max(40),
  uploadId: Id,
  translationUploadId: Id.optional(),
  facts: PaperFacts,
})
export const CommitBody = z.strictObject({ ...write, material: z.string().max(40), made: z.boolean() })
/** Check before filing (S8): everything that stops it, at once. */
export const CheckReply = z.object({
  version: z.int(),
  ready: z.boolean(),
  stops: z.array(Fault),
  warnings: z.array(Fault),
  after: NextStep,
  assessment: AssessmentView.nullable(),
  slots: z.array(Slot),
})
export const SubmitBody = z.strictObject({ ...write, personInChargeHasRead: z.literal(true) })
export const ResubmitBody = z.strictObject({
  ...write,
  objections: z.array(z.strictObject({ defectId: Id, text: z.string().trim().min(3).max(1000) })).max(50),
})
export const WithdrawBody = z.strictObject({ ...write, reason: z.string().trim().max(1000).optional() })
export const EntryBody = z.strictObject({ ...write, enteredOn: Day })
export const UnusedBody = z.strictObject({ ...write, reason: z.string().trim().min(3).max(1000) })

export const PermitsReply = pageOf(PermitRow)
export const UnitPage = z.object({
  unit: UnitHead,
  profile: FilingForm.shape.employer,
  creditCode: z.string(),
  registrations: z.array(CaseRow),
  handlers: z.array(z.object({ accountId: Id, name: z.string(), from: Day, until: Day.nullable(), self: z.boolean() })),
  seals: z.array(z.object({ id: Id, kind: z.string(), from: Day, until: Day.nullable() })),
  version: z.int(),
})
export const AddHandlerBody = z.strictObject({
  commandId: z.uuid(),
  name: z.string().trim().min(1).max(120),
  login: z.string().trim().min(3).max(80),
  password: z.string().min(8).max(200),
})
export const RemoveHandlerBody = z.strictObject({ commandId: z.uuid() })
export const AddSealBody = z.strictObject({
  commandId: z.uuid(),
  kind: z.enum(['legalName', 'foreignAffairs', 'humanResources', 'labourContract']),
  uploadId: Id,
})
export { Written }
