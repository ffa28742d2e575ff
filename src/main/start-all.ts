import { buildPages } from './build-pages.ts'
import type { Begin } from './child.ts'
import { type Config, readConfig } from './config.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import { prepareFolders } from './folders.ts'
import { bringUpToDate } from './migrate.ts'
import { freeOrProblem } from './port.ts'
import { takeFolder } from './run-file.ts'
import { type ChildOptions, runOnce, type Supervised, supervise } from './supervise.ts'

type Say = (sentence: string) => void

/**
 * Starts database, pages, worker and server in that order and watches over them; ends them the other way round on SIGINT, SIGTERM, SIGHUP, or when the
 * process that started us is gone. Resolves when all is up. Throws `Problem` or `ConfigError`, and then nothing of it runs on.
 */
export async function startAll(env: Readonly<Record<string, string | undefined>>, say: Say): Promise<void> {
  const began = performance.now()
  const config = readConfig(env)
  process.title = 'laihua'
  const { runAs, serveAs, warnings } = prepareFolders(config)
  const graceMs = config.limits.closeSeconds * 1000 + 2000
  const record = await takeFolder(config.dataFolder, graceMs)
  const running: { letEnd?: () => void; restart?: () => void; stop: () => Promise<void> | void }[] = [{ stop: record.remove }]
  const stopAll = once(async () => {
    for (const part of running) part.letEnd?.()
    for (const part of running.reverse()) await part.stop()
  })
  endOnSignal(stopAll, say)
  try {
    await freeOrProblem(config.host, config.port, 'LAIHUA_PORT')
    await freeOrProblem('127.0.0.1', config.healthPort, 'LAIHUA_HEALTH_PORT')
    const pages = buildPages(() => say('Building the pages …'))
    pages.catch(() => {})
    const database = await openDatabase(config, runAs)
    const holder = watchDatabase(config, runAs, database, say, () => {
      for (const part of running) part.restart?.()
    })
    running.push(holder)
    const { applied } = await bringUpToDate(config, database)
    if (applied.length > 0) say(`Database ready (${applied.length} migrations).`)
    const begin = (): Begin => ({ type: 'begin', config: withoutSecrets(config), appUrl: holder.now().appUrl })
    const child = (name: string, file: ChildOptions['file']): ChildOptions => ({
      name,
      file,
      begin,
      runAs: serveAs,
      graceMs,
      onPid: (pid) => record.setChild(name, pid),
      onFall: (why, delay) => say(`The ${name} ended (${why}) and is started again in ${delay / 1000} s.`),
    })
    const withOwner = () => ({ ...begin(), ...(database.owner ? { ownerUrl: database.owner.url } : {}) })
    const prepared = await runOnce({ ...child('preparation', 'prepare.ts'), begin: withOwner })
    await pages
    const workers = Array.from({ length: config.workers }, (_, i) =>
      supervise(child(config.workers === 1 ? 'worker' : `worker ${i + 1}`, 'worker.ts')),
    )
    const server = supervise(child('server', 'server.ts'))
    const children = await Promise.allSettled([...workers, server])
    for (const c of children) if (c.status === 'fulfilled') running.push(c.value)
    const failed = children.find((c) => c.status === 'rejected')
    if (failed) throw failed.reason
    const address = addressOf(config, await server)
    record.setAddress(address)
    for (const sentence of [...warnings, ...database.warnings]) say(`Note: ${sentence}`)
    for (const sentence of prepared.says ?? []) say(sentence)
    say(`Laihua is ready at ${address} (${config.kind}, ${((performance.now() - began) / 1000).toFixed(1)} s). Ctrl-C ends it.`)
  } catch (error) {
    await stopAll()
    throw error
  }
}

const withoutSecrets = (config: Config): Config => ({ ...config, database: { place: 'embedded' } })

const addressOf = (config: Config, { ready }: Supervised) =>
  config.port === 0 ? config.publicOrigin.replace(/:0$/, `:${ready.port}`) : config.publicOrigin

const once = <T>(work: () => Promise<T>) => {
  let under: Promise<T> | undefined
  return () => {
    under ??= work()
    return under
  }
}

const endOnSignal = (stopAll: () => Promise<void>, say: Say) => {
  let told = false
  const end = () => {
    if (told) return
    told = true
    say('Ending …')
    stopAll().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  if (process.send) process.on('disconnect', end)
}

/** Starts the embedded database again when it is gone without our doing; on the old port if it can, so that connections find it by themselves. */
const watchDatabase = (config: Config, runAs: Parameters<typeof openDatabase>[1], first: OpenDatabase, say: Say, onMove: () => void) => {
  let now = first
  let stopped = false
  const follow = () =>
    now.onLoss(async () => {
      if (stopped) return
      say('The database ended and is started again.')
      try {
        const port = Number(new URL(now.appUrl).port)
        now = await openDatabase(config, runAs, port)
        if (stopped) return now.stop()
        if (Number(new URL(now.appUrl).port) !== port) onMove()
        follow()
      } catch (error) {
        say((error as Error).message)
        process.kill(process.pid, 'SIGTERM')
      }
    })
  follow()
  return {
    now: () => now,
    stop: () => {
      stopped = true
      now.stop()
    },
  }
}
