// Longer than 200 lines: the closed sets stand together, a word a line, so that a new one is seen beside its kind.
import * as z from 'zod'

/**
 * Closed sets from which a pack chooses. A new word is code: a line here, a label in two languages (`labels.ts`), a line in the glossary.
 * A word never changes its meaning, because published packs keep it for ever.
 */
export const Class = z.enum(['A', 'B', 'C'])
export type Class = z.infer<typeof Class>

export const Stage = z.enum([
  'draft',
  'preReview',
  'correction',
  'acceptance',
  'review',
  'decision',
  'granted',
  'refused',
  'notAccepted',
  'withdrawn',
  'lapsed',
])
export type Stage = z.infer<typeof Stage>
/** The stages that an office works; a pack orders them, it cannot invent one. */
export const WorkStage = Stage.extract(['preReview', 'acceptance', 'review', 'decision'])
export type WorkStage = z.infer<typeof WorkStage>

export const Filer = z.enum(['employer', 'agency', 'holder', 'authority'])
export type Filer = z.infer<typeof Filer>
export const Party = z.enum(['authority', 'employer', 'holder'])
export type Party = z.infer<typeof Party>

/** What a grant does; each word is a whole life in code. */
export const Effect = z.enum([
  'grantPermit',
  'extendPermit',
  'changePermit',
  'endPermit',
  'transferPermit',
  'replaceNotice',
  'loadCard',
  'approveEmployer',
  'changeEmployer',
  'issueLetter',
])
export type Effect = z.infer<typeof Effect>
export const EndKind = z.enum(['cancelled', 'expired', 'revoked', 'rescinded', 'stripped', 'void', 'transferred'])
export type EndKind = z.infer<typeof EndKind>

/** Events that may start a period, and those that may meet it. A clock never starts because a field was edited. */
export const Starter = z.enum([
  'submitted',
  'resubmitted',
  'preReviewPassed',
  'returned',
  'accepted',
  'reviewed',
  'decided',
  'noticeIssued',
  'entryRecorded',
  'permitGranted',
  'permitExtended',
  'employmentEnded',
  'detailChanged',
  'verificationOverdue',
])
export type Starter = z.infer<typeof Starter>
export const Ender = z.enum([
  ...Starter.options,
  'notAccepted',
  'refused',
  'withdrawn',
  'lapsed',
  'delivered',
  'originalsVerified',
  'permitEnded',
  'papersCompleted',
])
export type Ender = z.infer<typeof Ender>

/** `outage` only where the employer or holder waits: a failure of ours never buys the authority time. */
export const Pause = z.enum(['correction', 'hearing', 'inspection', 'expert', 'outage'])
export type Pause = z.infer<typeof Pause>
/** What happens when a period ends unmet. */
export const Missed = z.enum([
  'alarm',
  'deemAccepted',
  'deemGranted',
  'lapseFiling',
  'lapseNotice',
  'expirePermit',
  'flagOverdue',
  'openTask',
  'becomeDefect',
])
export type Missed = z.infer<typeof Missed>
/** Who cares: `step` and `promise` alarm the office, `statutory` has consequences in law, `cure` is the filer's, `duty` the holder's or employer's, `validity` ends a paper or permit. */
export const ClockKind = z.enum(['step', 'promise', 'statutory', 'cure', 'duty', 'validity'])
export type ClockKind = z.infer<typeof ClockKind>

export const PaperKind = z.enum([
  'applicationForm',
  'acceptanceReceipt',
  'deficiencyNotice',
  'nonAcceptance',
  'extensionOfTime',
  'notice',
  'decision',
  'refusal',
  'cancellationCertificate',
  'employerApproval',
  'letter',
  'collectionReceipt',
])
export type PaperKind = z.infer<typeof PaperKind>

export const Section = z.enum([
  'identity',
  'education',
  'experience',
  'qualifications',
  'job',
  'class',
  'visa',
  'family',
  'declarations',
  'permit',
  'leaving',
  'employer',
])
export type Section = z.infer<typeof Section>

/** Days that a rule may name. `filed` is the first submission, a correction does not move it (DD-16); a day not known yet makes a rule unknown. */
export const DayOf = z.enum([
  'today',
  'filed',
  'birth',
  'entered',
  'noticeIssued',
  'permitExpires',
  'residenceExpires',
  'passportExpires',
  'contractStarts',
  'contractEnds',
  'oldContractEnds',
  'oldPermitEnded',
  'employmentEnded',
  'detailChanged',
  'lastContact',
  'publicNotice',
  'graduated',
])
export type DayOf = z.infer<typeof DayOf>

export const RestsOn = z.enum([
  'pay',
  'payPoints',
  'points',
  'degree',
  'experience',
  'award',
  'investment',
  'post',
  'agreement',
  'qualification',
  'quota',
])
export type RestsOn = z.infer<typeof RestsOn>
export const Authentication = z.enum(['none', 'apostille', 'chineseMission', 'missionInChina', 'credentialBody', 'localNotary'])
export type Authentication = z.infer<typeof Authentication>
export const PermitStanding = z.enum(['noticeIssued', 'active', 'heldOver', 'suspended', 'ended'])
export type PermitStanding = z.infer<typeof PermitStanding>
export const Carrier = z.enum(['notice', 'physicalNotCollected', 'physicalCard', 'electronicCard'])
export type Carrier = z.infer<typeof Carrier>
/** Ordered from low to high. */
export const Degree = z.enum(['none', 'associate', 'bachelor', 'master', 'doctor'])
export type Degree = z.infer<typeof Degree>
export const Unit = z.enum(['workingDay', 'day', 'month', 'hour'])
export type Unit = z.infer<typeof Unit>

export const ContractKind = z.enum(['contract', 'appointment', 'dispatch', 'project'])
export type ContractKind = z.infer<typeof ContractKind>
export const StayKind = z.enum(['workResidence', 'familyResidence', 'zVisa', 'rVisa', 'stay'])
export type StayKind = z.infer<typeof StayKind>
export const CountryOf = z.enum(['nationality', 'degree', 'policeCertificate'])
export type CountryOf = z.infer<typeof CountryOf>
export const Whereabouts = z.enum(['inside', 'outside'])
export type Whereabouts = z.infer<typeof Whereabouts>
export const PayFigure = z.enum(['form', 'contract', 'commitment'])
export type PayFigure = z.infer<typeof PayFigure>
export const PermitDetail = z.enum(['employer', 'occupation', 'passport'])
export type PermitDetail = z.infer<typeof PermitDetail>
// A unit still registering is known to the employer log and fits no rule.
export const EmployerStanding = z.enum(['approved', 'suspended', 'dissolved'])
export type EmployerStanding = z.infer<typeof EmployerStanding>

/** What a reason code may be used for; `mismatch` is said at the window about an original. */
export const ReasonUse = z.enum(['defect', 'refusal', 'nonAcceptance', 'ending', 'breach', 'mismatch'])
export type ReasonUse = z.infer<typeof ReasonUse>
export const Otherwise = z.enum(['refuse', 'warn', 'officerDecides'])
export type Otherwise = z.infer<typeof Otherwise>
