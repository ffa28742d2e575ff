import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessIdentity = { pid: number; startedAt: string }

/** When a process began, in whatever unit the machine counts; nothing if it is gone (or a zombie that nobody fetched). */
export function startOfProcess(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (existsSync('/proc/self/stat')) {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name in brackets may hold anything; the fields after its last bracket are fixed: state first, start time the twentieth (proc(5)).
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  if (process.platform === 'win32') {
    try {
      process.kill(pid, 0)
      return 'alive'
    } catch {
      return undefined
    }
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || undefined
}

export const identityOf = (pid: number): ProcessIdentity | undefined => {
  const startedAt = startOfProcess(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

export const isAlive = (known: ProcessIdentity): boolean => startOfProcess(known.pid) === known.startedAt

/** Asks a process to end and, when it has not after `graceMs`, ends it. A later process with the same number is never touched. */
export async function endProcess(known: ProcessIdentity, graceMs: number): Promise<void> {
  const until = Date.now() + graceMs
  if (isAlive(known)) process.kill(known.pid, 'SIGTERM')
  while (isAlive(known)) {
    if (Date.now() > until) {
      process.kill(known.pid, 'SIGKILL')
      await wait(200)
      return
    }
    await wait(50)
  }
}
