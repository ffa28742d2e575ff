import type { ClockEvent } from '../clock/clock.ts'
import type { Day, Instant } from '../kernel.ts'
import type { PaperKind, Stage, WorkStage } from '../policy/words.ts'
import type { AttachedPaper, Defect, Judged, Officer, RecordedAssessment } from './state.ts'

type Fact<T extends string, D = unknown> = { type: T; v: 1 } & D

/** What can happen to a filing. Past tense, ids, codes, days and versions only; `effectiveAt` tells the legal moment where it differs. */
export type ApplicationEvent =
  | Fact<
      'draftStarted',
      {
        id: string
        caseNo: string
        item: string
        subject: 'person' | 'employer'
        employerId: string
        mandateId?: string
        filedBy: 'employer' | 'agency' | 'holder' | 'authority'
      }
    >
  | Fact<'draftSaved', { formVersion: number; ground?: string }>
  | Fact<'paperAttached', { paper: AttachedPaper }>
  | Fact<'paperRemoved', { code: string }>
  | Fact<'commitmentMade', { material: string; made: boolean }>
  | Fact<
      'submitted',
      {
        on: Day
        packHash: string
        jurisdiction: string
        stages: WorkStage[]
        offices: Partial<Record<WorkStage, string>>
        personId?: string
        formVersion: number
        assessment?: RecordedAssessment
        owed: string[]
      }
    >
  | Fact<'taken', { officer: Officer; outOfOrder: boolean; noteId?: string }>
  | Fact<'givenBack', { noteId?: string; reassignedTo?: Officer }>
  | Fact<'judged', { judged: Judged }>
  | Fact<'paperChecked', { code: string; finding: 'inOrder' | 'defect'; by: Officer }>
  | Fact<
      'returned',
      { from: WorkStage; defects: Defect[]; seen: { round: number; formVersion: number; papers: Record<string, string> }; on: Day }
    >
  | Fact<
      'resubmitted',
      {
        on: Day
        formVersion: number
        corrected: string[]
        objections: { defectId: string; noteId: string }[]
        assessment?: RecordedAssessment
      }
    >
  | Fact<'preReviewPassed', { by: Officer }>
  | Fact<'accepted', { by: Officer | 'law'; on: Day; asOf: Day; assessment?: RecordedAssessment }>
  | Fact<'notAccepted', { by: Officer; reasons: string[]; noteId?: string; on: Day }>
  | Fact<'reviewed', { by: Officer; opinion: 'grant' | 'refuse'; noteId?: string }>
  | Fact<'sentBack', { by: Officer; to: WorkStage; noteId: string }>
  | Fact<
      'decided',
      {
        by: Officer
        granted: boolean
        reasons: string[]
        noteId?: string
        on: Day
        assessment?: RecordedAssessment
        permitId?: string
        papers: PaperKind[]
      }
    >
  | Fact<'refused', { on: Day; reviewUntil?: Day; suitUntil?: Day }>
  | Fact<'withdrawn', { on: Day; noteId?: string }>
  | Fact<'lapsed', { on: Day }>
  | Fact<'officeChanged', { offices: Partial<Record<WorkStage, string>>; noteId: string }>
  | Fact<'paperIssued', { kind: PaperKind; paperId: string }>
  | Fact<'paperReplaced', { kind: PaperKind; paperId: string; by: string }>
  | Fact<'delivered', { kind: PaperKind; paperId: string; on: Day }>
  | ClockEvent

/** Events that a period of the pack may name as start or end. */
export const MILESTONES = [
  'submitted',
  'resubmitted',
  'preReviewPassed',
  'returned',
  'accepted',
  'notAccepted',
  'reviewed',
  'decided',
  'refused',
  'delivered',
  'withdrawn',
  'lapsed',
] as const
export type Milestone = (typeof MILESTONES)[number]

/** An event as the log keeps it: its place in the stream, who did it, and the chain over the stored bytes. */
export type Stored<E> = { version: number; at: Instant; effectiveAt: Instant; event: E }
export type { Stage }
