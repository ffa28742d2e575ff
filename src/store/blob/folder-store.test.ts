import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BlobError, type BlobStore, type Bytes } from './blob-store.ts'
import { openFolderStore } from './folder-store.ts'

const addressOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
async function* of(...pieces: Buffer[]): Bytes {
  yield* pieces
}
const read = async (content: Bytes) => {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}
const listAll = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
let parent: string
let root: string
let store: BlobStore
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'laihua-blobs-'))
  root = join(parent, 'files')
  store = await openFolderStore(root)
})
afterAll(() => rm(parent, { recursive: true }))

describe('the folder of files', () => {
  const file = Buffer.from('sealed bytes, as far as the folder knows')
  const address = addressOf(file)

  it('keeps a file under its digest and gives it back', async () => {
    expect(await store.has(address)).toBe(false)
    await store.put(address, of(file.subarray(0, 5), file.subarray(5)), file.length)
    expect(await store.has(address)).toBe(true)
    expect((await read(store.get(address))).equals(file)).toBe(true)
    const path = join(root, address.slice(0, 2), address.slice(2, 4), address)
    expect((await readFile(path)).equals(file)).toBe(true)
    expect((await stat(path)).mode & 0o077).toBe(0)
  })

  it('may be asked the same twice', async () => {
    await store.put(address, of(file), file.length)
    await Promise.all([1, 2, 3].map(() => store.put(address, of(file), file.length)))
    await store.remove(address)
    await store.remove(address)
    expect(await store.has(address)).toBe(false)
    await expect(read(store.get(address))).rejects.toMatchObject({ code: 'missing' })
  })

  it('refuses content that is not what the address says, and leaves nothing behind', async () => {
    const before = await listAll(root)
    for (const wrong of [of(Buffer.from('other')), of(file, file), of(file.subarray(1)), of()])
      await expect(store.put(address, wrong, file.length)).rejects.toMatchObject({ code: 'otherContent' })
    async function* broken(): Bytes {
      yield file.subarray(0, 5)
      throw new Error('the line broke')
    }
    await expect(store.put(address, broken(), file.length)).rejects.toMatchObject({ code: 'storeFailed' })
    expect(await listAll(root)).toEqual(before)
  })

  it.each(['../../etc/passwd', '..', '', 'a\0b', 'ABCDEF'.repeat(10), `${'a'.repeat(63)}/`, 'con', '/etc/passwd', `${'a'.repeat(64)}\n`])(
    'takes no path from outside: %j',
    async (trick) => {
      const before = await listAll(parent)
      for (const ask of [
        () => store.has(trick),
        () => store.remove(trick),
        () => store.put(trick, of(file), file.length),
        () => read(store.get(trick)),
      ])
        await expect(ask()).rejects.toMatchObject({ code: 'badAddress' })
      expect(await listAll(parent)).toEqual(before)
      expect(new BlobError('badAddress', trick).message).not.toMatch(/\.\.|[\0\n]/)
    },
  )

  it('clears half-written files of processes that died, but none that is being written', async () => {
    const [old, fresh] = [join(root, 'incoming', 'old'), join(root, 'incoming', 'fresh')]
    await writeFile(old, 'x')
    await writeFile(fresh, 'x')
    const hoursAgo = new Date(Date.now() - 5 * 3_600_000)
    await utimes(old, hoursAgo, hoursAgo)
    await openFolderStore(root)
    expect(await readdir(join(root, 'incoming'))).toEqual(['fresh'])
  })

  it.runIf(process.platform === 'linux')('closes the file when a reader leaves early', async () => {
    const big = Buffer.alloc(2_000_000, 1)
    await store.put(addressOf(big), of(big), big.length)
    const before = (await readdir('/proc/self/fd')).length
    for (let i = 0; i < 50; i++) for await (const piece of store.get(addressOf(big))) if (piece.length > 0) break
    expect((await readdir('/proc/self/fd')).length).toBeLessThan(before + 10)
  })
})
