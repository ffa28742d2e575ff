import { type ChildProcess, fork } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FaultCode, Jobs, Kind, Order, Reply } from './answers.ts'

/** How an order ended: with an answer, with a fault of ours, or with the death of the child that had it. */
export type Ending<K extends Kind> =
  | { kind: 'answer'; answer: Jobs[K]['answer'] }
  | { kind: 'fault'; name: string }
  | { kind: 'died'; code: Extract<FaultCode, 'tooSlow' | 'tooMuchMemory' | 'unreadable'> }
export type ParserChild = {
  readonly pid: number
  /** Whether it lives and may be given another order; it is worn out when its memory has grown or it has done many. */
  usable(): boolean
  /** What it has loaded already: a child that knows faces is better at the next face. */
  readonly known: Set<Kind>
  run<K extends Kind>(kind: K, input: Jobs[K]['input'], seconds: number): Promise<Ending<K>>
  kill(): void
}
export type ChildLimits = { memoryMb: number; heapMb: number; program: URL }

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const WATCH_MS = 100
const ORDERS_MAX = 500
/** Loading the program on a busy machine is not the file's fault. */
const START_SECONDS = 20

/**
 * Starts a child without environment, network, write access or handles but the channel to it. Memory outside the JavaScript heap (pictures, pages) is
 * watched from here and ends the child above `memoryMb`; where the system has no `/proc` only heap and time are limited.
 */
export function startChild(limits: ChildLimits): ParserChild {
  const child = fork(limits.program, [], {
    // Windows does not start a program without its own folder.
    env: process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {},
    cwd: parse(process.execPath).root,
    execArgv: [`--max-old-space-size=${limits.heapMb}`, '--permission', `--allow-fs-read=${ROOT}*`, '--allow-addons', '--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  })
  child.unref()
  child.channel?.unref()
  const pid = child.pid ?? 0
  // A dump of a child that fell would hold faces and passports (threat REG-6).
  if (process.platform === 'linux' && pid > 0) writeFile(`/proc/${pid}/coredump_filter`, '0').catch(() => {})
  let alive = pid > 0
  let orders = 0
  let rss = 0
  child.once('exit', () => {
    alive = false
  })
  const known = new Set<Kind>()
  return {
    pid,
    known,
    usable: () => alive && orders < ORDERS_MAX && rss < limits.memoryMb * 0.6 * 1024 ** 2,
    kill: () => void child.kill('SIGKILL'),
    async run(kind, input, seconds) {
      const ending = await order(
        child,
        pid,
        { id: ++orders, kind, input } as Order,
        orders === 1 ? seconds + START_SECONDS : seconds,
        limits,
        () => alive,
      )
      rss = ending.rss ?? rss
      if (ending.kind === 'died') alive = false
      else known.add(kind)
      return ending as Ending<typeof kind>
    },
  }
}

type Ended = Ending<Kind> & { rss?: number }
function order(
  child: ChildProcess,
  pid: number,
  message: Order,
  seconds: number,
  limits: ChildLimits,
  alive: () => boolean,
): Promise<Ended> {
  return new Promise((resolve) => {
    let over = false
    const end = (ended: Ended) => {
      if (over) return
      over = true
      clearTimeout(clock)
      clearInterval(watch)
      child.off('message', onMessage)
      child.off('exit', onExit)
      child.off('error', onError)
      resolve(ended)
    }
    const kill = (code: 'tooSlow' | 'tooMuchMemory' | 'unreadable') => {
      child.kill('SIGKILL')
      end({ kind: 'died', code })
    }
    const onMessage = (reply: Reply) => {
      if (reply.id !== message.id) return
      if ('fault' in reply) end({ kind: 'fault', name: reply.fault, rss: reply.rss })
      else end({ kind: 'answer', answer: reply.answer, rss: reply.rss })
    }
    // V8 ends itself by SIGABRT (code 134) when the heap is full; anything else is a file that brought a library down.
    const onExit = (code: number | null, signal: string | null) =>
      end({ kind: 'died', code: signal === 'SIGABRT' || code === 134 ? 'tooMuchMemory' : 'unreadable' })
    const onError = () => kill('unreadable')
    const clock = setTimeout(() => kill('tooSlow'), seconds * 1000)
    const watch = setInterval(() => {
      residentBytes(pid).then((bytes) => bytes > limits.memoryMb * 1024 ** 2 && !over && kill('tooMuchMemory'))
    }, WATCH_MS)
    child.on('message', onMessage)
    child.once('exit', onExit)
    child.once('error', onError)
    if (!alive()) return kill('unreadable')
    child.send(message, (error) => error && kill('unreadable'))
  })
}

/** Memory a process holds, in bytes; 0 where the system does not tell. */
export async function residentBytes(pid: number): Promise<number> {
  try {
    return Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
