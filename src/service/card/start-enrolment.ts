import { v7 as uuidv7 } from 'uuid'
import type { Envelope } from '../../domain/kernel.ts'
import { sameName } from '../../domain/names/same-name.ts'
import { findPermit } from '../../store/permit.ts'
import { findPersonByNumber, getPersonVersion } from '../../store/person.ts'
import { appendToCard, findCard } from '../../store/small-aggregate.ts'
import { done, type Outcome, once, type Receipt, refused } from '../once.ts'
import type { Tools } from '../tools.ts'

export type Enrolled = Receipt & { target: string; personId: string; accountId: string }

/**
 * Registers a card by name and permit number, or the social security number where one is on file (U3). One answer for every mismatch: an unknown number,
 * a wrong name and a person without an open permit cannot be told apart (DD-42). The real-person check follows.
 */
export async function startEnrolment(
  tools: Tools,
  envelope: Envelope,
  body: { name: string; number: string; kind: 'permitNumber' | 'socialNumber' },
): Promise<Outcome<Enrolled>> {
  const { name, number, kind } = body
  return once<Enrolled>(tools.db, envelope, { kind }, async (tx) => {
    const personId = number.length <= 40 ? await findPersonByNumber(tx, tools.vault, kind, number) : undefined
    const permit = personId ? await findPermit(tx, { personId }, { kind: 'system' }, true) : undefined
    // The unknown number costs the same comparison as a known one.
    const recorded = permit
      ? (await getPersonVersion(tx, tools.vault, permit.state.personVersionId)).identity
      : { surname: 'Nobody', givenNames: 'At All' }
    const same = sameName(recorded, name)
    if (!personId || !permit || !same) return refused({ code: 'cardNoMatch' })
    if (await findCard(tx, { personId })) return refused({ code: 'cardExists' })
    const { accountId } = envelope.actor
    const id = uuidv7()
    await appendToCard(tx, undefined, [{ type: 'enrolmentStarted', v: 1, id, personId, accountId, permitId: permit.state.id }], envelope)
    return done({ target: id, personId, accountId })
  })
}
