import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canPass, type RunAs } from './run-as.ts'

/**
 * Where the database lives: `postgres` in the data folder; or, when we are root and the user that PostgreSQL runs as cannot come there (a checkout under
 * /root), a folder under /var/lib. The data folder then holds its address, so that a moved checkout still finds its database.
 */
export function databaseHome(dataFolder: string, runAs: RunAs | undefined): string {
  const note = join(dataFolder, 'postgres-is-at')
  if (existsSync(note)) return own(readFileSync(note, 'utf8').trim(), runAs)
  const near = join(dataFolder, 'postgres')
  if (runAs === undefined || existsSync(join(near, 'data')) || canPass(dataFolder, runAs)) return own(near, runAs)
  const far = join('/var/lib/laihua', createHash('sha256').update(realpathSync(dataFolder)).digest('hex').slice(0, 12), 'postgres')
  own(far, runAs)
  writeFileSync(note, `${far}\n`)
  return far
}

const own = (home: string, runAs: RunAs | undefined): string => {
  mkdirSync(home, { recursive: true, mode: 0o755 })
  if (runAs) {
    chownSync(home, runAs.uid, runAs.gid)
    chmodSync(home, 0o700)
  }
  return home
}
