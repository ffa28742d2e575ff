import * as z from 'zod'

/** A calendar day in the legal time zone (Asia/Shanghai), `YYYY-MM-DD`. Never a `Date`: that slips a day west of Greenwich. */
export const Day = z.iso.date()
export type Day = string
/** A moment in UTC, ISO 8601 with `Z`. */
export const Instant = z.iso.datetime()
export type Instant = string
/** Every text of law or policy exists in both languages, side by side. */
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export type Text = z.infer<typeof Text>
export type Language = keyof Text

/** Closed set of roles; a pack or an account can only choose from it (glossary: Role). */
export const Role = z.enum([
  'handler',
  'agencyStaff',
  'holder',
  'preReviewer',
  'acceptanceClerk',
  'reviewer',
  'decider',
  'windowClerk',
  'supervisor',
  'policyOfficer',
  'administrator',
  'auditor',
  'system',
  'register',
])
export type Role = z.infer<typeof Role>

/** How strongly the actor is signed in; `system` never comes from outside. */
export const SignInLevel = z.enum(['password', 'twoFactor', 'passkey', 'system'])
export type SignInLevel = z.infer<typeof SignInLevel>

/** Who acts, for whom, how sure we are, and when: the envelope of every event and access record (ASVS 8.3, 16.2). */
export type Actor = {
  accountId: string
  /** Separation of duties is by person, never by account. */
  personId: string
  role: Role
  officeId?: string
  employerId?: string
  mandateId?: string
  level: SignInLevel
  steppedUpAt?: Instant
}

/** What surrounds one command. Instants come from the server, never from the command itself (threat OFF-5). */
export type Envelope = { actor: Actor; at: Instant; requestId: string; commandId: string }

/** A fact, past tense, versioned. `data` holds ids, codes, days, versions and amounts of days only, never personal content. */
export type DomainEvent = { type: string; v: 1 }

/** `decide` answers yes with events (and effects on other aggregates), or no with a reason. */
export type Yes<E, X = never> = { ok: true; events: E[]; effects: X[] }
export type No<R> = { ok: false; refusal: R }
export type Decision<E, R, X = never> = Yes<E, X> | No<R>
export const yes = <E, X = never>(events: E[], effects: X[] = []): Yes<E, X> => ({ ok: true, events, effects })
export const no = <const R>(refusal: R): No<R> => ({ ok: false, refusal })

/** The day in Shanghai on which an instant falls. China has had one zone without summer time since 1991. */
export const dayOf = (at: Instant): Day => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
/** Midnight in Shanghai at the start of a day, as an instant. */
export const startOf = (day: Day): Instant => new Date(Date.parse(`${day}T00:00:00Z`) - 8 * 3_600_000).toISOString()
