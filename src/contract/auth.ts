import * as z from 'zod'
import { Instant, Role, Text } from '../domain/kernel.ts'

/** Sign-in of the surfaces that have accounts; administration is part of the office. Same shapes for all three. */
export const SessionAudience = z.enum(['card', 'employer', 'office'])
export const FactorKind = z.enum(['totp', 'passkey'])
const Csrf = z.string()
const Secret = z.string().min(1).max(200)
const WebAuthnJson = z.record(z.string().max(60), z.json())

/** A role with its place, as the signed-in person sees it. */
export const HatView = z.object({
  membershipId: z.uuid(),
  role: Role,
  officeId: z.uuid().nullable(),
  office: Text.nullable(),
  employerId: z.uuid().nullable(),
  unit: Text.nullable(),
  until: Instant.nullable(),
})
/**
 * Who am I? Always 200. `csrf` goes into the header `x-csrf-token` of every POST, PUT and DELETE of this audience, before and after sign-in; it changes with the session.
 * `state` is `open` when roles are active; `needsFactor` and `needsEnrolment` ask for the second step. `stepUp` names the proofs that renew it; `press` is the demonstration's.
 */
export const SessionReply = z.discriminatedUnion('signedIn', [
  z.object({ signedIn: z.literal(false), csrf: Csrf, demo: z.boolean(), language: z.enum(['zh', 'en']) }),
  z.object({
    signedIn: z.literal(true),
    csrf: Csrf,
    demo: z.boolean(),
    language: z.enum(['zh', 'en']),
    accountId: z.uuid(),
    name: z.string().nullable(),
    state: z.enum(['open', 'needsFactor', 'needsEnrolment']),
    level: z.enum(['password', 'twoFactor', 'passkey']),
    factors: z.array(FactorKind),
    stepUp: z.array(z.enum(['password', 'totp', 'passkey', 'press'])),
    steppedUpUntil: Instant.nullable(),
    roles: z.array(HatView),
    idleMinutes: z.int(),
    endsAt: Instant,
  }),
])
export type SessionReply = z.infer<typeof SessionReply>

/** Answer of every step of a sign-in: go on when `open`, else show the second factor or enrol one. The new token replaces the old. */
export const SignedInReply = z.object({
  state: z.enum(['open', 'needsFactor', 'needsEnrolment']),
  factors: z.array(FactorKind),
  csrf: Csrf,
})
export type SignedInReply = z.infer<typeof SignedInReply>
export const SignInBody = z.strictObject({ login: z.string().min(1).max(120), password: Secret })
/** The card asks for name, number and password. */
export const CardSignInBody = z.strictObject({
  name: z.string().min(1).max(200),
  number: z.string().min(1).max(40),
  kind: z.enum(['permitNumber', 'socialNumber']).default('permitNumber'),
  password: Secret,
})
export const PasskeyAnswer = z.strictObject({ challengeId: z.uuid(), response: WebAuthnJson })
export const FactorBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code: z.string().max(20) }),
  z.strictObject({ kind: z.literal('passkey'), challengeId: z.uuid(), response: WebAuthnJson }),
])
export const StepUpBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), password: Secret }),
  z.strictObject({ kind: z.literal('totp'), code: z.string().max(20) }),
  z.strictObject({ kind: z.literal('passkey'), challengeId: z.uuid(), response: WebAuthnJson }),
  z.strictObject({ kind: z.literal('press') }),
])
export const StepUpReply = z.object({ steppedUpUntil: Instant, csrf: Csrf })
export const ChallengeBody = z.strictObject({ use: z.enum(['signIn', 'factor', 'stepUp', 'enrol']) })
/** `options` go unchanged to the browser's passkey call. */
export const ChallengeReply = z.object({ challengeId: z.uuid(), options: z.record(z.string(), z.json()) })
export const EnrolPasskeyBody = z.strictObject({ challengeId: z.uuid(), label: z.string().trim().min(1).max(60), response: WebAuthnJson })
export const PasskeysReply = z.object({
  passkeys: z.array(z.object({ id: z.string(), label: z.string(), createdAt: Instant, usedAt: Instant.nullable() })),
})
export const TotpOfferReply = z.object({ secret: z.string(), uri: z.string() })
export const TotpConfirmBody = z.strictObject({ code: z.string().max(20) })
export const PasswordBody = z.strictObject({ current: Secret, password: Secret })
export const ResetBody = z.strictObject({ code: z.string().min(1).max(60), password: Secret })
export const LanguageBody = z.strictObject({ language: z.enum(['zh', 'en']) })
export const DemoPeopleReply = z.object({
  people: z.array(
    z.object({ accountId: z.uuid(), label: Text, name: z.string().nullable(), roles: z.array(Role), place: Text.nullable() }),
  ),
})
export const DemoSignInBody = z.strictObject({ accountId: z.uuid() })
export const FirstAdministratorBody = z.strictObject({
  code: z.string().min(1).max(60),
  login: z.string().trim().min(3).max(80),
  name: z.string().trim().min(1).max(120),
  password: Secret,
})
export const AccountParams = z.strictObject({ id: z.uuid() })
export const ResetCodeReply = z.object({ code: z.string(), expiresAt: Instant })
export const Done = z.object({ done: z.literal(true) })
