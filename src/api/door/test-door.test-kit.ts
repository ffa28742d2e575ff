import { createSecretKey, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { connect, transaction } from '../../db/db.ts'
import type { Role } from '../../domain/kernel.ts'
import { createAccount, prepareCredential } from '../../identity/accounts.ts'
import { type AccountKind, IDENTITY_DEFAULTS, type Identity, type IdentityConfig, openIdentity } from '../../identity/identity.ts'
import { addMembership } from '../../identity/memberships.ts'
import type { Tools } from '../../service/tools.ts'
import { openVault } from '../../store/vault/vault.ts'
import { authRoutes } from '../auth/auth-routes.ts'
import { mount } from '../mount.ts'
import type { Route } from '../route.ts'
import { doorLog } from './door-log.ts'

/** Support for tests of the door: a real database, a clock that the test moves, people with known passwords. */
export const ORIGIN = 'https://permits.example.cn'
export const PASSWORD = 'seven quiet herons at dusk'
export type TestDoor = Awaited<ReturnType<typeof openTestDoor>>

type Options = {
  kind?: 'demo' | 'real'
  routes?: Route[]
  config?: Partial<IdentityConfig>
  proxies?: string[]
  dist?: string
  origins?: string[]
}

export async function openTestDoor({ kind = 'demo', routes = [], config = {}, proxies = [], dist, origins = [ORIGIN] }: Options = {}) {
  const database: TestDatabase = await testDatabase(kind)
  const clock = { at: '2026-11-25T01:00:00.000Z' }
  const masterKeys = [{ version: 1, key: createSecretKey(randomBytes(32)) }]
  const identityConfig: IdentityConfig = {
    ...IDENTITY_DEFAULTS,
    kind,
    relyingParty: { id: 'permits.example.cn', name: 'Laihua', origins: [ORIGIN] },
    hashing: { memoryKiB: 64, passes: 1, atOnce: 2, waiting: 64 },
    ...config,
  }
  const lines: string[] = []
  const servers: FastifyInstance[] = []
  const pools = [database.db]
  /** One more server process on the same database, with pool, vault and hasher of its own. */
  const openServer = async (): Promise<{ app: FastifyInstance; identity: Identity }> => {
    const db = servers.length === 0 ? database.db : connect({ connectionString: database.url, max: 5 })
    if (servers.length > 0) pools.push(db)
    const vault = await openVault(db, { masterKeys })
    const identity = openIdentity(identityConfig, vault)
    const tools = {
      db,
      vault,
      now: () => clock.at,
      kind,
      publicOrigin: ORIGIN,
      limits: { faceTriesADay: 5, liveCodeSeconds: 30, filingsADay: 50 },
    } as unknown as Tools
    const log = doorLog({ write: (line: string) => void lines.push(line) })
    const app = await mount({ tools, identity, routes: [...authRoutes(kind), ...routes], origins, proxies, log, ...(dist ? { dist } : {}) })
    servers.push(app)
    return { app, identity }
  }
  const { app, identity } = await openServer()
  const asked = () => ({ at: clock.at, requestId: 'test' })

  return {
    app,
    identity,
    database,
    db: database.db,
    clock,
    lines,
    openServer,
    asked,
    pass: (seconds: number) => {
      clock.at = new Date(Date.parse(clock.at) + seconds * 1000).toISOString()
    },
    /** Makes a person with the password above, and with roles; sessions start at sign-in. */
    async person(
      login: string,
      kind: AccountKind,
      roles: { role: Role; officeId?: string; employerId?: string }[] = [],
      personId = uuidv7(),
    ): Promise<string> {
      const prepared = await prepareCredential(identity, kind, kind === 'holder' ? 'heron dusk 7' : PASSWORD)
      if (!prepared.ok) throw new Error(prepared.refusal.code)
      return transaction(database.db, async (tx) => {
        const made = await createAccount(
          tx,
          identity,
          {
            kind,
            personId,
            displayName: kind === 'holder' ? null : login,
            logins: [{ kind: kind === 'holder' ? 'permitNumber' : 'name', value: login }],
            passwordHash: prepared.value,
          },
          asked(),
        )
        if (!made.ok) throw new Error(made.refusal.code)
        for (const r of roles) {
          const given = await addMembership(tx, { accountId: made.value.accountId, ...r }, asked())
          if (!given.ok) throw new Error(given.refusal.code)
        }
        return made.value.accountId
      })
    },
    async close() {
      for (const server of servers) await server.close()
      for (const pool of pools.slice(1)) await pool.destroy()
      await database.drop()
    },
  }
}
