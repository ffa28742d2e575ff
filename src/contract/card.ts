import * as z from 'zod'
import { Day, Instant, Text } from '../domain/kernel.ts'
import { ClockView, Id, IssuedPaper, Looked, NextStep, PermitView, PersonName } from './common.ts'

/** What the QR on a Notice tells anyone: that the paper is real, and the steps with their dates. Name masked, no photo, no number. */
export const NoticeReply = z.object({
  verdict: z.enum(['valid', 'notYetValid', 'expired', 'suspended', 'cancelled', 'revoked', 'unknown']),
  maskedName: z.string(),
  authority: Text,
  issuedOn: Day,
  usableUntil: Day,
  employer: z.string(),
  class: z.string(),
  checkedAt: Instant,
  steps: z.array(z.object({ key: z.string(), done: z.boolean(), dueOn: Day.nullable(), provisional: z.boolean() })),
  mayRegister: z.boolean(),
})
export const RegisterBody = z.strictObject({
  commandId: z.uuid(),
  name: z.string().min(1).max(200),
  number: z.string().min(1).max(40),
  kind: z.enum(['permitNumber', 'socialNumber']).optional(),
  password: z.string().min(1).max(200),
})
export const SignInBody = RegisterBody.omit({ commandId: true })
export const CardStep = z.enum(['entry', 'consent', 'face', 'officer', 'window', 'held', 'frozen', 'closed'])
export const RegisterReply = z.object({ step: CardStep })

export const CardReply = z.object({
  step: CardStep,
  name: PersonName,
  next: NextStep,
  permit: PermitView,
  triesLeft: z.int(),
  officerBy: Instant.nullable(),
  windows: z.array(z.object({ place: Text, hours: Text })),
  authority: Text,
  phone: z.string(),
  employer: z.string(),
  consent: z.object({ code: z.string(), version: z.int(), text: Text, basis: z.string(), law: Text, keeps: Text }),
  consented: z.boolean(),
  card: z
    .object({
      nationality: z.string(),
      sex: z.string(),
      permitNumber: z.string(),
      passportNumber: z.string(),
      class: z.string(),
      employerZh: z.string(),
      employerEn: z.string(),
      post: z.string(),
      place: z.string(),
      issuedOn: Day,
      asOf: Instant,
    })
    .nullable(),
  due: z.array(
    z.object({ key: z.string(), dueOn: Day.nullable(), provisional: z.boolean(), clock: ClockView.nullable(), done: z.boolean() }),
  ),
  bring: z.array(z.object({ code: z.string(), title: Text, rule: Text })),
  papers: z.array(IssuedPaper),
  looked: z.array(Looked),
  lookedThisMonth: z.int(),
})
export type CardReply = z.infer<typeof CardReply>
export const CardEntryBody = z.strictObject({ commandId: z.uuid(), enteredOn: Day })
export const ConsentBody = z.strictObject({ commandId: z.uuid(), code: z.string().max(40), version: z.int() })
export const ChallengeReply = z.object({
  attemptId: Id,
  steps: z.array(z.enum(['lookStraight', 'openMouth', 'blink', 'turnLeft', 'turnRight'])),
  nonce: z.string(),
  seconds: z.int(),
  triesLeft: z.int(),
})
/** Frames as JPEG in base64 with their moment in ms since the start of the attempt; judged in memory and gone. */
export const FramesBody = z.strictObject({
  commandId: z.uuid(),
  attemptId: Id,
  nonce: z.string().max(80),
  frames: z
    .array(z.strictObject({ at: z.int().min(0).max(60_000), step: z.int().min(0).max(5), jpeg: z.base64().max(200_000) }))
    .min(4)
    .max(60),
})
export const FramesReply = z.object({
  outcome: z.enum(['pass', 'officer', 'retry', 'refused']),
  advice: z.string().nullable(),
  triesLeft: z.int(),
  officerBy: Instant.nullable(),
  step: CardStep,
})
export const ShowReply = z.object({
  url: z.string(),
  say: z.string(),
  qr: z.string(),
  madeAt: Instant,
  expiresAt: Instant,
  renewSeconds: z.int(),
})
export const FreezeBody = z.strictObject({ commandId: z.uuid() })

/** The result of a check (S17), by kind of code; the page is rendered on the server and needs no script. */
export const CheckResult = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.enum(['valid', 'notYetValid', 'expired', 'suspended', 'cancelled', 'revoked']),
    kind: z.enum(['paper', 'live']),
    name: z.string(),
    photo: z.boolean(),
    employer: z.string().nullable(),
    class: z.string().nullable(),
    authority: Text,
    since: Day.nullable(),
    from: Day.nullable(),
    until: Day.nullable(),
    checkedAt: Instant,
    replaced: z.boolean(),
  }),
  z.object({ verdict: z.enum(['codeExpired', 'unknown', 'cannotCheck']), checkedAt: Instant }),
])
export type CheckResult = z.infer<typeof CheckResult>
export const DisputeBody = z.strictObject({
  commandId: z.uuid(),
  code: z.string().max(80).optional(),
  text: z.string().trim().min(3).max(2000),
})
export const DisputeReply = z.object({ number: z.string() })
