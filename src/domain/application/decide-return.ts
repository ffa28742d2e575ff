import { no, yes } from '../kernel.ts'
import type { ApplicationCommand, NamedDefect } from './commands.ts'
import type { ApplicationDecision } from './decide.ts'
import { reasonFault } from './decide-desk.ts'
import type { Application } from './state.ts'
import type { ApplicationWorld } from './world.ts'

/** Grounds on which a point may be named although the first return could not know of it; `overlooked` is the authority's own error. */
const OUTSIDE = ['expiredSince', 'register', 'falsity', 'rulesChanged'] as const

/**
 * One return lists everything (Licensing Law art. 32; invariant 9). What an earlier return could have named cannot be asked now, unless it is the same
 * point still open, something that changed since, or new from outside.
 */
export function decideReturn(
  a: Application,
  command: Extract<ApplicationCommand, { type: 'returnForCorrection' }>,
  world: ApplicationWorld,
): ApplicationDecision {
  const fault = reasonFault(
    command.defects.map((d) => d.reason),
    'defect',
    world,
  )
  if (fault) return no(fault)
  const unknown = command.defects.find((d) =>
    d.point.kind === 'paper' ? !world.item.materials[d.point.code] : !(world.item.form as string[]).includes(d.point.code),
  )
  if (unknown) return no({ code: 'paperNotAsked', paper: unknown.point.code })
  const late = command.defects.filter((d) => a.seen.length > 0 && !mayBeNamedNow(a, d, world))
  if (late.length > 0) return no({ code: 'couldHaveBeenNamed', points: late.map((d) => d.point.code) })
  const from = a.stage
  if (from !== 'preReview' && from !== 'acceptance' && from !== 'review')
    return no({ code: 'actionNotOpen', action: command.type, stage: a.stage })
  const seen = {
    round: a.round,
    formVersion: a.formVersion,
    papers: Object.fromEntries(Object.values(a.papers).map((p) => [p.code, p.uploadId])),
  }
  return yes([
    {
      type: 'returned',
      v: 1,
      from,
      on: world.today,
      seen,
      defects: command.defects.map((d) => ({ ...d, round: a.round, corrected: false })),
    },
  ])
}

const mayBeNamedNow = (a: Application, d: NamedDefect, world: ApplicationWorld): boolean => {
  if (d.newBecause && (OUTSIDE as readonly string[]).includes(d.newBecause)) return true
  if (d.newBecause === 'overlooked') return world.envelope.actor.role === 'supervisor'
  if (a.defects.some((e) => e.point.kind === d.point.kind && e.point.code === d.point.code)) return true
  const last = a.seen[a.seen.length - 1]
  return d.point.kind === 'paper'
    ? a.papers[d.point.code]?.uploadId !== last?.papers[d.point.code]
    : world.changedSections.includes(d.point.code)
}
