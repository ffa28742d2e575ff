import type { Found } from '../../identity/actor.ts'
import type { Identity } from '../../identity/identity.ts'
import { listFactors } from '../../identity/sign-in.ts'
import { isSteppedUp } from '../../identity/step-up.ts'
import type { Db } from '../../service/tools.ts'

/**
 * May a factor be added now? At the first sign-in, when none is there, the password just shown is enough; later the proof must be young,
 * or a desk left open would hand out keys. A session that still owes its factor adds none.
 */
export async function mayEnrol(db: Db, identity: Identity, { session, account }: Found, at: string): Promise<boolean> {
  if (session.state === 'needsFactor') return false
  if (session.state === 'needsEnrolment') return (await listFactors(db, account.id)).length === 0
  return isSteppedUp(identity, session, at)
}
