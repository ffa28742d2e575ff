import type { IdentityVault } from '../identity/identity.ts'
import { countUse, type Verdict } from '../identity/limit-counter.ts'
import { networkOf } from '../identity/sign-in.ts'
import type { Db } from '../service/tools.ts'

/** So many uses in so many seconds, counted per client network or, where somebody is signed in, per account. */
export type LimitRule = { count: number; seconds: number; per: 'network' | 'account' }
/**
 * Named limits of routes; the configuration may set other numbers. They stop floods and scraping, not guessing: sign-in has its own growing delay.
 * A network is counted generously, because a whole office may stand behind one address.
 */
export const LIMITS = {
  read: { count: 600, seconds: 60, per: 'account' },
  write: { count: 240, seconds: 60, per: 'account' },
  save: { count: 600, seconds: 60, per: 'account' },
  search: { count: 60, seconds: 60, per: 'account' },
  export: { count: 20, seconds: 3600, per: 'account' },
  upload: { count: 1200, seconds: 60, per: 'account' },
  file: { count: 600, seconds: 60, per: 'account' },
  public: { count: 600, seconds: 60, per: 'network' },
  check: { count: 120, seconds: 60, per: 'network' },
  dispute: { count: 10, seconds: 3600, per: 'network' },
  signIn: { count: 300, seconds: 60, per: 'network' },
  register: { count: 30, seconds: 3600, per: 'network' },
  session: { count: 600, seconds: 60, per: 'network' },
  face: { count: 30, seconds: 600, per: 'account' },
} as const satisfies Record<string, LimitRule>
export type LimitName = keyof typeof LIMITS
export type Limits = Record<LimitName, LimitRule>

/** Counts one use of a named limit in the database, for all servers together. */
export async function useLimit(
  db: Db,
  vault: IdentityVault,
  limits: Limits,
  name: LimitName,
  who: { accountId: string | undefined; address: string },
  at: string,
): Promise<Verdict> {
  const { count, seconds, per } = limits[name]
  const of = per === 'account' && who.accountId ? `account:${who.accountId}` : `network:${networkOf(who.address)}`
  return countUse(db, vault, { name: `route.${name}`, of, count, seconds }, at)
}
