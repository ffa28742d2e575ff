import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/db/migrate.ts'
import { type Cluster, startCluster } from '../src/main/embedded/cluster.ts'
import { databaseHome } from '../src/main/embedded/home.ts'
import { chooseRunAs } from '../src/main/embedded/run-as.ts'

/** The migrated database that every database test clones. */
export const TEMPLATE = 'template_laihua'
const PREFIX = 'laihua-test-'

export type TestCluster = { ownerUrl: string; appUrl: string; stop: () => void }

/** A throw-away cluster with a migrated template. Speed over safety: nothing here outlives the run. */
export async function startTestCluster(): Promise<TestCluster> {
  sweep()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const runAs = chooseRunAs({ named: process.env['LAIHUA_RUN_AS'], folders: [folder] })
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster({ home: ownHome(folder, runAs), runAs, throwAway: true })
  const stop = () => {
    cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(cluster)
  } catch (error) {
    stop()
    throw error
  }
  return { ownerUrl: cluster.url('owner'), appUrl: cluster.url('app'), stop }
}
