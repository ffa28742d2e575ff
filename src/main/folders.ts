import { accessSync, chmodSync, chownSync, constants, mkdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, PROJECT } from './config.ts'
import { canPass, chooseRunAs, type RunAs } from './embedded/run-as.ts'
import { fromFileError, Problem } from './problem.ts'

/** Under this an embedded database may not even start; well before it, uploads are refused. */
const LEAST_FREE_BYTES = 300 * 1024 ** 2

export type Folders = {
  /** Whom PostgreSQL runs as when we are root. */
  runAs: RunAs | undefined
  /** Whom server and worker run as: the same user, unless it cannot read the program. */
  serveAs: RunAs | undefined
  /** What an operator should know but need not settle now. */
  warnings: string[]
}

/** Makes the folders of an installation, gives them to the user who will work in them, and looks at the disk. Throws `Problem`. */
export function prepareFolders(config: Config): Folders {
  const runAs = chooseRunAs({ named: config.runAs, folders: [config.dataFolder, PROJECT] })
  const warnings: string[] = []
  let serveAs = runAs
  try {
    mkdirSync(config.dataFolder, { recursive: true, mode: 0o711 })
    const closed = runAs && [PROJECT, join(PROJECT, 'node_modules'), config.dataFolder].find((folder) => !canPass(folder, runAs))
    if (closed) {
      const sentence = `${runAs.user} cannot enter ${closed}, so that the service would run as root`
      if (config.kind === 'real') throw new Problem(`${sentence}: move it to where all may enter, or start Laihua as an ordinary user.`)
      warnings.push(`${sentence}. That is no harm in a demo on this machine; a real service refuses it.`)
      serveAs = undefined
    }
    for (const name of ['run', 'keys', 'log', 'blobs']) {
      const folder = join(config.dataFolder, name)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (serveAs) chownSync(folder, serveAs.uid, serveAs.gid)
    }
    if (serveAs && statSync(config.dataFolder).uid === 0) {
      chownSync(config.dataFolder, serveAs.uid, serveAs.gid)
      chmodSync(config.dataFolder, 0o711)
    }
    accessSync(config.dataFolder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw error instanceof Problem ? error : fromFileError(error, config.dataFolder)
  }
  const { bavail, bsize } = statfsSync(config.dataFolder)
  if (bavail * bsize < LEAST_FREE_BYTES)
    throw new Problem(
      `The disk of ${config.dataFolder} has less than ${LEAST_FREE_BYTES / 1024 ** 2} MB left: free some space and start again. Nothing was lost.`,
    )
  if (config.kind === 'real' && config.masterKeyFile.startsWith(config.dataFolder))
    warnings.push(
      'The master key lies on the data volume: whoever takes the disk can read it. Name another place in LAIHUA_MASTER_KEY_FILE.',
    )
  return { runAs, serveAs, warnings }
}
