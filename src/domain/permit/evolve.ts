import { evolveClocks } from '../clock/clock.ts'
import type { PermitEvent } from './events.ts'
import type { Permit } from './state.ts'

export const PERMIT_SHAPE = 1

/** Applies one fact to a permit. */
export function evolvePermit(state: Permit | undefined, event: PermitEvent): Permit {
  if (event.type === 'permitGranted')
    return {
      ...event.permit,
      standing: event.carrier === 'notice' ? 'noticeIssued' : 'active',
      verification: event.verification,
      originals: {},
      entryConfirmed: false,
      clocks: [],
    }
  if (!state) throw new Error(`a permit begins with permitGranted, not ${event.type}`)
  const p = state
  switch (event.type) {
    case 'noticeIssued':
      return { ...p, notice: { issuedOn: event.on, state: 'issued' } }
    case 'noticeLapsed':
      return { ...p, standing: 'ended', ...notice(p, 'lapsed'), ended: { kind: 'noticeLapsed', on: event.on } }
    case 'noticeUnused':
      return { ...p, standing: 'ended', ...notice(p, 'notUsed'), ended: { kind: 'notUsed', on: event.on } }
    case 'noticeRevived': {
      const { ended: _gone, ...rest } = p
      return { ...rest, standing: 'noticeIssued', ...notice(p, 'issued') }
    }
    case 'entryRecorded':
      return { ...p, standing: 'active', ...notice(p, 'used'), enteredOn: event.enteredOn, entryConfirmed: event.by === 'window' }
    case 'entryCorrected':
      return { ...p, enteredOn: event.enteredOn, entryConfirmed: p.entryConfirmed || event.by === 'window' }
    case 'originalChecked':
      return { ...p, originals: { ...p.originals, [event.code]: event.original } }
    case 'originalsVerified':
      return { ...p, verification: 'done' }
    case 'verificationOverdue':
      return { ...p, verification: 'overdue' }
    case 'decisionCollected':
      return { ...p, decisionCollectedOn: event.on }
    case 'permitSuspended':
      return { ...p, standing: 'suspended', suspendedFrom: p.standing }
    case 'permitRestored': {
      const { suspendedFrom, ...rest } = p
      return { ...rest, standing: suspendedFrom ?? 'active' }
    }
    case 'permitEnded':
      return { ...p, standing: 'ended', ended: { kind: event.kind, on: event.on } }
    default:
      return { ...p, clocks: evolveClocks(p.clocks, event) }
  }
}

const notice = (p: Permit, state: NonNullable<Permit['notice']>['state']) => (p.notice ? { notice: { ...p.notice, state } } : {})
