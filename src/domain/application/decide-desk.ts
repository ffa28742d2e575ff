import { no, yes } from '../kernel.ts'
import { recordAssessment } from './assessment.ts'
import type { ApplicationCommand } from './commands.ts'
import type { ApplicationDecision } from './decide.ts'
import type { Application, Officer } from './state.ts'
import type { ApplicationWorld } from './world.ts'

type DeskCommand = Extract<
  ApplicationCommand,
  { type: 'take' | 'giveBack' | 'checkPaper' | 'judge' | 'passPreReview' | 'accept' | 'notAccept' | 'finishReview' | 'moveToOffice' }
>

/** The acting officer, by account and by human being. */
export const officerOf = (world: ApplicationWorld): Officer => ({
  accountId: world.envelope.actor.accountId,
  personId: world.envelope.actor.personId,
})

/** What officers do at their desk before the decision. */
export function decideDesk(a: Application, command: DeskCommand, world: ApplicationWorld): ApplicationDecision {
  const by = officerOf(world)
  switch (command.type) {
    case 'take': {
      const picked = !world.nextInLine
      if (picked && !command.noteId) return no({ code: 'reasonNeeded' })
      return yes([{ type: 'taken', v: 1, officer: by, outOfOrder: picked, ...(command.noteId ? { noteId: command.noteId } : {}) }])
    }
    case 'giveBack':
      if (world.envelope.actor.role === 'supervisor' && !command.noteId) return no({ code: 'reasonNeeded' })
      return yes([
        {
          type: 'givenBack',
          v: 1,
          ...(command.noteId ? { noteId: command.noteId } : {}),
          ...(command.reassignTo ? { reassignedTo: command.reassignTo } : {}),
        },
      ])
    case 'checkPaper':
      if (!a.papers[command.code]) return no({ code: 'notFound' })
      return yes([{ type: 'paperChecked', v: 1, code: command.code, finding: command.finding, by }])
    case 'judge': {
      const known = world.item.judgements[command.judgement] ?? world.pack.judgements[command.judgement]
      if (!known) return no({ code: 'judgementUnknown', judgement: command.judgement })
      if (command.finding === 'no' && !command.noteId) return no({ code: 'reasonNeeded' })
      return yes([
        {
          type: 'judged',
          v: 1,
          judged: { code: command.judgement, finding: command.finding, by, ...(command.noteId ? { noteId: command.noteId } : {}) },
        },
      ])
    }
    case 'passPreReview': {
      const unseen = Object.keys(a.papers).filter((code) => a.checkedPapers[code] !== 'inOrder')
      if (unseen.length > 0) return no({ code: 'pointsLeft', points: unseen })
      const open = openJudgements(world, 'preReview', a)
      if (open.length > 0) return no({ code: 'judgementsLeft', judgements: open })
      return yes([{ type: 'preReviewPassed', v: 1, by }])
    }
    case 'accept': {
      const open = openJudgements(world, 'acceptance', a)
      if (open.length > 0) return no({ code: 'judgementsLeft', judgements: open })
      const assessment = recordAssessment(world.assessment, a.formVersion)
      return yes([{ type: 'accepted', v: 1, by, on: world.today, asOf: world.today, ...(assessment ? { assessment } : {}) }])
    }
    case 'notAccept': {
      const fault = reasonFault(command.reasons, 'nonAcceptance', world)
      if (fault) return no(fault)
      return yes([
        { type: 'notAccepted', v: 1, by, reasons: command.reasons, on: world.today, ...(command.noteId ? { noteId: command.noteId } : {}) },
      ])
    }
    case 'finishReview': {
      const open = openJudgements(world, 'review', a)
      if (open.length > 0) return no({ code: 'judgementsLeft', judgements: open })
      return yes([{ type: 'reviewed', v: 1, by, opinion: command.opinion, ...(command.noteId ? { noteId: command.noteId } : {}) }])
    }
    case 'moveToOffice':
      return yes([{ type: 'officeChanged', v: 1, offices: command.offices, noteId: command.noteId }])
    default:
      return command satisfies never
  }
}

/** Judgements that the pack asks at this stage and nobody has answered yet. */
const openJudgements = (world: ApplicationWorld, stage: string, a: Application) =>
  (world.assessment?.judgements ?? []).filter((j) => j.at === stage && !a.judgements[j.code]).map((j) => j.code)

/** Reasons come from the pack and are made for this use; at least one is needed. */
export const reasonFault = (reasons: string[], use: 'defect' | 'refusal' | 'nonAcceptance', world: ApplicationWorld) => {
  if (reasons.length === 0) return { code: 'nothingNamed' } as const
  const unknown = reasons.find((r) => !world.pack.reasons[r]?.for.includes(use))
  return unknown === undefined ? undefined : ({ code: 'reasonUnknown', reason: unknown } as const)
}
