import { no, yes } from '../kernel.ts'
import type { PermitCommand, PermitDecision, PermitWorld } from './decide.ts'
import type { Permit } from './state.ts'

/**
 * Entry into the mainland (DD-18): declared by holder or employer, confirmed from the stamp at the window. A second report corrects the first; a late one
 * with a day inside the Notice's validity revives a Notice that lapsed only because nobody reported.
 */
export function decideEntry(
  p: Permit,
  command: Extract<PermitCommand, { type: 'recordEntry' | 'declareUnused' }>,
  world: PermitWorld,
): PermitDecision {
  if (command.type === 'declareUnused') {
    if (p.standing !== 'noticeIssued') return no({ code: 'noticeNotOpen', standing: p.standing })
    return yes([{ type: 'noticeUnused', v: 1, on: world.today, noteId: command.noteId }])
  }
  const role = world.envelope.actor.role
  const by = role === 'holder' ? 'holder' : role === 'windowClerk' ? 'window' : 'employer'
  const noticeEnds = p.clocks.find((c) => c.startedBy === 'noticeIssued')?.dueOn
  if (command.enteredOn > world.today) return no({ code: 'entryNotPossible', why: 'inFuture' })
  if (command.enteredOn < p.grantedOn) return no({ code: 'entryNotPossible', why: 'beforeGrant' })
  if (noticeEnds !== undefined && command.enteredOn > noticeEnds) return no({ code: 'entryNotPossible', why: 'afterNotice' })
  if (p.ended && p.ended.kind !== 'noticeLapsed') return no({ code: 'entryNotPossible', why: 'afterEnd' })
  if (p.ended)
    return yes([
      { type: 'noticeRevived', v: 1, on: world.today },
      { type: 'entryRecorded', v: 1, enteredOn: command.enteredOn, by },
    ])
  if (p.enteredOn === undefined) return yes([{ type: 'entryRecorded', v: 1, enteredOn: command.enteredOn, by }])
  if (p.enteredOn === command.enteredOn && (by !== 'window' || p.entryConfirmed)) return yes([])
  // What the window saw in the passport is not changed by a declaration.
  if (p.entryConfirmed && by !== 'window') return no({ code: 'roleNotAllowed', role })
  return yes([{ type: 'entryCorrected', v: 1, enteredOn: command.enteredOn, by }])
}
