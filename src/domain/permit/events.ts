import type { Officer } from '../application/state.ts'
import type { ClockEvent } from '../clock/clock.ts'
import type { Day } from '../kernel.ts'
import type { EndKind, PaperKind } from '../policy/words.ts'
import type { Original, Permit } from './state.ts'

type Fact<T extends string, D = unknown> = { type: T; v: 1 } & D

/** What can happen to a permit. Ids, codes, days and versions only. */
export type PermitEvent =
  | Fact<
      'permitGranted',
      {
        permit: Omit<Permit, 'clocks' | 'standing' | 'verification' | 'originals' | 'entryConfirmed' | 'notice'>
        verification: 'notRequired' | 'pending'
        carrier: 'notice' | 'electronicCard'
      }
    >
  | Fact<'noticeIssued', { on: Day }>
  | Fact<'noticeLapsed', { on: Day }>
  | Fact<'noticeUnused', { on: Day; noteId: string }>
  | Fact<'noticeRevived', { on: Day }>
  | Fact<'entryRecorded', { enteredOn: Day; by: 'holder' | 'employer' | 'window' }>
  | Fact<'entryCorrected', { enteredOn: Day; by: 'holder' | 'employer' | 'window' }>
  | Fact<'originalChecked', { code: string; original: Original; by: Officer }>
  | Fact<'originalsVerified', { on: Day; by: Officer; papers: PaperKind[] }>
  | Fact<'verificationOverdue', { on: Day }>
  | Fact<'decisionCollected', { on: Day; by: 'holder' | 'handler' | 'agent'; visitId: string }>
  | Fact<'permitSuspended', { on: Day; noteId: string; by: Officer }>
  | Fact<'permitRestored', { on: Day; noteId: string; by: Officer }>
  | Fact<'permitEnded', { kind: EndKind; on: Day }>
  | ClockEvent

export const PERMIT_MILESTONES = [
  'permitGranted',
  'noticeIssued',
  'entryRecorded',
  'originalsVerified',
  'verificationOverdue',
  'permitEnded',
] as const
