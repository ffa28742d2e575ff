import { type Problem, type ProblemCode, type ProblemFault, problemTexts } from '../contract/problem.ts'
import type { Language } from '../domain/kernel.ts'
import { ruleText } from './door/fault-text.ts'
import type { AnyRefusal } from './route.ts'

/** One table turns reasons into HTTP; a code without a line does not compile. */
export const statusOf = {
  invalidInput: 400,
  passwordNotAllowed: 422,
  signInWrong: 401,
  notSignedIn: 401,
  secondFactorNeeded: 401,
  proofWrong: 422,
  challengeNotValid: 422,
  factorNotSet: 409,
  lastFactor: 409,
  tokenNotValid: 422,
  loginTaken: 409,
  rolesExclude: 422,
  onlyInDemo: 404,
  crossSite: 403,
  tokenMissing: 403,
  stepUpNeeded: 403,
  roleNotAllowed: 403,
  notFound: 404,
  requestTooSlow: 408,
  bodyTooLarge: 413,
  headersTooLarge: 431,
  mediaTypeNotAccepted: 415,
  tooManyRequests: 429,
  tooManyTries: 429,
  internal: 500,
  unavailable: 503,
  closing: 503,
  busy: 503,
  actionNotOpen: 409,
  changedMeanwhile: 409,
  commandIdReused: 409,
  heldByAnother: 409,
  takeItFirst: 409,
  alreadyTaken: 409,
  fourEyes: 422,
  conflictOfInterest: 422,
  formIncomplete: 422,
  papersMissing: 422,
  paperNotAsked: 422,
  paperFormNotAccepted: 422,
  paperRuleBroken: 422,
  signedFormOutdated: 422,
  commitmentNotOffered: 422,
  preconditionFailed: 422,
  classNotMet: 422,
  declarationMissing: 422,
  noOffice: 422,
  employerNotApproved: 409,
  itemClosed: 409,
  itemUnknown: 404,
  nothingNamed: 422,
  reasonUnknown: 422,
  couldHaveBeenNamed: 422,
  notNamed: 422,
  pointsLeft: 422,
  judgementsLeft: 422,
  judgementUnknown: 422,
  reasonNeeded: 422,
  validityImpossible: 422,
  extensionUsed: 409,
  extensionTooLate: 409,
  periodCannotBeExtended: 409,
  employerCodeTaken: 409,
  openPermitExists: 409,
  entryNotPossible: 422,
  noticeNotOpen: 409,
  originalNotAsked: 422,
  originalsLeft: 422,
  verificationNotAsked: 409,
  presenterRefused: 422,
  decisionNotReady: 409,
  cardNoMatch: 422,
  cardExists: 409,
  cardNotOpen: 409,
  consentMissing: 422,
  noTriesLeft: 429,
  attemptNotValid: 422,
  secondClerkNeeded: 422,
  paperNotReady: 409,
  uploadNotReady: 409,
  uploadRefused: 422,
  provisionalDate: 422,
  quotaFull: 409,
} as const satisfies Record<ProblemCode, number>

const fill = (text: string, values: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    typeof values[name] === 'string' || typeof values[name] === 'number' ? String(values[name]) : whole,
  )

type Given = { code: string; faults?: readonly object[]; retryAfterSeconds?: number; again?: string; [detail: string]: unknown }
type RawFault = { path?: string; code: string; message?: string; wayOut?: string; [detail: string]: unknown }

/** Words a refusal in the reader's language as RFC 9457 problem details. `reference` is the request id, which also stands in the log. */
export function problemOf(refusal: AnyRefusal & { faults?: readonly object[] }, language: Language, reference: string): Problem {
  const { code, faults, ...details } = refusal as Given
  const known = code as ProblemCode
  const text = problemTexts[known]
  const values = { ...details, reference }
  return {
    ...details,
    type: `urn:laihua:problem:${code}`,
    title: text.title[language],
    status: statusOf[known],
    code,
    detail: fill(text.wayOut[language], values),
    reference,
    ...(faults ? { faults: faults.map((f) => faultOf(f as RawFault, language)) } : {}),
  }
}

const faultOf = (fault: RawFault, language: Language): ProblemFault => {
  const { path = '', code, message, wayOut, ...values } = fault
  const words = ruleText(code)
  return { path, code, message: message ?? fill(words.message[language], values), wayOut: wayOut ?? fill(words.wayOut[language], values) }
}

/** How long to wait before another try, for the header `retry-after`, where a refusal says so. */
export function retryAfterOf(refusal: AnyRefusal, at: string): number | undefined {
  const given = refusal as Given
  if (typeof given.retryAfterSeconds === 'number') return given.retryAfterSeconds
  if (typeof given.again === 'string') return Math.max(1, Math.ceil((Date.parse(given.again) - Date.parse(at)) / 1000))
  return statusOf[given.code as ProblemCode] === 503 ? 5 : undefined
}
