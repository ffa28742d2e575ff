import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asUser, type RunAs } from './run-as.ts'

/** The superuser of an embedded database: owner of everything, used by migrations only. */
export const OWNER = 'laihua'
export type Passwords = { owner: string; app: string }

/** What PostgreSQL's programs see of our surroundings: no locale, no time zone, no settings of the person who starts it. */
export const plainEnvironment = () => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' })

/** Builtin C.UTF-8: the same order and the same letters on every machine; with `lc_ctype=C` trigram search would be blind to Chinese. */
const LOCALE = ['-E', 'UTF8', '--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

/**
 * Makes the cluster of a home if it has none, under another name first, so that a first start that is cut off leaves nothing half-made. Passwords are
 * random and lie in a file that only the database's user can read. `inHaste` leaves out the flush to disk (throw-away clusters).
 */
export function makeCluster(home: string, bin: string, runAs: RunAs | undefined, inHaste: boolean): Passwords {
  const data = join(home, 'data')
  const secrets = join(home, 'passwords.json')
  if (existsSync(join(data, 'PG_VERSION'))) return JSON.parse(readFileSync(secrets, 'utf8')) as Passwords
  const made: Passwords = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') }
  const [fresh, file] = [join(home, 'data.new'), join(home, 'owner.password')]
  rmSync(fresh, { recursive: true, force: true })
  const keep = (path: string, text: string) => {
    rmSync(path, { force: true })
    writeFileSync(path, text, { mode: 0o600 })
    if (runAs) chownSync(path, runAs.uid, runAs.gid)
  }
  keep(file, `${made.owner}\n`)
  const args = [
    '-D',
    fresh,
    '-U',
    OWNER,
    '-A',
    'scram-sha-256',
    '--pwfile',
    file,
    ...LOCALE,
    ...(inHaste ? ['--no-sync'] : ['--data-checksums']),
  ]
  const done = spawnSync(join(bin, 'initdb'), args, { ...asUser(runAs), env: plainEnvironment(), cwd: home, encoding: 'utf8' })
  rmSync(file, { force: true })
  if (done.status !== 0) {
    const words = `${done.stdout ?? ''}\n${done.stderr ?? ''}\n${done.error?.message ?? ''}`
    rmSync(fresh, { recursive: true, force: true })
    throw new Error(whyNot(words, home))
  }
  keep(secrets, `${JSON.stringify(made)}\n`)
  renameSync(fresh, data)
  return made
}

/** Turns the last words of PostgreSQL's programs into one sentence with a way out. */
export const whyNot = (words: string, home: string): string => {
  if (/No space left on device|Disk quota exceeded/i.test(words))
    return `The disk of ${home} is full: free some space (a new database needs about 200 MB) and start again. Nothing was lost.`
  if (/Permission denied|Read-only file system/i.test(words))
    return `The folder ${home} cannot be written: give it to the user that starts Laihua, or name another one in LAIHUA_DATA.`
  if (/could not look up effective user ID/.test(words))
    return 'This user has no entry in /etc/passwd, and PostgreSQL needs one: start Laihua as another user, or set DATABASE_URL.'
  const last = words.split('\n').findLast((line) => /FATAL|PANIC|error:|ERROR/.test(line)) ?? words.trim().split('\n').at(-1)
  return `The database in ${home} does not start: ${last?.trim() ?? 'it gave no reason'}`
}
