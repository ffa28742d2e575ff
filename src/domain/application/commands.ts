import type { Day } from '../kernel.ts'
import type { WorkStage } from '../policy/words.ts'
import type { AttachedPaper, NewBecause, Officer, Point } from './state.ts'

export type NamedDefect = { id: string; point: Point; reason: string; noteId?: string; newBecause?: NewBecause }

/** Orders to a filing. What an officer writes in words is sealed as a note first; the order carries its id.
 * None carries its own instant or due date: those come from the server and the clock module. */
export type ApplicationCommand =
  | { type: 'saveDraft'; formVersion: number; ground?: string }
  | { type: 'attachPaper'; paper: Omit<AttachedPaper, 'round'> }
  | { type: 'removePaper'; code: string }
  | { type: 'commit'; material: string; made: boolean }
  | { type: 'submit' }
  | { type: 'resubmit'; objections: { defectId: string; noteId: string }[] }
  | { type: 'withdraw'; noteId?: string }
  | { type: 'take'; outOfOrder: boolean; noteId?: string }
  | { type: 'giveBack'; noteId?: string; reassignTo?: Officer }
  | { type: 'checkPaper'; code: string; finding: 'inOrder' | 'defect' }
  | { type: 'judge'; judgement: string; finding: 'yes' | 'no'; noteId?: string }
  | { type: 'returnForCorrection'; defects: NamedDefect[] }
  | { type: 'passPreReview' }
  | { type: 'accept' }
  | { type: 'notAccept'; reasons: string[]; noteId?: string }
  | { type: 'extendTime'; noteId: string }
  | { type: 'finishReview'; opinion: 'grant' | 'refuse'; noteId?: string }
  | { type: 'sendBack'; to: WorkStage; noteId: string }
  | { type: 'grant'; validFrom?: Day; validUntil?: Day; noteId?: string; permitId: string }
  | { type: 'refuse'; reasons: string[]; noteId?: string }
  | { type: 'letPeriodPass'; clockId: string }
  | { type: 'recordPaper'; kind: string; paperId: string }
  | { type: 'recordDelivery'; kind: string; paperId: string }
  | { type: 'moveToOffice'; offices: Partial<Record<WorkStage, string>>; noteId: string }
export type ApplicationAction = ApplicationCommand['type']
