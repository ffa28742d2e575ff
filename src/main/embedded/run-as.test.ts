import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { canPass, chooseRunAs } from './run-as.ts'

const root = { user: 'root', uid: 0, gid: 0 }
const nobody = { user: 'nobody', uid: 65_534, gid: 65_534 }
const postgres = { user: 'postgres', uid: 101, gid: 104 }
const folder = mkdtempSync(join(tmpdir(), 'run-as-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('whom to become', () => {
  it('is nobody else for an ordinary user', () => {
    expect(chooseRunAs({ named: 'postgres', folders: [] }, 1000, [root, postgres])).toBeUndefined()
    expect(chooseRunAs({ folders: [] }, 501, [])).toBeUndefined()
  })

  it('is for root the one that is named, and never root or one that is not there', () => {
    expect(chooseRunAs({ named: 'nobody', folders: [] }, 0, [root, postgres, nobody])).toEqual(nobody)
    expect(() => chooseRunAs({ named: 'root', folders: [] }, 0, [root])).toThrow('LAIHUA_RUN_AS')
    expect(() => chooseRunAs({ named: 'ghost', folders: [] }, 0, [root])).toThrow('LAIHUA_RUN_AS')
  })

  it('is for root the owner of the folder if that is an ordinary user, else a system account', () => {
    const owner = { user: 'li', uid: statSync(folder).uid, gid: 7 }
    const expected = owner.uid === 0 ? postgres : owner
    expect(chooseRunAs({ folders: [join(folder, 'absent'), folder] }, 0, [root, nobody, postgres, owner])).toEqual(expected)
    expect(chooseRunAs({ folders: [] }, 0, [root, nobody])).toEqual(nobody)
    expect(() => chooseRunAs({ folders: [] }, 0, [root])).toThrow('ordinary user')
  })
})

it('a folder can be entered or not, as tried', () => {
  expect(canPass(folder, undefined)).toBe(true)
  expect(canPass(join(folder, 'absent'), undefined)).toBe(false)
  if (process.getuid?.() === 0) expect(canPass(folder, nobody)).toBe(false)
})
