import { decideCard } from '../../domain/card/card.ts'
import { dayOf, type Envelope, type Instant } from '../../domain/kernel.ts'
import { insertCode } from '../../store/paper.ts'
import { findPermit } from '../../store/permit.ts'
import { appendToCard, findCard } from '../../store/small-aggregate.ts'
import { done, type Outcome, once, refused } from '../once.ts'
import type { Tools } from '../tools.ts'

export type Shown = { url: string; code: string; madeAt: Instant; expiresAt: Instant }

/** Makes a live code for the holder who stands there: good for a minute, renewed while shown. The code leaves only in this reply; its hash is kept. */
export async function showCard(tools: Tools, envelope: Envelope, personId: string): Promise<Outcome<Shown>> {
  const madeAt = envelope.at
  const expiresAt = new Date(Date.parse(madeAt) + tools.limits.liveCodeSeconds * 1000).toISOString()
  // Derived from the command, so that a repeated send shows the same code.
  const code = tools.vault.blind('liveCode', `${personId}/${envelope.commandId}`).subarray(0, 16).toString('base64url')
  const outcome = await once(tools.db, envelope, { show: true }, async (tx) => {
    const card = await findCard(tx, { personId }, true)
    if (!card) return refused({ code: 'notFound' })
    const decision = decideCard(
      card.state,
      { type: 'show' },
      { envelope, today: dayOf(madeAt), triesADay: 0, faceConsent: '', tomorrow: madeAt },
    )
    if (!decision.ok) return decision
    const permit = await findPermit(tx, { personId }, { kind: 'holder', personId })
    if (!permit) return refused({ code: 'notFound' })
    await appendToCard(tx, card, decision.events, envelope)
    await insertCode(tx, code, { kind: 'live', permitId: permit.state.id, expiresAt }, madeAt)
    return done({ target: card.state.id })
  })
  return outcome.ok ? done({ url: `${tools.publicOrigin}/v/${code}`, code, madeAt, expiresAt }) : outcome
}
