import * as z from 'zod'
import { Day, Text } from '../kernel.ts'
import {
  Asked,
  Criterion,
  Judgement,
  Material,
  Outcome,
  Period,
  PointsRow,
  Precondition,
  Question,
  Reason,
  Validity,
  Verdict,
  Wage,
} from './parts.ts'
import { byCode, Code, given, PersonRule, Source, some } from './rule.ts'
import { Authority, Consent, FaqEntry, Institution, Layout, Photo, Retention, Window } from './texts.ts'
import { Filer, Section, WorkStage } from './words.ts'

const Ground = z.strictObject({ title: Text, ...given(PersonRule), source: Source })
export type Ground = z.infer<typeof Ground>

const itemBody = {
  title: Text,
  subject: z.enum(['person', 'employer']),
  filedBy: some(Filer),
  /** The filer picks one where there are any; its own conditions must hold. */
  grounds: byCode(Ground),
  preconditions: byCode(Precondition),
  judgements: byCode(Judgement),
  questions: byCode(Question),
  form: some(Section),
  materials: byCode(Asked),
  stages: some(WorkStage),
  periods: byCode(z.enum(['runs', 'none'])),
  outcome: some(Outcome),
  validity: z.union([z.literal('none'), Validity]),
  source: Source,
}
/** A kind of filing, wholly said by data. A removed one stays and explains itself. */
export const Item = z.discriminatedUnion('offer', [
  z.strictObject({ offer: z.literal('open'), ...itemBody }),
  z.strictObject({ offer: z.literal('closedTo'), title: Text, since: Day, replacedBy: z.array(Code), why: Text, source: Source }),
])
export type Item = z.infer<typeof Item>
export type OpenItem = Extract<Item, { offer: 'open' }>

export const Head = z.strictObject({
  format: z.literal(1),
  jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  from: Day,
  /** One exact parent, `<jurisdiction>/<folder>`, pinned by hash when published. */
  extends: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}\/[0-9]{4}(-[0-9]{2}){0,2}$/)
    .optional(),
  calendar: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  timeZone: z.literal('Asia/Shanghai'),
  languages: z.tuple([z.literal('zh'), z.literal('en')]),
  law: some(z.string().min(1)),
})
export type Head = z.infer<typeof Head>

/** A whole pack after merging: what one jurisdiction asks from one day on. Its end is the start of its successor. */
export const Pack = z.strictObject({
  pack: Head,
  authority: Authority.optional(),
  items: byCode(Item),
  materials: byCode(Material),
  periods: byCode(Period),
  reasons: byCode(Reason),
  criteria: byCode(Criterion),
  judgements: byCode(Judgement),
  points: byCode(PointsRow),
  wages: byCode(Wage),
  lists: byCode(some(z.string().min(1))),
  photos: byCode(Photo),
  window: Window.optional(),
  institutions: byCode(Institution),
  papers: byCode(Layout),
  faq: byCode(FaqEntry),
  cutover: z.strictObject({ cases: byCode(Verdict), permits: byCode(Verdict) }),
  consents: byCode(Consent),
  retention: byCode(Retention),
})
export type Pack = z.infer<typeof Pack>
