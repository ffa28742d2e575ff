import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { AppSignIn } from '../db/app-role.ts'
import type { Config } from './config.ts'
import { inspectElsewhere } from './elsewhere.ts'
import { type Cluster, startCluster } from './embedded/cluster.ts'
import { databaseHome } from './embedded/home.ts'
import type { RunAs } from './embedded/run-as.ts'
import { fromFileError, Problem } from './problem.ts'

/** The database of an installation, running: how the application and, where we may migrate, the owner sign in. */
export type OpenDatabase = {
  appUrl: string
  owner?: { url: string; signIn: AppSignIn }
  how: 'made' | 'started' | 'adopted' | 'elsewhere'
  warnings: string[]
  /** Calls back when the embedded server is gone without our doing. */
  onLoss: (told: () => void) => void
  /** Lets go of it and leaves it running. */
  leave: () => void
  /** Ends the embedded server in order; a server elsewhere is left alone. */
  stop: () => void
}

const NAME = 'laihua'

/** Starts or adopts the embedded database, or looks at the one that DATABASE_URL names. Throws `Problem` with the way out. */
export async function openDatabase(config: Config, runAs: RunAs | undefined, port?: number): Promise<OpenDatabase> {
  if (config.database.place === 'elsewhere') return inspectElsewhere(config)
  const home = databaseHome(config.dataFolder, runAs)
  const isNew = !existsSync(join(home, 'data'))
  const cluster = await startCluster({ home, runAs, ...(port === undefined ? {} : { port }) }).catch((error: Error) => {
    const known = fromFileError(error, home)
    throw known instanceof Problem ? known : new Problem(error.message, { cause: error })
  })
  await ensureDatabase(cluster)
  const watch = watcher(cluster)
  return {
    appUrl: cluster.url('app', NAME),
    owner: { url: cluster.url('owner', NAME), signIn: { password: cluster.appPassword } },
    how: cluster.adopted ? 'adopted' : isNew ? 'made' : 'started',
    warnings: [],
    onLoss: watch.onLoss,
    leave: watch.end,
    stop: () => {
      watch.end()
      cluster.stop()
    },
  }
}

const ensureDatabase = async (cluster: Cluster) => {
  const client = new pg.Client({ connectionString: cluster.url('owner') })
  await client.connect()
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [NAME])
    if (rows.length === 0) await client.query(`create database ${NAME}`)
  } finally {
    await client.end()
  }
}

/** One connection that does nothing but notice its own end. */
const watcher = (cluster: Cluster) => {
  let ended = false
  const client = new pg.Client({ connectionString: cluster.url('owner'), application_name: 'laihua-supervisor', keepAlive: true })
  client.on('error', () => {})
  const connected = client.connect().catch(() => {})
  return {
    onLoss: (told: () => void) => {
      client.once('end', () => {
        if (!ended) told()
      })
    },
    end: () => {
      ended = true
      void connected.then(() => client.end()).catch(() => {})
    },
  }
}
