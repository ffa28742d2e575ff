import { join } from 'node:path'
import pg from 'pg'
import { type Migrated, MigrationError, migrate } from '../db/migrate.ts'
import { readMigrations } from '../db/read-migrations.ts'
import { type Config, PROJECT } from './config.ts'
import type { OpenDatabase } from './database.ts'
import { Problem } from './problem.ts'

const FOLDER = join(PROJECT, 'migrations')

/**
 * Brings the database to this program's version where we hold the owner's sign-in, and looks whether it is there where we do not; then makes sure that it was
 * born as what the settings say. A demo can never become real (threat SES-11). Throws `Problem`.
 */
export async function bringUpToDate(config: Pick<Config, 'kind'>, database: OpenDatabase): Promise<Migrated> {
  const { owner, appUrl } = database
  const done = owner ? await apply(owner.url, owner.signIn) : await lookOnly(appUrl)
  const client = new pg.Client({ connectionString: owner?.url ?? appUrl })
  await client.connect()
  try {
    if (owner) await client.query('insert into instance (kind) values ($1) on conflict do nothing', [config.kind])
    const { rows } = await client.query<{ kind: string }>('select kind from instance')
    const kind = rows[0]?.kind
    if (kind === undefined)
      throw new Problem('This database was never started by its owner: set DATABASE_OWNER_URL once and run npm run laihua -- migrate.')
    if (kind !== config.kind)
      throw new Problem(
        `This database was born ${kind} and stays so, but LAIHUA_KIND says ${config.kind}: ${
          kind === 'demo' ? 'a real service needs a new database (another LAIHUA_DATA or DATABASE_URL).' : 'start it with LAIHUA_KIND=real.'
        }`,
      )
  } finally {
    await client.end()
  }
  return done
}

const apply = async (ownerUrl: string, app: NonNullable<OpenDatabase['owner']>['signIn']) => {
  try {
    return await migrate({ ownerUrl, folder: FOLDER, app })
  } catch (error) {
    if (error instanceof MigrationError) throw new Problem(error.message, { cause: error })
    throw error
  }
}

const lookOnly = async (appUrl: string): Promise<Migrated> => {
  const state = await compare(appUrl)
  if (state === 'current') return { applied: [], already: readMigrations(FOLDER).length }
  throw new Problem(
    `The database is ${state === 'empty' ? 'empty' : 'not of the version of this program'}: set DATABASE_OWNER_URL and run npm run laihua -- migrate.`,
  )
}

/** Whether the database has exactly this program's migrations. Changes nothing. */
export const isCurrent = async ({ owner, appUrl }: OpenDatabase): Promise<boolean> => (await compare(owner?.url ?? appUrl)) === 'current'

const compare = async (url: string): Promise<'current' | 'other' | 'empty'> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration')
    const done = new Map(rows.map((r) => [r.name, r.hash]))
    const files = readMigrations(FOLDER)
    return files.length === done.size && files.every((f) => done.get(f.name) === f.hash) ? 'current' : 'other'
  } catch (error) {
    if ((error as { code?: string }).code === '42P01') return 'empty'
    throw error
  } finally {
    await client.end()
  }
}
