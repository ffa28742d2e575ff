import type { Tx } from '../db/db.ts'
import type { ApplicationCommand } from '../domain/application/commands.ts'
import { decideApplication } from '../domain/application/decide.ts'
import type { ApplicationEvent } from '../domain/application/events.ts'
import type { Application } from '../domain/application/state.ts'
import { hasPassed, mayFire } from '../domain/clock/clock.ts'
import { dayOf, type Envelope } from '../domain/kernel.ts'
import { appendToApplication, findApplication, type LoadedApplication, type Scope } from '../store/application.ts'
import { applyEffects } from './effects.ts'
import { followUps } from './follow-ups.ts'
import { gatherWorld, type WorldExtras } from './gather-world.ts'
import { done, type Outcome, once, type Receipt, refused } from './once.ts'
import { settleApplication } from './settle.ts'
import type { Tools } from './tools.ts'

export type Acted = Receipt & { target: string; version: number; stage: string }
type Order = {
  by: { id: string } | { caseNo: string }
  scope: Scope
  expectedVersion?: number
  /** The command, or a function that prepares it within the transaction (sealing a note, storing a form) once the filing is locked. */
  command: ApplicationCommand | ((tx: Tx, loaded: LoadedApplication) => Promise<Outcome<ApplicationCommand>>)
  extras?: WorldExtras | ((tx: Tx, loaded: LoadedApplication) => Promise<WorldExtras>)
  /** The body as sent, for the receipt. */
  body: unknown
}

class ClocksPassed extends Error {
  readonly id: string
  constructor(id: string) {
    super('clocks passed')
    this.id = id
  }
}

/**
 * The one way a filing changes: receipt → lock → settle what time has decided → version → decide → append, effects, follow-ups → commit.
 * Clocks that passed are settled first, in a transaction of their own and at the legal moment, whoever's command found them.
 */
export async function actOnApplication(tools: Tools, envelope: Envelope, order: Order): Promise<Outcome<Acted>> {
  for (let round = 0; ; round++) {
    try {
      return await once<Acted>(tools.db, envelope, order.body, (tx) => act(tools, tx, envelope, order))
    } catch (error) {
      if (!(error instanceof ClocksPassed) || round > 0) throw error
      await settleApplication(tools, error.id, envelope.at)
    }
  }
}

const act = async (tools: Tools, tx: Tx, envelope: Envelope, order: Order): Promise<Outcome<Acted>> => {
  const loaded = await findApplication(tx, order.by, order.scope, true)
  if (!loaded) return refused({ code: 'notFound' })
  if (loaded.state.clocks.some((c) => hasPassed(c, envelope.at) && mayFire(c)) && envelope.actor.role !== 'system')
    throw new ClocksPassed(loaded.state.id)
  if (order.expectedVersion !== undefined && order.expectedVersion !== loaded.head.version)
    return refused({ code: 'changedMeanwhile', version: loaded.head.version })
  const prepared = typeof order.command === 'function' ? await order.command(tx, loaded) : done(order.command)
  if (!prepared.ok) return prepared
  const extras = typeof order.extras === 'function' ? await order.extras(tx, loaded) : (order.extras ?? {})
  const world = await gatherWorld(tools, tx, loaded, envelope, prepared.value.type, extras)
  const decision = decideApplication(loaded.state, prepared.value, world)
  if (!decision.ok) return decision
  const written = await appendToApplication(tx, loaded, decision.events, envelope, dayOf(envelope.at))
  const effects = await applyEffects(tools, tx, written, decision.effects, world)
  if (!effects.ok) return effects
  await followUps(tools, tx, written.state, decision.events, envelope)
  return done({ target: written.state.id, version: written.head.version, stage: written.state.stage })
}

export type { Application, ApplicationEvent }
