import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'

/** The user that processes get when we are root: PostgreSQL refuses root, and nothing that listens should be root (threat NET-4). */
export type RunAs = { user: string; uid: number; gid: number }

type Account = RunAs
const accounts = (): Account[] => {
  if (!existsSync('/etc/passwd')) return []
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([user, , uid, gid]) => ({ user: user!, uid: Number(uid), gid: Number(gid) }))
}

/**
 * Which user to become: none when we are not root; else the one that is named, the owner of the first of `folders` that does not belong to root (so that
 * a start as root and one as that user get along), or a system account. `known` is for tests.
 */
export function chooseRunAs(
  options: { named?: string | undefined; folders: string[] },
  me = process.getuid?.(),
  known: Account[] = accounts(),
): RunAs | undefined {
  if (me !== 0) return undefined
  if (options.named !== undefined) {
    const found = known.find((a) => a.user === options.named)
    if (!found || found.uid === 0)
      throw new Error(`LAIHUA_RUN_AS names ${options.named}: that must be a user of this machine other than root.`)
    return found
  }
  for (const folder of options.folders) {
    const owner = existsSync(folder) ? known.find((a) => a.uid === statSync(folder).uid) : undefined
    if (owner && owner.uid !== 0) return owner
  }
  for (const user of ['postgres', 'nobody', 'daemon']) {
    const found = known.find((a) => a.user === user && a.uid !== 0)
    if (found) return found
  }
  throw new Error(
    'Laihua was started as root and finds no other user to become. Start it as an ordinary user, or name one in LAIHUA_RUN_AS.',
  )
}

/** What `spawn` needs to start a process as that user. */
export const asUser = (runAs: RunAs | undefined) => (runAs ? { uid: runAs.uid, gid: runAs.gid } : {})

/** Whether that user can come through a folder to what lies in it: tried, not worked out, because mode bits are not the whole story. */
export function canPass(folder: string, runAs: RunAs | undefined): boolean {
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...asUser(runAs), cwd: '/', stdio: 'ignore' })
  return tried.status === 0
}
