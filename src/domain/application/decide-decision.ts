import { extendClock } from '../clock/clock.ts'
import { no, yes } from '../kernel.ts'
import { firstFit } from '../policy/rules.ts'
import { validityOf } from '../policy/validity.ts'
import { recordAssessment } from './assessment.ts'
import type { ApplicationCommand } from './commands.ts'
import type { ApplicationDecision } from './decide.ts'
import { officerOf, reasonFault } from './decide-desk.ts'
import type { ApplicationEffect } from './effects.ts'
import type { Application } from './state.ts'
import type { ApplicationWorld } from './world.ts'

type DecisionCommand = Extract<ApplicationCommand, { type: 'extendTime' | 'sendBack' | 'grant' | 'refuse' }>

/** The decision: grant and refuse weigh the same, more time needs a reason told before the period ends (Licensing Law arts 38, 42). */
export function decideDecision(a: Application, command: DecisionCommand, world: ApplicationWorld): ApplicationDecision {
  switch (command.type) {
    case 'extendTime': {
      const clock = a.clocks.find((c) => c.state === 'running' && c.period.extension !== 'none')
      if (!clock) return no({ code: 'periodCannotBeExtended', period: a.stage })
      const extended = extendClock(clock, { on: world.today, reason: command.noteId }, world.calendar)
      return extended.ok ? yes([extended.event]) : no(extended.refusal)
    }
    case 'sendBack':
      return yes([{ type: 'sentBack', v: 1, by: officerOf(world), to: command.to, noteId: command.noteId }])
    case 'refuse': {
      const fault = reasonFault(command.reasons, 'refusal', world)
      if (fault) return no(fault)
      return yes([
        {
          type: 'decided',
          v: 1,
          by: officerOf(world),
          granted: false,
          reasons: command.reasons,
          on: world.today,
          papers: ['refusal'],
          ...(command.noteId ? { noteId: command.noteId } : {}),
        },
        { type: 'refused', v: 1, on: world.today },
      ])
    }
    case 'grant':
      return grant(a, command, world)
    default:
      return command satisfies never
  }
}

const grant = (a: Application, command: Extract<DecisionCommand, { type: 'grant' }>, world: ApplicationWorld): ApplicationDecision => {
  const against = Object.values(a.judgements)
    .filter((j) => j.finding === 'no')
    .map((j) => j.code)
  if (against.length > 0) return no({ code: 'judgementsLeft', judgements: against })
  const owed = a.owed.filter((code) => !a.papers[code])
  if (owed.length > 0) return no({ code: 'papersMissing', papers: owed })
  const line = firstFit(world.item.outcome, world.facts, { lists: world.pack.lists })
  if (line.is !== 'line') throw new Error(`no outcome of ${a.item} fits: the checker of packs should have refused it`)
  const outcome = line.line
  const effects: ApplicationEffect[] = []
  for (const effect of outcome.effects) {
    if (effect === 'grantPermit') {
      const permitClass = world.assessment?.class
      if (!permitClass || !a.personId) return no({ code: 'classNotMet', reasons: world.assessment?.refusals.map((r) => r.code) ?? [] })
      const span = validityOf(world.pack, world.item, world.facts, {
        decidedOn: world.today,
        ...(command.validFrom ? { from: command.validFrom } : {}),
        ...(command.validUntil ? { until: command.validUntil } : {}),
      })
      if (!span.ok) return no({ code: 'validityImpossible', latestUntil: span.latestUntil })
      effects.push({
        to: 'permit',
        type: 'grantPermit',
        permitId: command.permitId,
        personId: a.personId,
        employerId: a.employerId,
        class: permitClass,
        validFrom: span.from,
        validUntil: span.until,
        verification: outcome.verification,
        papers: outcome.papers,
        formVersion: a.formVersion,
        originals: originalsAsked(a, world),
      })
    } else if (effect === 'approveEmployer') effects.push({ to: 'employer', type: 'approve', formVersion: a.formVersion })
    else if (effect === 'changeEmployer') effects.push({ to: 'employer', type: 'change', formVersion: a.formVersion })
    else throw new Error(`effect ${effect} is not built yet`)
  }
  const assessment = recordAssessment(world.assessment, a.formVersion)
  const permitId = effects.some((e) => e.type === 'grantPermit') ? command.permitId : undefined
  // Papers that wait for the window are issued there; the rest follow the grant at once (DD-34).
  const later = outcome.verification === 'none' ? [] : outcome.verification.papers
  return yes(
    [
      {
        type: 'decided',
        v: 1,
        by: officerOf(world),
        granted: true,
        reasons: [],
        on: world.today,
        papers: outcome.papers.filter((p) => !later.includes(p)),
        ...(permitId ? { permitId } : {}),
        ...(assessment ? { assessment } : {}),
        ...(command.noteId ? { noteId: command.noteId } : {}),
      },
    ],
    effects,
  )
}

/** What the window looks at: every uploaded paper whose original the pack wants shown (DD-31); committed papers are not asked. */
const originalsAsked = (a: Application, world: ApplicationWorld): string[] =>
  Object.keys(a.papers)
    .filter((code) => world.pack.materials[code]?.original === 'shown')
    .sort()
