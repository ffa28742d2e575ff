import { hasPassed, mayFire, missClock } from '../clock/clock.ts'
import { no, yes } from '../kernel.ts'
import type { PaperKind } from '../policy/words.ts'
import type { ApplicationCommand } from './commands.ts'
import type { ApplicationDecision } from './decide.ts'
import type { ApplicationEvent } from './events.ts'
import type { Application } from './state.ts'
import type { ApplicationWorld } from './world.ts'

/** What time and the machine do: a period passes with its consequence from the pack, a paper is made, a delivery is recorded. */
export function decidePassing(
  a: Application,
  command: Extract<ApplicationCommand, { type: 'letPeriodPass' | 'recordPaper' | 'recordDelivery' }>,
  world: ApplicationWorld,
): ApplicationDecision {
  switch (command.type) {
    case 'recordPaper':
      return yes([{ type: 'paperIssued', v: 1, kind: command.kind as PaperKind, paperId: command.paperId }])
    case 'recordDelivery':
      if (!a.issued.some((p) => p.paperId === command.paperId)) return no({ code: 'notFound' })
      return yes([{ type: 'delivered', v: 1, kind: command.kind as PaperKind, paperId: command.paperId, on: world.today }])
    case 'letPeriodPass': {
      const clock = a.clocks.find((c) => c.id === command.clockId)
      if (!clock) return no({ code: 'notFound' })
      // A repeated sweep, or one that lost the race against the act that met the clock, does nothing.
      if (!hasPassed(clock, world.envelope.at)) return yes([])
      if (!mayFire(clock)) return no({ code: 'provisionalDate' })
      return yes<ApplicationEvent>([missClock(clock), ...consequence(a, clock.period.missed, clock.from, world)])
    }
    default:
      return command satisfies never
  }
}

const consequence = (a: Application, missed: string, from: string, world: ApplicationWorld): ApplicationEvent[] => {
  switch (missed) {
    // Silence counts as acceptance on the day of receipt, so the statutory time runs from there (DD-19).
    case 'deemAccepted':
      return a.acceptedOn === undefined && a.stage !== 'correction'
        ? [{ type: 'accepted', v: 1, by: 'law', on: world.today, asOf: from }]
        : []
    case 'lapseFiling':
      return [{ type: 'lapsed', v: 1, on: world.today }]
    // An owed paper that never came is a defect like any other; the officer returns it (DD-29).
    default:
      return []
  }
}
