import pg from 'pg'
import { APP_ROLE, type AppSignIn, allowApplication } from './app-role.ts'
import { installJobs } from './install-jobs.ts'
import { type Migration, readMigrations } from './read-migrations.ts'

export type Migrated = { applied: string[]; already: number }

/** Any number serves that nobody else locks with in this database. */
const ONE_AT_A_TIME = 7301

/** A fault of the migrations or of the database's past that an operator has to settle; the sentence says how. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Applies the numbered SQL files that a database lacks, in order, each in its own transaction, as its owner and one runner at a time.
 * Forward only: a file that was applied and changed since, or a database newer than this program, is a `MigrationError`.
 * Afterwards the job library's own schema is brought up, and the application's role may sign in.
 */
export async function migrate(options: { ownerUrl: string; folder: string; app: AppSignIn }): Promise<Migrated> {
  const files = readMigrations(options.folder)
  const client = new pg.Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 10_000, application_name: 'laihua-migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('set client_min_messages = warning')
    await client.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME])
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    await allowApplication(client, options.app)
    await client.query(`grant select on migration to ${APP_ROLE}`)
    const missing = await findMissing(client, files)
    for (const file of missing) await apply(client, file)
    await installJobs(client, options.ownerUrl)
    return { applied: missing.map((f) => f.name), already: files.length - missing.length }
  } finally {
    await client.end()
  }
}

const findMissing = async (client: pg.Client, files: Migration[]): Promise<Migration[]> => {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration order by name')
  const known = new Map(files.map((f) => [f.name, f]))
  for (const { name, hash } of rows) {
    const file = known.get(name)
    if (!file)
      throw new MigrationError(
        `The database knows the migration ${name}, this program does not: it is older than its database. Start the newer program.`,
      )
    if (file.hash !== hash)
      throw new MigrationError(
        `The migration ${name} was changed after it was applied. Put the old text back and the change into a new file.`,
      )
  }
  const done = new Set(rows.map((r) => r.name))
  const last = rows.at(-1)?.name ?? ''
  const missing = files.filter((f) => !done.has(f.name))
  const late = missing.find((f) => f.name < last)
  if (late)
    throw new MigrationError(`The migration ${late.name} comes before ${last}, which is applied already. Give it the next free number.`)
  return missing
}

const apply = async (client: pg.Client, { name, text, hash }: Migration) => {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const { message, position } = cause as { message: string; position?: string }
    const line = position ? `, line ${text.slice(0, Number(position)).split('\n').length}` : ''
    throw new MigrationError(`The migration ${name}${line} failed and left nothing behind: ${message}`, { cause })
  }
}
