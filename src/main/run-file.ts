import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Problem } from './problem.ts'
import { endProcess, identityOf, isAlive } from './process-identity.ts'

const Identity = z.object({ pid: z.int(), startedAt: z.string() })
const RunFile = z.object({ supervisor: Identity, children: z.record(z.string(), Identity), address: z.string().optional() })
type RunFile = z.infer<typeof RunFile>

/** Who runs on a data folder: `run/laihua.json` with the supervisor and its children. */
export type RunRecord = {
  setChild: (name: string, pid: number | undefined) => void
  setAddress: (address: string) => void
  /** The supervisor ends in order: nobody runs here any more. */
  remove: () => void
}

const fileOf = (dataFolder: string) => join(dataFolder, 'run', 'laihua.json')

/** What runs on a data folder now, if its supervisor lives. */
export function findRunning(dataFolder: string): RunFile | undefined {
  const file = readRunFile(dataFolder)
  return file && isAlive(file.supervisor) ? file : undefined
}

const readRunFile = (dataFolder: string): RunFile | undefined => {
  try {
    const read = RunFile.safeParse(JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/**
 * Takes a data folder for this process. A living supervisor there is a `Problem`; children that outlived a killed one are ended first, within `graceMs`.
 */
export async function takeFolder(dataFolder: string, graceMs: number): Promise<RunRecord> {
  const before = readRunFile(dataFolder)
  if (before && isAlive(before.supervisor) && before.supervisor.pid !== process.pid)
    throw new Problem(
      `Laihua runs already on ${dataFolder}${before.address ? ` at ${before.address}` : ''} (process ${before.supervisor.pid}): use it, stop it, or name another folder in LAIHUA_DATA.`,
    )
  await Promise.all(Object.values(before?.children ?? {}).map((child) => endProcess(child, graceMs)))
  const now: RunFile = { supervisor: identityOf(process.pid)!, children: {} }
  const write = () => {
    mkdirSync(join(dataFolder, 'run'), { recursive: true })
    writeFileSync(`${fileOf(dataFolder)}.new`, `${JSON.stringify(now)}\n`, { mode: 0o600 })
    renameSync(`${fileOf(dataFolder)}.new`, fileOf(dataFolder))
  }
  write()
  return {
    setChild: (name, pid) => {
      const identity = pid === undefined ? undefined : identityOf(pid)
      if (identity) now.children[name] = identity
      else delete now.children[name]
      write()
    },
    setAddress: (address) => {
      now.address = address
      write()
    },
    remove: () => rmSync(fileOf(dataFolder), { force: true }),
  }
}
