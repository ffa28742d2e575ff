import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const ROOT = resolve(import.meta.dirname, '..')
type Settings = Record<string, string>

export type StartedService = {
  address: string
  pid: number
  /** What it said on the terminal so far. */
  said: () => string
  milliseconds: number
  /** Ends it in order, as Ctrl-C does; tells the exit code. */
  end: () => Promise<number | null>
  kill: (signal: NodeJS.Signals) => void
  ended: Promise<number | null>
}

/** A data folder for a service of its own; `remove` when all that used it has ended. */
export function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'laihua-data-'))
  // As root, the service becomes another user, who has to come here.
  chmodSync(folder, 0o755)
  return {
    folder,
    running: () =>
      JSON.parse(readFileSync(join(folder, 'data', 'run', 'laihua.json'), 'utf8')) as { children: Record<string, { pid: number }> },
    settings: (more: Settings = {}): Settings => ({ LAIHUA_DATA: join(folder, 'data'), LAIHUA_PORT: '0', ...more }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Settings of the one who runs the tests do not count. */
const clean = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^LAIHUA_|^DATABASE_|^VITEST|^NODE_ENV$/.test(name)))

/** Starts the whole service as `npm start` does and waits for its address. Rejects with all it said when it ends before. */
export async function startService(settings: Settings): Promise<StartedService> {
  const began = performance.now()
  const child = spawn(process.execPath, ['src/main/start.ts'], {
    cwd: ROOT,
    env: { ...clean(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk
    })
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  let over = false
  void ended.then(() => {
    over = true
  })
  for (;;) {
    const address = /ready at (\S+)/.exec(text)?.[1]
    if (address)
      return {
        address,
        pid: child.pid!,
        said: () => text,
        milliseconds: performance.now() - began,
        end: () => {
          child.kill('SIGINT')
          return ended
        },
        kill: (signal) => void child.kill(signal),
        ended,
      }
    if (over) throw new Error(text.trim())
    await wait(20)
  }
}
