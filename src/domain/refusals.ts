import type { Day, Instant, Role } from './kernel.ts'

/**
 * Why a command was not carried out: a code with what the reader needs to find the way out. Texts and HTTP numbers live with the contract and the door.
 * A refusal writes nothing and is not remembered, so the same command may be sent again after the cause is gone.
 */
export type Refusal =
  | { code: 'notFound' }
  | { code: 'roleNotAllowed'; role: Role }
  | { code: 'stepUpNeeded' }
  | { code: 'actionNotOpen'; action: string; stage: string }
  | { code: 'changedMeanwhile'; version: number }
  | { code: 'commandIdReused' }
  | { code: 'heldByAnother' }
  | { code: 'takeItFirst' }
  | { code: 'alreadyTaken' }
  | { code: 'fourEyes'; earlier: string }
  | { code: 'conflictOfInterest' }
  | { code: 'formIncomplete'; faults: { path: string; code: string }[] }
  | { code: 'papersMissing'; papers: string[] }
  | { code: 'paperNotAsked'; paper: string }
  | { code: 'paperFormNotAccepted'; paper: string; form: string }
  | { code: 'paperRuleBroken'; paper: string; rules: string[] }
  | { code: 'signedFormOutdated'; paper: string }
  | { code: 'commitmentNotOffered'; paper: string }
  | { code: 'preconditionFailed'; precondition: string; reason: string }
  | { code: 'classNotMet'; reasons: string[] }
  | { code: 'declarationMissing' }
  | { code: 'noOffice' }
  | { code: 'employerNotApproved' }
  | { code: 'itemClosed'; item: string; since: Day; replacedBy: string[] }
  | { code: 'itemUnknown'; item: string }
  | { code: 'nothingNamed' }
  | { code: 'reasonUnknown'; reason: string }
  | { code: 'couldHaveBeenNamed'; points: string[] }
  | { code: 'notNamed'; point: string }
  | { code: 'pointsLeft'; points: string[] }
  | { code: 'judgementsLeft'; judgements: string[] }
  | { code: 'judgementUnknown'; judgement: string }
  | { code: 'reasonNeeded' }
  | { code: 'validityImpossible'; latestUntil: Day }
  | { code: 'extensionUsed'; period: string }
  | { code: 'extensionTooLate'; dueOn: Day }
  | { code: 'periodCannotBeExtended'; period: string }
  | { code: 'employerCodeTaken' }
  | { code: 'openPermitExists' }
  | { code: 'entryNotPossible'; why: 'beforeGrant' | 'inFuture' | 'afterNotice' | 'afterEnd' }
  | { code: 'noticeNotOpen'; standing: string }
  | { code: 'originalNotAsked'; paper: string }
  | { code: 'originalsLeft'; papers: string[] }
  | { code: 'verificationNotAsked' }
  | { code: 'presenterRefused'; reason: string }
  | { code: 'decisionNotReady' }
  | { code: 'cardNoMatch' }
  | { code: 'cardExists' }
  | { code: 'cardNotOpen'; standing: string }
  | { code: 'consentMissing'; consent: string }
  | { code: 'noTriesLeft'; again: Instant }
  | { code: 'attemptNotValid'; why: 'unknown' | 'used' | 'expired' | 'otherSession' }
  | { code: 'secondClerkNeeded' }
  | { code: 'busy'; retryAfterSeconds: number }
  | { code: 'paperNotReady' }
  | { code: 'uploadNotReady' }
  | { code: 'uploadRefused'; faults: { code: string; measured?: string | number; limit?: string | number }[] }
  | { code: 'provisionalDate' }
  | { code: 'quotaFull'; category: string }
export type RefusalCode = Refusal['code']
