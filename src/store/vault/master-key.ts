import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A master key wraps data keys and nothing else. A key object does not show its bytes when it is printed. */
export type MasterKey = { version: number; key: KeyObject }

export type MasterKeyFault = 'empty' | 'notALine' | 'badVersion' | 'badLength' | 'versionTwice' | 'readableByOthers'
/** Says what is wrong with the key material and where, never the material (threat OPS-5). */
export class MasterKeyError extends Error {
  readonly code: MasterKeyFault
  constructor(code: MasterKeyFault, where: string) {
    super(`master key: ${code} (${where})`)
    this.code = code
  }
}

/** Reads lines `version key`, the key being 32 bytes in base64url; commas do instead of line ends, for an environment variable. */
export function parseMasterKeys(text: string): MasterKey[] {
  const lines = text
    .split(/[\n,]/)
    .map((l) => l.trim())
    .filter((l) => l !== '' && !l.startsWith('#'))
  if (lines.length === 0) throw new MasterKeyError('empty', 'no key')
  const keys = lines.map((line, i) => {
    const parts = /^(\d{1,9})[ :]+([A-Za-z0-9_-]+)$/.exec(line)
    if (!parts) throw new MasterKeyError('notALine', `entry ${i + 1}`)
    const version = Number(parts[1])
    if (version < 1) throw new MasterKeyError('badVersion', `entry ${i + 1}`)
    const bytes = Buffer.from(parts[2]!, 'base64url')
    if (bytes.length !== 32) throw new MasterKeyError('badLength', `entry ${i + 1}`)
    return { version, key: createSecretKey(bytes) }
  })
  if (new Set(keys.map((k) => k.version)).size !== keys.length) throw new MasterKeyError('versionTwice', `${keys.length} entries`)
  return keys.sort((a, b) => a.version - b.version)
}

/** Reads the key file; one that others may read is refused, because it is then no secret. */
export async function readMasterKeyFile(path: string): Promise<MasterKey[]> {
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new MasterKeyError('readableByOthers', `${path} must have mode 0600`)
  return parseMasterKeys(await readFile(path, 'utf8'))
}

/** Makes the file with a first key where there is none; of two makers at once one wins and both read its key. */
export async function ensureMasterKeyFile(path: string): Promise<MasterKey[]> {
  try {
    await writeFile(path, line(1), { flag: 'wx', mode: 0o600, flush: true })
    await syncFolder(dirname(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readMasterKeyFile(path)
}

/** Adds a new version; older ones stay until `rewrapAll` has left none behind, then `dropMasterKeys` takes them out. */
export async function addMasterKey(path: string): Promise<MasterKey[]> {
  const known = await readMasterKeyFile(path)
  const text = await readFile(path, 'utf8')
  await replace(path, `${text.trimEnd()}\n${line(known[known.length - 1]!.version + 1)}`)
  return readMasterKeyFile(path)
}

/** Leaves only the newest version in the file. Data keys and backups wrapped under the others cannot be opened any more. */
export async function dropOlderMasterKeys(path: string): Promise<MasterKey[]> {
  const known = await readMasterKeyFile(path)
  const newest = known[known.length - 1]!
  await replace(path, `${newest.version} ${newest.key.export().toString('base64url')}\n`)
  return readMasterKeyFile(path)
}

const line = (version: number) => `${version} ${randomBytes(32).toString('base64url')}\n`
const replace = async (path: string, text: string) => {
  const next = `${path}.next`
  await writeFile(next, text, { mode: 0o600, flush: true })
  await chmod(next, 0o600)
  await rename(next, path)
  await syncFolder(dirname(path))
}
/** A new name is safe only when the folder that holds it is on the disk. */
const syncFolder = async (folder: string) => {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
