import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/db/migrate.ts'
import { startCluster } from '../src/main/embedded/cluster.ts'
import { chooseRunAs } from '../src/main/embedded/run-as.ts'

/** The migrated database that every database test clones. */
export const TEMPLATE = 'template_laihua'
const PREFIX = 'laihua-test-'

export type TestCluster = { ownerUrl: string; appUrl: string; stop: () => void }

/** A throw-away cluster with a migrated template in it. Nothing in it outlives the run. */
export async function startTestCluster(): Promise<TestCluster> {
  sweep()
  const runAs = chooseRunAs({ named: process.env['LAIHUA_RUN_AS'], folders: [] })
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const home = join(folder, 'postgres')
  mkdirSync(home)
  if (runAs) for (const path of [folder, home]) chownSync(path, runAs.uid, runAs.gid)
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  const cluster = await startCluster({ home, runAs, throwAway: true }).catch((error) => {
    remove()
    throw error
  })
  const stop = () => {
    cluster.stop()
    remove()
  }
  try {
    const owner = new pg.Client({ connectionString: cluster.url('owner') })
    await owner.connect()
    await owner.query(`create database ${TEMPLATE}`)
    await owner.end()
    await migrate({ ownerUrl: cluster.url('owner', TEMPLATE), folder: 'migrations', app: { password: cluster.appPassword } })
  } catch (error) {
    stop()
    throw error
  }
  return { ownerUrl: cluster.url('owner'), appUrl: cluster.url('app'), stop }
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** Takes away what a run left that was killed before it could tidy up: only folders of ours whose run is gone, only the server that runs in them. */
const sweep = () => {
  for (const name of readdirSync(tmpdir()).filter((f) => f.startsWith(PREFIX))) {
    if (alive(Number(name.slice(PREFIX.length).split('-')[0]))) continue
    const folder = join(tmpdir(), name)
    const pidFile = join(folder, 'postgres', 'data', 'postmaster.pid')
    try {
      const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0
      const command = pid ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ''
      if (command.includes(folder)) process.kill(pid, 'SIGQUIT')
    } catch {
      // Gone already, or another user's: then its folder is not ours to remove either.
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
