import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { APP_ROLE } from '../db/app-role.ts'
import type { Config } from './config.ts'
import type { OpenDatabase } from './database.ts'
import { Problem } from './problem.ts'

const OLDEST = 15
const NEWEST = 18

/** Looks at the PostgreSQL that DATABASE_URL names: reachable, new enough, UTF-8, and whether its user is more than the application may be. */
export async function inspectElsewhere(config: Config): Promise<OpenDatabase> {
  if (config.database.place !== 'elsewhere') throw new Error('the database is not elsewhere')
  const { url, ownerUrl } = config.database
  const found: Pick<OpenDatabase, 'how' | 'warnings' | 'onLoss' | 'leave' | 'stop'> = {
    how: 'elsewhere',
    warnings: [],
    onLoss: () => {},
    leave: () => {},
    stop: () => {},
  }
  if (ownerUrl !== undefined) {
    const owner = await look(ownerUrl, 'DATABASE_OWNER_URL')
    if (!owner.mayCreate)
      throw new Problem(
        `DATABASE_OWNER_URL signs in as ${owner.user}, who may not make tables in schema public: name the owner of the database.`,
      )
    const user = decodeURIComponent(new URL(url).username)
    if (user === owner.user)
      throw new Problem(
        'DATABASE_URL and DATABASE_OWNER_URL name the same user: the application must not own its logs. Use laihua_app in DATABASE_URL.',
      )
    found.warnings.push(...owner.warnings)
    // A role that signs in already keeps its password; one that does not exist yet gets the one in DATABASE_URL.
    const works = await look(url, 'DATABASE_URL').then(
      () => true,
      (error) => {
        if (error instanceof WrongSignIn) return false
        throw error
      },
    )
    const password = decodeURIComponent(new URL(url).password)
    return { ...found, appUrl: url, owner: { url: ownerUrl, signIn: user !== APP_ROLE ? { user } : works ? undefined : { password } } }
  }
  const only = await look(url, 'DATABASE_URL')
  found.warnings.push(...only.warnings)
  if (!only.mayCreate) return { ...found, appUrl: url }
  if (config.kind === 'real')
    throw new Problem(
      `DATABASE_URL signs in as ${only.user}, who may change logs and tables. Put that address into DATABASE_OWNER_URL and one of the user ${APP_ROLE} into DATABASE_URL.`,
    )
  const password = ownPassword(join(config.dataFolder, 'keys', 'database-password'))
  const app = new URL(url)
  app.username = APP_ROLE
  app.password = password
  return { ...found, appUrl: app.href, owner: { url, signIn: { password } } }
}

class WrongSignIn extends Problem {}

/** Signs in once. Throws `Problem` with one sentence that names the setting, never the password. */
const look = async (url: string, setting: string): Promise<{ user: string; mayCreate: boolean; warnings: string[] }> => {
  const { hostname, port, pathname } = new URL(url)
  const where = `${hostname}:${port || 5432}`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? ''
    if (code === '28P01' || code === '28000')
      throw new WrongSignIn(`The database at ${where} refuses the user or password in ${setting}: correct them.`, { cause })
    if (code === '3D000')
      throw new Problem(`There is no database ${pathname.slice(1)} at ${where}: create it (encoding UTF8), or correct ${setting}.`, {
        cause,
      })
    if (code === '53300')
      throw new Problem(`The database at ${where} has no connection left: raise max_connections or stop something else.`, { cause })
    throw new Problem(`The database at ${where} does not answer (${code || 'timed out'}): start it, or correct ${setting}.`, { cause })
  }
  try {
    const { rows } = await client.query<{ user: string; version: number; encoding: string; may: boolean; standby: boolean }>(
      `select current_user as user, current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding,
        has_schema_privilege('public', 'create') as may, pg_is_in_recovery() as standby`,
    )
    const { user, version, encoding, may, standby } = rows[0]!
    if (version < OLDEST) throw new Problem(`The database at ${where} is PostgreSQL ${version}: Laihua needs ${OLDEST} to ${NEWEST}.`)
    if (encoding !== 'UTF8')
      throw new Problem(`The database ${pathname.slice(1)} has the encoding ${encoding}: create one with encoding UTF8.`)
    if (standby) throw new Problem(`The database at ${where} is a standby and cannot be written: name the primary in ${setting}.`)
    const warnings = version > NEWEST ? [`PostgreSQL ${version} is newer than what Laihua was tried with (${OLDEST} to ${NEWEST}).`] : []
    return { user, mayCreate: may, warnings }
  } finally {
    await client.end()
  }
}

/** The password we gave to the application's role on a server elsewhere; made once. */
const ownPassword = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    const made = randomBytes(24).toString('hex')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${made}\n`, { mode: 0o600 })
    return made
  }
}
