import type { Clock } from '../clock/clock.ts'
import type { Day } from '../kernel.ts'
import type { EndKind, PaperKind, Stage, WorkStage } from '../policy/words.ts'

/** A person who works here, by account and by human being: separation of duties is by the latter. */
export type Officer = { accountId: string; personId: string }

/** What the assessment said at one moment, kept in the event that used it: codes and sums only. */
export type RecordedAssessment = {
  formVersion: number
  class: 'A' | 'B' | 'C' | null
  met: string[]
  claimed: string[]
  points?: { total: number; rows: Record<string, number> }
  flags: string[]
  refusals: string[]
}

/** What the filer declares about an attached paper; days and codes only. */
export type PaperFacts = {
  issuedOn?: Day
  issuedBy?: string
  country?: string
  authentication?: string
  language?: string
  signedBy?: string[]
  shows?: string[]
}
export type AttachedPaper = {
  code: string
  form: string
  uploadId: string
  blobId: string
  pages: number
  translation?: { uploadId: string; blobId: string }
  facts: PaperFacts
  /** Form version and digest when it was attached: a signed sheet made from older data is outdated. */
  formVersion: number
  formDigest: string
  /** Rounds of submission begin at 1; a draft is round 0. */
  round: number
}

/** A point of the filing that can be named in a return: a paper of the pack or a section of the form. */
export type Point = { kind: 'paper'; code: string } | { kind: 'section'; code: string }
export type NewBecause = 'changed' | 'expiredSince' | 'register' | 'falsity' | 'rulesChanged' | 'overlooked'
export type Defect = {
  id: string
  point: Point
  reason: string
  /** Sealed note with the officer's own words, if any. */
  noteId?: string
  newBecause?: NewBecause
  round: number
  corrected: boolean
}
export type Judged = { code: string; finding: 'yes' | 'no'; by: Officer; noteId?: string; overrides?: boolean }

/** One filing of one item. Everything here comes from folding the log; nothing needs a pack, a clock or a key to read. */
export type Application = {
  id: string
  caseNo: string
  item: string
  subject: 'person' | 'employer'
  employerId: string
  mandateId?: string
  filedBy: 'employer' | 'agency' | 'holder' | 'authority'
  personId?: string
  permitId?: string
  ground?: string
  stage: Stage
  returnsTo?: WorkStage
  /** The order of working stages as fixed at submission. */
  stages: WorkStage[]
  jurisdiction?: string
  packHash?: string
  offices: Partial<Record<WorkStage, string>>
  officer?: Officer
  lastOfficer: Partial<Record<WorkStage, Officer>>
  formVersion: number
  papers: Record<string, AttachedPaper>
  commitments: string[]
  owed: string[]
  round: number
  submittedOn?: Day
  acceptedOn?: Day
  assessment?: RecordedAssessment
  defects: Defect[]
  /** Versions and papers that the office had before it at each return: what it could have named (told once). */
  seen: { round: number; formVersion: number; papers: Record<string, string> }[]
  judgements: Record<string, Judged>
  checkedPapers: Record<string, 'inOrder' | 'defect'>
  clocks: Clock[]
  issued: { kind: PaperKind; paperId: string; replaced?: string }[]
  decided?: { granted: boolean; on: Day; reasons: string[]; by: Officer }
  ended?: { as: Stage; on: Day; kind?: EndKind }
}

/** Stages in which the filing is over. `granted` ends it: what follows belongs to the permit. */
export const ENDED: readonly Stage[] = ['granted', 'refused', 'notAccepted', 'withdrawn', 'lapsed']
export const isOpen = (a: Application) => a.stage !== 'draft' && !ENDED.includes(a.stage)

/** The stage whose office answers for the case now; during a correction it is the stage that returned it. */
export const workStageOf = (a: Application): WorkStage | undefined =>
  a.stage === 'correction' ? a.returnsTo : a.stages.find((s) => s === a.stage)

/** The office responsible at this instant (invariant 4). */
export const officeOf = (a: Application): string | undefined => {
  const stage = workStageOf(a)
  return stage === undefined ? undefined : a.offices[stage]
}
