import type { Clock } from '../clock/clock.ts'
import type { Day } from '../kernel.ts'
import type { EndKind, PaperKind } from '../policy/words.ts'

export type Standing = 'noticeIssued' | 'active' | 'heldOver' | 'suspended' | 'ended'
export type Verification = 'notRequired' | 'pending' | 'done' | 'overdue'
export type OriginalResult = 'match' | 'mismatch' | 'missing' | 'deferred'
export type Original = { result: OriginalResult; on: Day; visitId: string; reason?: string; until?: Day }

/** What a grant gives. Verification of originals is a duty beside it, never a gate (DD-37). */
export type Permit = {
  id: string
  personId: string
  employerId: string
  applicationId: string
  /** The form and person versions that hold the fields of the permit, sealed. */
  formVersion: number
  personVersionId: string
  officeId: string
  packHash: string
  item: string
  class: 'A' | 'B' | 'C'
  standing: Standing
  verification: Verification
  verificationPeriod?: string
  papersAfterVerification: PaperKind[]
  validFrom: Day
  validUntil: Day
  grantedOn: Day
  notice?: { issuedOn: Day; state: 'issued' | 'used' | 'lapsed' | 'notUsed' | 'replaced' }
  enteredOn?: Day
  /** Entry seen in the passport at the window, not only declared (DD-18). */
  entryConfirmed: boolean
  /** Papers whose originals the window looks at, beside passport, visa or residence page and medical report. */
  originalsAsked: string[]
  originals: Record<string, Original>
  decisionCollectedOn?: Day
  suspendedFrom?: Standing
  clocks: Clock[]
  ended?: { kind: EndKind | 'noticeLapsed' | 'notUsed'; on: Day }
}

/** The words that card, check page, PDF and register share (DD-38). */
export type Verdict = 'valid' | 'notYetValid' | 'expired' | 'suspended' | 'cancelled' | 'revoked'

/** The one function that tells what a permit is worth on a day (invariant 5): stored standing and stored days, nothing else. */
export function verdictOn(p: Pick<Permit, 'standing' | 'validFrom' | 'validUntil' | 'ended'>, day: Day): Verdict {
  if (p.ended) {
    switch (p.ended.kind) {
      case 'expired':
      case 'noticeLapsed':
        return 'expired'
      case 'revoked':
      case 'rescinded':
      case 'stripped':
      case 'void':
        return 'revoked'
      case 'cancelled':
      case 'transferred':
      case 'notUsed':
        return 'cancelled'
      default:
        return p.ended.kind satisfies never
    }
  }
  if (p.standing === 'suspended') return 'suspended'
  if (p.standing === 'heldOver') return 'valid'
  if (day > p.validUntil) return 'expired'
  return p.standing === 'noticeIssued' || day < p.validFrom ? 'notYetValid' : 'valid'
}
