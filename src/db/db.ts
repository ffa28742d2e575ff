import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

/** No table types here: SQL is written with the `sql` tag and typed where it is read. */
export type Tables = Record<string, never>
export type Db = Kysely<Tables>
/** Only a transaction hands out something that can write a log. */
export type Tx = Transaction<Tables>

const DATE = 1082
const TIMESTAMPTZ = 1184
const INT8 = 20
/** `date` stays text (a Date slips a day in Asia/Shanghai), instants are ISO in UTC, counts are numbers where they are exact. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === DATE) return (value: string) => value
    if (oid === TIMESTAMPTZ) return (value: string) => new Date(value).toISOString()
    if (oid === INT8) return (value: string) => {
      const n = Number(value)
      return Number.isSafeInteger(n) ? n : value
    }
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

const names = new Map<string, string>()
/** Names each statement with values, so that the server plans it once a connection (unnamed cost 40 % of a short query). */
class NamingClient extends pg.Client {
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

export type ConnectOptions = { connectionString: string; max?: number; statementSeconds?: number }

/** Opens a pool. A broken idle connection is dropped by the pool; the next query gets a new one. */
export function connect({ connectionString, max = 10, statementSeconds = 30 }: ConnectOptions): Db {
  const pool = new pg.Pool({ connectionString, max, types, Client: NamingClient, statement_timeout: statementSeconds * 1000, connectionTimeoutMillis: 5000, options: '-c TimeZone=UTC' } as pg.PoolConfig)
  pool.on('error', () => {})
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

const AGAIN = new Set(['40001', '40P01'])
/** Runs work in one transaction; a serialisation failure or deadlock is tried again, because nothing of it was written. */
export async function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>, tries = 4): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const code = (error as { code?: string }).code
      if (round >= tries || code === undefined || !AGAIN.has(code)) throw error
    }
  }
}
