import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { type Config, ConfigError, PROJECT } from './config.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import { findNative } from './embedded/binaries.ts'
import { chooseRunAs } from './embedded/run-as.ts'
import { isCurrent } from './migrate.ts'
import { freeOrProblem } from './port.ts'
import { findRunning } from './run-file.ts'

export type Finding = { state: 'ok' | 'note' | 'wrong'; says: string }
const GIB = 1024 ** 3

/** Looks at everything a start needs, one finding each, and changes nothing. A failure of one look is its finding; the others go on. */
export async function examine(read: () => Config): Promise<Finding[]> {
  const findings: Finding[] = [...machine()]
  let config: Config
  try {
    config = read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [...findings, ...error.faults.map(({ setting, says }): Finding => ({ state: 'wrong', says: `${setting} ${says}` }))]
  }
  findings.push({ state: 'ok', says: `The settings fit together (${config.kind}, ${config.host}:${config.port}).` })
  const looks = [disk, keys, tls, programs, pages, ports, database]
  for (const look of looks) {
    try {
      findings.push(...(await look(config)))
    } catch (error) {
      findings.push({ state: 'wrong', says: (error as Error).message })
    }
  }
  return findings
}

const machine = (): Finding[] => [
  Number(process.versions.node.split('.')[0]) >= 24
    ? { state: 'ok', says: `Node ${process.versions.node} on ${process.platform} ${process.arch}.` }
    : { state: 'wrong', says: `Node ${process.versions.node} is too old: start with npm run, which brings Node 24.` },
  totalmem() >= 2 * GIB
    ? { state: 'ok', says: `${(totalmem() / GIB).toFixed(1)} GiB of memory.` }
    : { state: 'note', says: `${(totalmem() / GIB).toFixed(1)} GiB of memory is little: 2 GiB are needed with the face check.` },
]

const disk = ({ dataFolder }: Config): Finding[] => {
  const there = nearest(dataFolder)
  const { bavail, bsize } = statfsSync(there)
  const free = bavail * bsize
  const writable =
    spawnSync(process.execPath, ['-e', `require('fs').accessSync(${JSON.stringify(there)}, 2)`], { stdio: 'ignore' }).status === 0
  return [
    free > 2 * GIB
      ? { state: 'ok', says: `${(free / GIB).toFixed(0)} GiB free for ${dataFolder}.` }
      : {
          state: free > 0.3 * GIB ? 'note' : 'wrong',
          says: `Only ${(free / GIB).toFixed(2)} GiB free for ${dataFolder}: free some space.`,
        },
    writable
      ? { state: 'ok', says: `${dataFolder} can be written.` }
      : { state: 'wrong', says: `${dataFolder} cannot be written: give it to this user, or name another folder in LAIHUA_DATA.` },
  ]
}

const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)))

const keys = (config: Config): Finding[] => {
  const { masterKeyFile: file, dataFolder, kind } = config
  const findings: Finding[] = []
  if (!existsSync(file))
    findings.push({ state: kind === 'real' ? 'note' : 'ok', says: `The master key ${file} is made at the first start.` })
  else if ((statSync(file).mode & 0o077) !== 0) findings.push({ state: 'wrong', says: `Others can read the master key: chmod 600 ${file}` })
  else findings.push({ state: 'ok', says: 'Only its owner can read the master key.' })
  if (kind === 'real' && file.startsWith(dataFolder))
    findings.push({
      state: 'note',
      says: 'The master key lies on the data volume: whoever takes the disk can read it. Name another place in LAIHUA_MASTER_KEY_FILE.',
    })
  return findings
}

const tls = ({ tls: files }: Config): Finding[] =>
  Object.values(files ?? {}).map((file) => {
    if (!existsSync(file)) return { state: 'wrong', says: `${file} is not there.` }
    return readFileSync(file, 'utf8').includes('-----BEGIN')
      ? { state: 'ok', says: `${file} is PEM.` }
      : { state: 'wrong', says: `${file} is not PEM.` }
  })

const programs = ({ database: place, runAs, dataFolder }: Config): Finding[] => {
  if (place.place === 'elsewhere') return []
  const user = chooseRunAs({ named: runAs, folders: [dataFolder, PROJECT] })
  return [{ state: 'ok', says: `Embedded PostgreSQL ${findNative().version.split('-')[0]}${user ? `, run as ${user.user}` : ''}.` }]
}

const pages = (): Finding[] => [
  existsSync(join(PROJECT, 'dist', '.sources'))
    ? { state: 'ok', says: 'The pages are built.' }
    : { state: 'note', says: 'The pages are built at the next start.' },
]

const ports = async (config: Config): Promise<Finding[]> => {
  const running = findRunning(config.dataFolder)
  if (running)
    return [{ state: 'ok', says: `Laihua runs${running.address ? ` at ${running.address}` : ''} (process ${running.supervisor.pid}).` }]
  await freeOrProblem(config.host, config.port, 'LAIHUA_PORT')
  await freeOrProblem('127.0.0.1', config.healthPort, 'LAIHUA_HEALTH_PORT')
  return [{ state: 'ok', says: `Port ${config.port} is free.` }]
}

const database = async (config: Config): Promise<Finding[]> => {
  if (config.database.place === 'embedded' && !findRunning(config.dataFolder))
    return [{ state: 'note', says: 'The embedded database does not run; npm start starts it.' }]
  const open: OpenDatabase = await openDatabase(config, chooseRunAs({ named: config.runAs, folders: [config.dataFolder, PROJECT] }))
  try {
    return [
      ...open.warnings.map((says): Finding => ({ state: 'note', says })),
      (await isCurrent(open))
        ? { state: 'ok', says: 'The database answers and is of the version of this program.' }
        : { state: 'note', says: 'The database answers but lacks migrations: npm start or npm run laihua -- migrate applies them.' },
    ]
  } finally {
    open.leave()
  }
}
