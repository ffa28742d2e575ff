import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFaults, LONG } from './house-rules.ts'
import { findBreaches, importsOf, isTest, MAY_IMPORT } from './imports.ts'
import { projectFiles } from './project-files.ts'

const files = projectFiles()
const code = files.filter(({ path }) => /^(src|web|test|e2e|bench)\/.*\.tsx?$/.test(path))
const items = [
  ...new Set(files.filter(({ path }) => /^policy\/.*\/items\/.*\.yaml$/.test(path)).map(({ path }) => basename(path, '.yaml'))),
]

describe('the borders between rooms', () => {
  it('are kept by every file', () => {
    expect(code.length).toBeGreaterThan(50)
    expect(code.flatMap(({ path, text }) => findBreaches(path, text))).toEqual([])
  })

  it.each([
    ['src/domain/permit/x.ts', "import { sql } from 'kysely'"],
    ['src/domain/permit/x.ts', "import { readFileSync } from 'node:fs'"],
    ['src/domain/permit/x.ts', "import type { Db } from '../../db/db.ts'"],
    ['src/contract/x.ts', "import type { Tools } from '../service/tools.ts'"],
    ['src/db/x.ts', "import { dayOf } from '../domain/kernel.ts'"],
    ['src/store/x.ts', "export { once } from '../service/once.ts'"],
    ['src/service/x.ts', "import { render } from '../documents/papers/render.ts'"],
    ['src/service/x.ts', "const { mount } = await import('../api/mount.ts')"],
    ['src/service/x.ts', 'const it = await import(name)'],
    ['src/service/x.ts', "import Fastify from 'fastify'"],
    ['src/service/x.ts', "import pg from 'pg'"],
    ['src/documents/x.ts', "import {\n  transaction,\n  type Tx,\n} from '../db/db.ts'"],
    ['src/api/x.ts', "import '../main/config.ts'"],
    ['web/card/x.tsx', "import { Queue } from '../office/queue.tsx'"],
    ['web/office/x.tsx', "import { connect } from '../../src/db/db.ts'"],
    ['src/somewhere/x.ts', "import { a } from './a.ts'"],
  ])('notice a planted breach in %s: %s', (path, text) => {
    expect(findBreaches(path, text)).toHaveLength(1)
  })

  it.each([
    ['src/domain/permit/x.ts', "import { dayOf } from '../kernel.ts'\nimport * as z from 'zod'"],
    ['src/service/x.ts', "// import pg from 'pg'\n/* import '../api/mount.ts' */\nimport { sql } from 'kysely'"],
    ['src/service/x.test.ts', "import { thread } from '../../test/thread.ts'"],
    ['web/office/x.tsx', "import { Page } from '../kit/page.tsx'\nimport { Stage } from '../../src/domain/application/state.ts'"],
    ['src/main/x.ts', "await import(file)\nimport { mount } from '../api/mount.ts'"],
  ])('let pass what the design allows in %s', (path, text) => {
    expect(findBreaches(path, text)).toEqual([])
  })

  it('see every way to import', () => {
    expect(
      importsOf(
        `import a from 'a'\nimport { b,\n c } from "b"\nexport * from 'c'\nimport 'd'\nimport type { E } from 'e'\nawait import('f')`,
      ),
    ).toEqual(['a', 'b', 'c', 'e', 'd', 'f'])
  })
})

describe('the rules of the house', () => {
  it('are kept by every file', () => {
    expect(files.flatMap(({ path, text }) => findFaults(path, text, items))).toEqual([])
  })

  it.each([
    ['src/service/x.ts', "const office = '广州'"],
    ['src/domain/x.ts', "if (jurisdiction.includes('Shenzhen')) {}"],
    ['src/domain/x.ts', "if (item === 'SOME_ITEM') {}"],
    ['src/domain/clock/x.ts', 'const due = addWorkingDays(calendar, from, 5)'],
    ['src/domain/clock/x.ts', 'const period = { workingDays: 10 }'],
    ['src/domain/x.ts', 'a\n'.repeat(401)],
    ['src/service/utils.ts', 'export {}'],
    ['src/service/x.test.ts', `it${'.only'}('works', () => {})`],
    ['docs/x.md', `see /${'wo'}rk/main`],
  ])('notice a planted fault in %s', (path, text) => {
    expect(findFaults(path, text, ['SOME_ITEM'])).toHaveLength(1)
  })

  it('let pass the legal time zone, comments that give a source, and tests that name places', () => {
    expect(findFaults('src/domain/x.ts', "const zone = 'Asia/Shanghai' // Shenzhen differs\nconst said = '北京时间'\n", [])).toEqual([])
    expect(findFaults('src/domain/x.test.ts', "const office = '广州'", [])).toEqual([])
  })

  it('allow no file over 200 lines without a reason at its top', () => {
    const long = code.filter(
      ({ path, text }) => /^(src|web)\//.test(path) && !isTest(path) && text.split('\n').length - 1 > LONG && !/generated/.test(path),
    )
    expect(
      long
        .filter(({ text }) => !/Longer than 200 lines/i.test(text.slice(0, 600)))
        .map(({ path, text }) => `${path} ${text.split('\n').length - 1}`),
    ).toEqual([])
  })
})

describe('every room', () => {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => /^(src|web)\//.test(room))
  const used = rooms.filter((room) => code.some(({ path }) => path.startsWith(`${room}/`)))

  it('has a README of at most ten lines', () => {
    const readme = (room: string) => files.find(({ path }) => path === `${room}/README.md`)?.text
    expect(used.filter((room) => readme(room) === undefined)).toEqual([])
    const rooms = files.filter(({ path }) => /^(src|web)\/.*README\.md$/.test(path))
    expect(rooms.filter(({ text }) => text.trimEnd().split('\n').length > 10).map(({ path }) => path)).toEqual([])
  })

  it('of code is one of the design', () => {
    const there = ['src', 'web'].flatMap((top) =>
      existsSync(top)
        ? readdirSync(top, { withFileTypes: true })
            .filter((d) => d.isDirectory())
            .map((d) => `${top}/${d.name}`)
        : [],
    )
    expect(there.filter((room) => !rooms.includes(room) && room !== 'web/public')).toEqual([])
  })

  it('has tests', () => {
    const untested = used.filter((room) => room.startsWith('src/') && !code.some(({ path }) => path.startsWith(`${room}/`) && isTest(path)))
    expect(untested.filter((room) => room !== 'src/contract')).toEqual([])
  })
})
