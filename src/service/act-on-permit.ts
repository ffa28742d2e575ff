import type { Tx } from '../db/db.ts'
import { hasPassed, mayFire } from '../domain/clock/clock.ts'
import type { Envelope } from '../domain/kernel.ts'
import { decidePermit, type PermitCommand } from '../domain/permit/decide.ts'
import { appendToPermit, findPermit, type LoadedPermit, type PermitScope } from '../store/permit.ts'
import { followPermit } from './follow-permit.ts'
import { gatherPermitWorld } from './gather-permit-world.ts'
import { done, type Outcome, once, type Receipt, refused } from './once.ts'
import { settlePermit } from './settle.ts'
import type { Tools } from './tools.ts'

export type PermitActed = Receipt & { target: string; version: number; standing: string; verification: string }
type Order = {
  by: { id: string } | { personId: string } | { applicationId: string }
  scope: PermitScope
  expectedVersion?: number
  command: PermitCommand | ((tx: Tx, loaded: LoadedPermit) => Promise<Outcome<PermitCommand>>)
  body: unknown
}

/** The one way a permit changes, like its sibling for filings: receipt → lock → settle → version → decide → append → commit. */
export async function actOnPermit(tools: Tools, envelope: Envelope, order: Order): Promise<Outcome<PermitActed>> {
  const before = await findPermit(tools.db, order.by, order.scope)
  if (before?.state.clocks.some((c) => hasPassed(c, envelope.at) && mayFire(c))) await settlePermit(tools, before.state.id, envelope.at)
  return once<PermitActed>(tools.db, envelope, order.body, async (tx) => {
    const loaded = await findPermit(tx, order.by, order.scope, true)
    if (!loaded) return refused({ code: 'notFound' })
    if (order.expectedVersion !== undefined && order.expectedVersion !== loaded.head.version)
      return refused({ code: 'changedMeanwhile', version: loaded.head.version })
    const prepared = typeof order.command === 'function' ? await order.command(tx, loaded) : done(order.command)
    if (!prepared.ok) return prepared
    const decision = decidePermit(loaded.state, prepared.value, await gatherPermitWorld(tools, tx, loaded.state, envelope))
    if (!decision.ok) return decision
    const written = await appendToPermit(tx, loaded, decision.events, envelope)
    await followPermit(tools, tx, written.state, decision.events, envelope)
    return done({
      target: written.state.id,
      version: written.head.version,
      standing: written.state.standing,
      verification: written.state.verification,
    })
  })
}
