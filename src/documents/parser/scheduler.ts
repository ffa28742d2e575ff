import type { Busy, Jobs, Kind } from './answers.ts'
import { type ChildLimits, type Ending, type ParserChild, startChild } from './child-process.ts'

export type SchedulerOptions = {
  size: number
  queueLimit: number
  idleSeconds: number
  limits: ChildLimits
  secondsFor(kind: Kind): number
}
export type Scheduler = {
  run<K extends Kind>(kind: K, input: Jobs[K]['input']): Promise<Ending<K> | Busy>
  load(): { children: number[]; working: number; waiting: number }
  close(): void
}

/** Gives orders to at most `size` children, lets at most `queueLimit` wait and sends the others away at once with the time to come back. */
export function createScheduler({ size, queueLimit, idleSeconds, limits, secondsFor }: SchedulerOptions): Scheduler {
  const idle = new Map<ParserChild, NodeJS.Timeout>()
  const working = new Set<ParserChild>()
  const queue: { start(child: ParserChild): void }[] = []
  let closed = false
  let usualSeconds = 1

  const retire = (child: ParserChild): void => {
    clearTimeout(idle.get(child))
    idle.delete(child)
    child.kill()
  }
  /** An idle child, best one that has done this kind before, or a new one if there may be one more. */
  const take = (kind: Kind): ParserChild | undefined => {
    for (const child of idle.keys()) if (!child.usable()) retire(child)
    const child = [...idle.keys()].sort((a, b) => Number(b.known.has(kind)) - Number(a.known.has(kind)))[0]
    if (!child) return working.size < size ? startChild(limits) : undefined
    clearTimeout(idle.get(child))
    idle.delete(child)
    return child
  }
  const giveBack = (child: ParserChild): void => {
    working.delete(child)
    const usable = child.usable() && !closed
    if (!usable) child.kill()
    const next = queue.shift()
    if (next) next.start(usable ? child : startChild(limits))
    else if (usable) idle.set(child, setTimeout(() => retire(child), idleSeconds * 1000).unref())
  }

  return {
    async run(kind, input) {
      if (closed) throw new Error('the parsers are closed')
      const child = take(kind)
      if (!child && queue.length >= queueLimit) {
        return { ok: false, code: 'busy', retryAfterSeconds: Math.max(1, Math.ceil((usualSeconds * (queue.length + 1)) / size)) }
      }
      const work = async (by: ParserChild) => {
        working.add(by)
        const begin = performance.now()
        try {
          return await by.run(kind, input, secondsFor(kind))
        } finally {
          usualSeconds = usualSeconds * 0.8 + ((performance.now() - begin) / 1000) * 0.2
          giveBack(by)
        }
      }
      if (child) return work(child)
      return new Promise((resolve, reject) => {
        queue.push({ start: (by) => void work(by).then(resolve, reject) })
      })
    },
    load: () => ({ children: [...idle.keys(), ...working].map((child) => child.pid), working: working.size, waiting: queue.length }),
    close() {
      closed = true
      queue.length = 0
      for (const child of [...idle.keys()]) retire(child)
      for (const child of working) child.kill()
    },
  }
}
