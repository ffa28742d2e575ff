import { randomBytes } from 'node:crypto'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BlobError, type BlobStore, checkAddress, verified } from './blob-store.ts'

const SPOOL = 'incoming'
const HOUR = 3_600_000

/**
 * Files in a folder: `ab/cd/abcd…`. Written under a temporary name, flushed, renamed, and the folder flushed, so that a power cut
 * leaves the whole file or none. Left-over temporary files are cleared when the store opens.
 */
export async function openFolderStore(root: string): Promise<BlobStore> {
  await mkdir(join(root, SPOOL), { recursive: true, mode: 0o700 })
  await clearSpool(join(root, SPOOL))
  const folderOf = (address: string) => join(root, address.slice(0, 2), address.slice(2, 4))
  const pathOf = (address: string) => join(folderOf(address), checkAddress(address))
  const has = async (address: string) =>
    access(pathOf(address)).then(
      () => true,
      () => false,
    )
  return {
    has,
    async put(address, content, bytes) {
      const path = pathOf(address)
      const spool = join(root, SPOOL, randomBytes(16).toString('hex'))
      try {
        const file = await open(spool, 'wx', 0o600)
        try {
          for await (const piece of verified(address, content, bytes)) await file.writeFile(piece)
          await file.sync()
        } finally {
          await file.close()
        }
        await makeFolder(root, folderOf(address))
        await rename(spool, path)
        await syncFolder(folderOf(address))
      } catch (error) {
        await rm(spool, { force: true })
        throw error instanceof BlobError ? error : new BlobError('storeFailed', address, error)
      }
    },
    async *get(address) {
      const file = await open(pathOf(address)).catch((error: NodeJS.ErrnoException) => {
        throw new BlobError(error.code === 'ENOENT' ? 'missing' : 'storeFailed', address, error)
      })
      try {
        // The stream closes the file at its end; closing again is no fault, and a reader who leaves early closes it here.
        for await (const piece of file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) yield piece as Uint8Array
      } finally {
        await file.close()
      }
    },
    async remove(address) {
      await rm(pathOf(address), { force: true })
    },
  }
}

/** A new folder is safe only when the one that holds it is on the disk. */
const makeFolder = async (root: string, folder: string) => {
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) === undefined) return
  await syncFolder(dirname(folder))
  await syncFolder(root)
}
const syncFolder = async (folder: string) => {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
/** Temporary files of processes that died; an hour is longer than any write. */
const clearSpool = async (folder: string) => {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const info = await stat(path).catch(() => undefined)
    if (info && Date.now() - info.mtimeMs > HOUR) await rm(path, { force: true })
  }
}
