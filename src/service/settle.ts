import { v5 as uuidv5 } from 'uuid'
import { transaction } from '../db/db.ts'
import { decideApplication } from '../domain/application/decide.ts'
import { type Clock, hasPassed, mayFire } from '../domain/clock/clock.ts'
import { dayOf, type Envelope, type Instant } from '../domain/kernel.ts'
import { decidePermit } from '../domain/permit/decide.ts'
import { appendToApplication, findApplication } from '../store/application.ts'
import { appendToPermit, findPermit } from '../store/permit.ts'
import { followPermit } from './follow-permit.ts'
import { followUps } from './follow-ups.ts'
import { gatherPermitWorld } from './gather-permit-world.ts'
import { gatherWorld } from './gather-world.ts'
import { SYSTEM_ACTOR } from './system-actor.ts'
import type { Tools } from './tools.ts'

/** The command with which one period passes: its id is derived from clock and due day, so that sweep and command can both send it (invariant 6). */
const passing = (clock: Clock, at: Instant): Envelope => ({
  actor: SYSTEM_ACTOR,
  at,
  requestId: 'clock',
  commandId: uuidv5(clock.dueOn, clock.id),
})
const due = (clocks: Clock[], at: Instant) =>
  clocks.filter((c) => hasPassed(c, at) && mayFire(c)).sort((x, y) => x.dueOn.localeCompare(y.dueOn))

/** Lets every passed period of a filing take effect at its legal moment, oldest first. Doing it twice changes nothing. */
export async function settleApplication(tools: Tools, id: string, at: Instant): Promise<number> {
  return transaction(tools.db, async (tx) => {
    let loaded = await findApplication(tx, { id }, { kind: 'system' }, true)
    let count = 0
    for (;;) {
      const clock = loaded && due(loaded.state.clocks, at)[0]
      if (!loaded || !clock || loaded.state.ended) return count
      const legal = clock.firesAt ?? at
      const envelope = passing(clock, at)
      // The world is that of the legal moment: the day on which the period ended, not the one on which somebody looked.
      const world = { ...(await gatherWorld(tools, tx, loaded, envelope, 'letPeriodPass', {})), today: dayOf(legal) }
      const decision = decideApplication(loaded.state, { type: 'letPeriodPass', clockId: clock.id }, world)
      if (!decision.ok || decision.events.length === 0) return count
      loaded = await appendToApplication(tx, loaded, decision.events, envelope, dayOf(at), legal)
      await followUps(tools, tx, loaded.state, decision.events, envelope)
      count++
    }
  })
}

/** The same for a permit: Notice, verification of originals, end of validity. */
export async function settlePermit(tools: Tools, id: string, at: Instant): Promise<number> {
  return transaction(tools.db, async (tx) => {
    let loaded = await findPermit(tx, { id }, { kind: 'system' }, true)
    let count = 0
    for (;;) {
      const clock = loaded && due(loaded.state.clocks, at)[0]
      if (!loaded || !clock || loaded.state.ended) return count
      const legal = clock.firesAt ?? at
      const envelope = passing(clock, at)
      const world = { ...(await gatherPermitWorld(tools, tx, loaded.state, envelope)), today: dayOf(legal) }
      const decision = decidePermit(loaded.state, { type: 'letPeriodPass', clockId: clock.id }, world)
      if (!decision.ok || decision.events.length === 0) return count
      loaded = await appendToPermit(tx, loaded, decision.events, envelope, legal)
      await followPermit(tools, tx, loaded.state, decision.events, envelope)
      count++
    }
  })
}
