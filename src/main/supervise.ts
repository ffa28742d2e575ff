import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Begin, ChildMessage } from './child.ts'
import { asUser, type RunAs } from './embedded/run-as.ts'
import { Problem } from './problem.ts'

export type ChildOptions = {
  name: string
  file: 'server.ts' | 'worker.ts' | 'prepare.ts'
  begin: () => Begin
  runAs: RunAs | undefined
  /** How long it may take to end in order. */
  graceMs: number
  onPid?: (pid: number | undefined) => void
  /** Told when it ended by itself and will be started again. */
  onFall?: (why: string, delayMs: number) => void
}

type Ready = Extract<ChildMessage, { type: 'ready' }>
export type Supervised = {
  ready: Ready
  /** Ends it in order and starts it again, with what `begin` says then. */
  restart: () => void
  /** From now on it is not started again: a signal may have reached it too. */
  letEnd: () => void
  stop: () => Promise<void>
}

const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 30_000
/** One that lived this long has earned a fresh start. */
const STEADY_MS = 60_000

/** Only what a Node process needs; settings and addresses travel over the channel. */
const environment = () =>
  Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SystemRoot', 'NODE_EXTRA_CA_CERTS']
      .map((name) => [name, process.env[name]])
      .filter(([, value]) => value !== undefined),
  )

const spawnChild = (o: ChildOptions): ChildProcess => {
  const child = fork(join(import.meta.dirname, o.file), [], {
    ...asUser(o.runAs),
    env: { ...environment(), TZ: 'UTC' },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('error', () => {})
  o.onPid?.(child.pid)
  child.send(o.begin(), () => {})
  return child
}

/** Waits until a child says that it is ready, or ends: with its own sentence if it had one. */
const untilReady = (child: ChildProcess, name: string) =>
  new Promise<Ready>((resolve, reject) => {
    let says: string | undefined
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'ready') resolve(message)
      else says = message.says
    })
    child.once('exit', (code, signal) =>
      reject(says === undefined ? new Error(`the ${name} ended before it was ready (${signal ?? code})`) : new Problem(says)),
    )
  })

/** Runs a program of ours to its end. */
export async function runOnce(o: ChildOptions): Promise<Ready> {
  const child = spawnChild(o)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    const ready = await untilReady(child, o.name)
    await ended
    return ready
  } finally {
    o.onPid?.(undefined)
  }
}

/**
 * Starts a child and, once it was ready, starts it again whenever it ends, after a pause that doubles up to 30 s. Rejects when the first start fails,
 * because an operator is watching then.
 */
export async function supervise(o: ChildOptions): Promise<Supervised> {
  let stopping = false
  let child: ChildProcess
  let timer: NodeJS.Timeout | undefined
  let falls = 0
  const follow = (now: ChildProcess) => {
    const startedAt = Date.now()
    now.once('exit', (code, signal) => {
      o.onPid?.(undefined)
      if (stopping) return
      if (Date.now() - startedAt > STEADY_MS) falls = 0
      const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** falls++)
      o.onFall?.(signal ?? `exit code ${code}`, delay)
      timer = setTimeout(() => {
        child = spawnChild(o)
        follow(child)
      }, delay)
    })
  }
  child = spawnChild(o)
  const ready = await untilReady(child, o.name).catch((error) => {
    o.onPid?.(undefined)
    throw error
  })
  follow(child)
  return {
    ready,
    restart: () => void child.kill('SIGTERM'),
    letEnd: () => {
      stopping = true
    },
    stop: () =>
      new Promise((resolve) => {
        stopping = true
        clearTimeout(timer)
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        const hard = setTimeout(() => child.kill('SIGKILL'), o.graceMs)
        child.once('exit', () => {
          clearTimeout(hard)
          o.onPid?.(undefined)
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
}
