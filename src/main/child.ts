import { connect, type Db } from '../db/db.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { inspectElsewhere } from './elsewhere.ts'
import { chooseRunAs } from './embedded/run-as.ts'
import type { Context } from './hooks.ts'
import { type Log, openLog } from './log.ts'
import { PROBLEM_EXIT, Problem } from './problem.ts'

/** What the supervisor tells a child first. Over the channel, because arguments and environment can be read by others (threat OPS-5). */
export type Begin = { type: 'begin'; config: Config; appUrl: string; ownerUrl?: string }
export type ChildMessage = { type: 'ready'; port?: number; says?: string[] } | { type: 'problem'; says: string }

export type Started = { ready?: { port?: number; says?: string[] }; close: () => Promise<void> }
type Run = (context: Context, begin: Begin) => Promise<Started | 'done'>

/**
 * The frame of a process of ours: begins when the supervisor says so (or alone, with DATABASE_URL, for more machines than one), is never root, ends in order
 * on SIGTERM or when the supervisor is gone, and ends at once on a fault that nobody caught, because what it holds may then be wrong.
 */
export async function runAsChild(name: string, run: Run): Promise<void> {
  process.umask(0o077)
  process.title = `laihua ${name}`
  let log: Log | undefined
  const fail = (event: string) => (error: unknown) => {
    if (log) log.error(event, error)
    // Before there is a log nothing of a person can have been read.
    else process.stderr.write(`${name}: ${event}: ${(error as Error)?.stack ?? error}\n`)
    process.exit(1)
  }
  process.on('uncaughtException', fail('uncaughtException'))
  process.on('unhandledRejection', fail('unhandledRejection'))
  try {
    const begin = process.send ? await hear() : await alone()
    log = openLog(begin.config, name)
    const { limits } = begin.config
    const db = connect({
      connectionString: begin.appUrl,
      name: `laihua-${name}`,
      max: name === 'server' ? limits.deskConnections : limits.workerConnections,
      statementSeconds: limits.statementSeconds,
    })
    const started = await run({ config: begin.config, log, db }, begin)
    if (started === 'done') {
      await db.destroy()
      process.exit(0)
    }
    endInOrder(log, started, db, limits.closeSeconds)
    tell({ type: 'ready', ...started.ready })
    log.info('started', { pid: process.pid, ...(started.ready?.port === undefined ? {} : { count: started.ready.port }) })
  } catch (error) {
    if (!(error instanceof Problem || error instanceof ConfigError)) return fail('startFailed')(error)
    if (process.send) tell({ type: 'problem', says: error.message })
    else process.stderr.write(`${error.message}\n`)
    process.exitCode = PROBLEM_EXIT
    process.disconnect?.()
    setTimeout(() => process.exit(PROBLEM_EXIT), 500).unref()
  }
}

export const tell = (message: ChildMessage) => void process.send?.(message)

const hear = () =>
  new Promise<Begin>((resolve) => {
    process.once('disconnect', () => process.exit(0))
    process.once('message', (message) => resolve(message as Begin))
  })

const alone = async (): Promise<Begin> => {
  const config = readConfig(process.env)
  if (config.database.place === 'embedded')
    throw new Problem('Alone, this process needs DATABASE_URL; npm start brings a database of its own.')
  const { appUrl } = await inspectElsewhere({ ...config, kind: 'real' })
  const user = chooseRunAs({ named: config.runAs, folders: [config.dataFolder] })
  if (user) {
    process.setgroups?.([])
    process.setgid?.(user.gid)
    process.setuid?.(user.uid)
  }
  return { type: 'begin', config, appUrl }
}

const endInOrder = (log: Log, started: Started, db: Db, closeSeconds: number) => {
  let ending = false
  const end = (signal: string) => {
    if (ending) return
    ending = true
    log.info('ending', { signal })
    setTimeout(() => {
      log.warn('endedInHaste')
      process.exit(1)
    }, closeSeconds * 1000).unref()
    started
      .close()
      .then(() => db.destroy())
      .then(
        () => process.exit(0),
        (error) => {
          log.error('endFailed', error)
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  // Ctrl-C reaches the whole group; the supervisor then ends its children in their order.
  process.on('SIGINT', () => {
    if (!process.send) end('SIGINT')
  })
  process.on('SIGHUP', () => {})
  process.on('disconnect', () => end('disconnect'))
}
