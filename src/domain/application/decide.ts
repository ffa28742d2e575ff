import { followSteps, type Step } from '../clock/follow.ts'
import { type Decision, no, yes } from '../kernel.ts'
import type { Refusal } from '../refusals.ts'
import { refusalOf, STEP_UP } from './actions.ts'
import type { ApplicationCommand } from './commands.ts'
import { decideDecision } from './decide-decision.ts'
import { decideDesk } from './decide-desk.ts'
import { decideDraft } from './decide-draft.ts'
import { decidePassing } from './decide-passing.ts'
import { decideReturn } from './decide-return.ts'
import type { ApplicationEffect } from './effects.ts'
import { type ApplicationEvent, MILESTONES } from './events.ts'
import type { Application } from './state.ts'
import type { ApplicationWorld } from './world.ts'

export type ApplicationDecision = Decision<ApplicationEvent, Refusal, ApplicationEffect>

/** A step-up counts for five minutes (threat SES-6); the door asks again after that. */
const STEP_UP_MINUTES = 5

/**
 * Answers an order to a filing with events and effects on other aggregates, or with the reason why not. Pure: time, actor, pack and calendar come
 * in the world. The table of `actions.ts` says who may do what when; the families below say what the data itself forbids.
 */
export function decideApplication(a: Application, command: ApplicationCommand, world: ApplicationWorld): ApplicationDecision {
  const { actor } = world.envelope
  const closed = refusalOf(a, command.type, actor)
  if (closed) return no(closed)
  if (STEP_UP.includes(command.type) && !steppedUp(world)) return no({ code: 'stepUpNeeded' })
  if (world.conflict && actor.role !== 'system') return no({ code: 'conflictOfInterest' })
  const answer = family(a, command, world)
  if (!answer.ok) return answer
  return yes([...answer.events, ...clockEvents(a, answer.events, world)], answer.effects)
}

const family = (a: Application, command: ApplicationCommand, world: ApplicationWorld): ApplicationDecision => {
  switch (command.type) {
    case 'saveDraft':
    case 'attachPaper':
    case 'removePaper':
    case 'commit':
    case 'submit':
    case 'resubmit':
    case 'withdraw':
      return decideDraft(a, command, world)
    case 'take':
    case 'giveBack':
    case 'checkPaper':
    case 'judge':
    case 'passPreReview':
    case 'accept':
    case 'notAccept':
    case 'finishReview':
    case 'moveToOffice':
      return decideDesk(a, command, world)
    case 'returnForCorrection':
      return decideReturn(a, command, world)
    case 'extendTime':
    case 'sendBack':
    case 'grant':
    case 'refuse':
      return decideDecision(a, command, world)
    case 'letPeriodPass':
    case 'recordPaper':
    case 'recordDelivery':
      return decidePassing(a, command, world)
    default:
      return command satisfies never
  }
}

/** Clocks follow milestones of the log alone: no act starts or stops one by hand, save an extension of time. */
const clockEvents = (a: Application, events: ApplicationEvent[], world: ApplicationWorld): ApplicationEvent[] => {
  const steps = events.flatMap((e): Step[] => {
    if (!(MILESTONES as readonly string[]).includes(e.type)) return []
    const from = e.type === 'accepted' ? e.asOf : undefined
    return [{ type: e.type, on: world.today, ...(from === undefined ? {} : { from }) }]
  })
  return steps.length === 0 ? [] : followSteps(a.clocks, steps, world.periods, world.calendar, a.id)
}

const steppedUp = ({ envelope: { actor, at } }: ApplicationWorld) =>
  actor.steppedUpAt !== undefined && Date.parse(at) - Date.parse(actor.steppedUpAt) <= STEP_UP_MINUTES * 60_000
