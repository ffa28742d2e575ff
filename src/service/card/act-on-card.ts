import { type CardCommand, decideCard } from '../../domain/card/card.ts'
import { addDays } from '../../domain/clock/calendar.ts'
import { dayOf, type Envelope, startOf } from '../../domain/kernel.ts'
import { appendToCard, findCard } from '../../store/small-aggregate.ts'
import { done, type Outcome, once, type Receipt, refused } from '../once.ts'
import type { Tools } from '../tools.ts'

export type CardActed = Receipt & { target: string; version: number; standing: string; check: string }

/** The one way a card changes. `faceConsent` is the separate consent that must stand before the camera. */
export async function actOnCard(
  tools: Tools,
  envelope: Envelope,
  order: { by: { personId: string } | { id: string }; command: CardCommand; faceConsent: string; body: unknown },
): Promise<Outcome<CardActed>> {
  return once<CardActed>(tools.db, envelope, order.body, async (tx) => {
    const loaded = await findCard(tx, order.by, true)
    if (!loaded) return refused({ code: 'notFound' })
    const today = dayOf(envelope.at)
    const decision = decideCard(loaded.state, order.command, {
      envelope,
      today,
      triesADay: tools.limits.faceTriesADay,
      faceConsent: order.faceConsent,
      tomorrow: startOf(addDays(today, 1)),
    })
    if (!decision.ok) return decision
    const { state, head } = await appendToCard(tx, loaded, decision.events, envelope)
    return done({ target: state.id, version: head.version, standing: state.standing, check: state.check })
  })
}
