import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { types } from './types.ts'

/** No table types here: SQL is written with the `sql` tag and typed where it is read. */
export type Tables = Record<string, never>
export type Db = Kysely<Tables>
/** Only a transaction hands out something that can write a log. */
export type Tx = Transaction<Tables>

const names = new Map<string, string>()
/** Names each statement with values, so that the server plans it once a connection (unnamed cost 40 % of a short query). */
class NamingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    // A connection that breaks while it is lent out also fails the query that uses it; without a listener it would end the process.
    this.on('error', () => {})
  }
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args as [unknown, unknown, ...unknown[]]
    const plain = super.query as (...a: unknown[]) => never
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return plain.call(this, ...args)
    let name = names.get(text)
    if (!name && names.size < 2000) {
      name = `s${names.size}`
      names.set(text, name)
    }
    return name ? plain.call(this, { name, text, values }, ...rest) : plain.call(this, text, values, ...rest)
  }
}

export type ConnectOptions = {
  connectionString: string
  /** Most connections at once; public and desk traffic get pools of their own (threat NET-5). */
  max?: number
  /** A statement that runs longer is stopped by the server. */
  statementSeconds?: number
  /** What the server's list of sessions calls us. */
  name?: string
}

/** Opens a pool. A broken idle connection is dropped by the pool; the next query gets a new one. Close it with `db.destroy()`. */
export function connect({ connectionString, max = 10, statementSeconds = 30, name = 'laihua' }: ConnectOptions): Db {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    Client: NamingClient,
    application_name: name,
    statement_timeout: statementSeconds * 1000,
    idle_in_transaction_session_timeout: statementSeconds * 2000,
    connectionTimeoutMillis: 5000,
    options: '-c TimeZone=UTC',
  } as pg.PoolConfig)
  pool.on('error', () => {})
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'

/**
 * Runs work in one transaction. A serialisation failure or deadlock is tried again after a short pause, because nothing of it was written;
 * so `work` may run several times and must keep no state outside. Every other error comes through as it is.
 */
export async function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>, tries = 4): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const code = (error as { code?: string }).code
      if (round >= tries || (code !== SERIALIZATION_FAILURE && code !== DEADLOCK)) throw error
      await wait(round * 10 + Math.random() * 20 * round)
    }
  }
}
