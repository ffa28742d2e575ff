import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { APP_ROLE } from '../../db/app-role.ts'
import { binariesFor } from './binaries.ts'
import { makeCluster, OWNER, type Passwords, plainEnvironment, whyNot } from './make-cluster.ts'
import { asUser, type RunAs } from './run-as.ts'

/** A running PostgreSQL of our own on loopback. */
export type Cluster = {
  port: number
  pid: number
  /** It ran already: its supervisor was killed and it was not. */
  adopted: boolean
  appPassword: string
  url: (role: 'owner' | 'app', database?: string) => string
  /** Ends it in order; open transactions are rolled back. */
  stop: () => void
}

export type ClusterOptions = {
  /** A folder of its own that `runAs` can enter and write. */
  home: string
  runAs?: RunAs | undefined
  /** Take this port if it is free, so that those who knew the old address find the new server. */
  port?: number
  /** Settings, `name=value`. */
  settings?: string[]
  /** Speed over safety, for clusters that nobody will miss. */
  throwAway?: boolean
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })

/** Loopback only, no socket file, and nothing of a statement or of a row in its log (threat OPS-5). */
const ALWAYS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'max_connections=200',
]
const IN_HASTE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']
/** What goes away by itself: after a kill the old shared memory and pid file live on for a moment; a free port may be taken before we come. */
const PASSING = /shared memory block|lock file/
const PORT_TAKEN = /could not bind|Address already in use/
const PATIENCE_MS = 15_000

/** Starts the database of a home, making it first if there is none, or adopts the one that still runs there. Throws one sentence with a way out. */
export async function startCluster({ home, runAs, port: first, settings = [], throwAway = false }: ClusterOptions): Promise<Cluster> {
  const bin = binariesFor(home, runAs)
  const passwords = makeCluster(home, bin, runAs, throwAway)
  const data = join(home, 'data')
  const log = join(home, 'server.log')
  const control = (...args: string[]) =>
    spawnSync(join(bin, 'pg_ctl'), [...args, '-D', data], {
      ...asUser(runAs),
      env: plainEnvironment(),
      cwd: home,
      encoding: 'utf8',
      stdio: 'ignore',
    })
  const until = Date.now() + PATIENCE_MS
  let wished = first
  let found = await findRunning(data, passwords)
  const adopted = found !== undefined
  while (!found) {
    const port = wished ?? (await freePort())
    const all = [...ALWAYS, ...(throwAway ? IN_HASTE : []), ...settings]
    const began = existsSync(log) ? readFileSync(log).length : 0
    control('start', '-w', '-t', '600', '-l', log, '-o', [`-p ${port}`, ...all.map((s) => `-c "${s}"`)].join(' '))
    found = await findRunning(data, passwords)
    if (found) break
    const words = existsSync(log) ? readFileSync(log).subarray(began).toString() : ''
    if (PORT_TAKEN.test(words)) wished = undefined
    else if (!PASSING.test(words) || Date.now() > until) throw new Error(whyNot(words, home))
    await wait(200)
  }
  const { port, pid } = found
  return {
    port,
    pid,
    adopted,
    appPassword: passwords.app,
    url: (role, database) => address(port, role, passwords, database),
    stop: () => {
      if (control('stop', '-w', '-t', '30', '-m', throwAway ? 'immediate' : 'fast').status !== 0)
        control('stop', '-w', '-t', '10', '-m', 'immediate')
    },
  }
}

const address = (port: number, role: 'owner' | 'app', passwords: Passwords, database = 'postgres') =>
  `postgres://${role === 'owner' ? OWNER : APP_ROLE}:${passwords[role]}@127.0.0.1:${port}/${database}`

/** A pid file may be old and its port somebody else's: only what answers with our password and our data folder is ours. */
const findRunning = async (data: string, passwords: Passwords): Promise<{ pid: number; port: number } | undefined> => {
  if (!existsSync(join(data, 'postmaster.pid'))) return undefined
  const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!pid || !port) return undefined
  const client = new pg.Client({ connectionString: address(port, 'owner', passwords), connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(rows[0]!.data_directory) === realpathSync(data) ? { pid, port } : undefined
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}
