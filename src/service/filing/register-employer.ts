import { v7 as uuidv7 } from 'uuid'
import { checkCreditCode } from '../../domain/employer/credit-code.ts'
import { dayOf, type Envelope } from '../../domain/kernel.ts'
import { appendToEmployer } from '../../store/small-aggregate.ts'
import { done, type Outcome, once, type Receipt, refused } from '../once.ts'
import type { Tools } from '../tools.ts'

export type Registration = { employerId?: string; nameZh: string; nameEn: string; creditCode: string; areaCode: string; tier: string }

/**
 * Opens a unit's account with its first handler; it may file nothing but its own registration until an officer approves it. A credit code held by
 * another unit is no fault here: the answer is the same, and the officer who approves is told (threat EMP-7).
 */
export async function registerEmployer(
  tools: Tools,
  envelope: Envelope,
  body: Registration,
): Promise<Outcome<Receipt & { target: string }>> {
  const code = checkCreditCode(body.creditCode)
  if (!code.valid) return refused({ code: 'formIncomplete', faults: [{ path: 'creditCode', code: code.why }] })
  return once(tools.db, envelope, body, async (tx) => {
    const id = body.employerId ?? uuidv7()
    const dataKeyId = await tools.vault.createDataKey(tx)
    const register = {
      nameZh: body.nameZh,
      nameEn: body.nameEn,
      creditCode: body.creditCode.trim().toUpperCase(),
      areaCode: body.areaCode,
      tier: body.tier,
    }
    await appendToEmployer(
      tx,
      { dataKeyId },
      [
        {
          type: 'employerRegistered',
          v: 1,
          id,
          accountId: envelope.actor.accountId,
          personId: envelope.actor.personId,
          on: dayOf(envelope.at),
        },
      ],
      envelope,
      register,
    )
    return done({ target: id })
  })
}
