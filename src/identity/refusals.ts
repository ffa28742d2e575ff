/** Why a sign-in or a change of an account was not carried out. None of them tells whether an account exists. */
export type IdentityRefusal =
  | { code: 'signInWrong' }
  | { code: 'tooManyTries'; retryAfterSeconds: number }
  | { code: 'busy'; retryAfterSeconds: number }
  | { code: 'notSignedIn' }
  | { code: 'notFound' }
  | { code: 'stepUpNeeded' }
  | { code: 'proofWrong' }
  | { code: 'challengeNotValid' }
  | { code: 'factorNotSet' }
  | { code: 'lastFactor' }
  | { code: 'passwordNotAllowed'; faults: PasswordFault[] }
  | { code: 'loginTaken' }
  | { code: 'tokenNotValid' }
  | { code: 'fourEyes'; earlier: string }
  | { code: 'rolesExclude'; role: string }
export type PasswordFault =
  | { path: 'password'; code: 'passwordTooShort'; limit: number }
  | { path: 'password'; code: 'passwordTooLong'; limit: number }
  | { path: 'password'; code: 'passwordCommon' | 'passwordHasName' | 'passwordSpaces' }

export type IdentityOutcome<T> = { ok: true; value: T } | { ok: false; refusal: IdentityRefusal }
export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const refused = <const R extends IdentityRefusal>(refusal: R): { ok: false; refusal: R } => ({ ok: false, refusal })
