import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMasterKey, dropOlderMasterKeys, ensureMasterKeyFile, MasterKeyError, parseMasterKeys, readMasterKeyFile } from './master-key.ts'

const key = Buffer.alloc(32, 7).toString('base64url')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laihua-key-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('master keys', () => {
  it('are read from lines or from one line with commas, oldest first', () => {
    expect(parseMasterKeys(`# made 2026\n2 ${key}\n1 ${key}\n`).map((k) => k.version)).toEqual([1, 2])
    expect(parseMasterKeys(`1:${key},3:${key}`).map((k) => k.version)).toEqual([1, 3])
  })

  it.each([
    ['', 'empty'],
    ['# only a remark', 'empty'],
    ['one two', 'notALine'],
    ['1 a\0b', 'notALine'],
    [`0 ${key}`, 'badVersion'],
    ['1 c2hvcnQ', 'badLength'],
    [`1 ${key}x${key}`, 'badLength'],
    [`1 ${key}\n1 ${key}`, 'versionTwice'],
    ['__proto__ constructor', 'notALine'],
  ])('refuse %j with the code %s', (text, code) => {
    expect(() => parseMasterKeys(text)).toThrow(expect.objectContaining({ code }))
  })

  it('show no byte of themselves in errors or when printed', () => {
    const secret = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ'
    let told = ''
    try {
      parseMasterKeys(`1 ${secret}`)
    } catch (error) {
      told = inspect(error)
    }
    expect(told).toContain('badLength')
    expect(told).not.toContain(secret)
    expect(inspect(parseMasterKeys(`1 ${key}`), { depth: 9 })).not.toContain(key)
    expect(JSON.stringify(parseMasterKeys(`1 ${key}`))).not.toContain(key)
  })

  it('are made once, even by two processes at the same moment, and readable by their owner alone', async () => {
    const path = join(folder, 'master.key')
    const made = await Promise.all([ensureMasterKeyFile(path), ensureMasterKeyFile(path), ensureMasterKeyFile(path)])
    const bytes = made.map((keys) => keys[0]!.key.export().toString('hex'))
    expect(new Set(bytes).size).toBe(1)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('are not read from a file that others may read', async () => {
    const path = join(folder, 'open.key')
    await writeFile(path, `1 ${key}\n`)
    await chmod(path, 0o644)
    await expect(readMasterKeyFile(path)).rejects.toThrow(expect.objectContaining({ code: 'readableByOthers' }))
    await expect(readMasterKeyFile(path)).rejects.toBeInstanceOf(MasterKeyError)
  })

  it('rotate by a new version beside the old one, which is dropped later', async () => {
    const path = join(folder, 'rotated.key')
    const [first] = await ensureMasterKeyFile(path)
    const both = await addMasterKey(path)
    expect(both.map((k) => k.version)).toEqual([1, 2])
    expect(both[0]!.key.equals(first!.key)).toBe(true)
    const newest = await dropOlderMasterKeys(path)
    expect(newest.map((k) => k.version)).toEqual([2])
    expect(newest[0]!.key.equals(both[1]!.key)).toBe(true)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(path, 'utf8')).not.toContain(first!.key.export().toString('base64url'))
  })
})
