import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { migrate } from './migrate.ts'

let at: TestDatabase
let folder: string
beforeEach(async () => {
  at = await testDatabase()
  await sql`drop table migration`.execute(at.ownerDb)
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await at.drop()
})
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const run = () => migrate({ ownerUrl: at.ownerUrl, folder, app: undefined })
const names = async () =>
  (await sql<{ name: string }>`select name from migration order by name`.execute(at.ownerDb)).rows.map((r) => r.name)

describe('migrations', () => {
  it('run in their order, once, and a later one alone', async () => {
    write('0002_second.sql', 'insert into trial values (2);')
    write('0001_first.sql', 'create table trial (n int); grant select on trial to laihua_app;')
    expect(await run()).toEqual({ applied: ['0001_first.sql', '0002_second.sql'], already: 0 })
    write('0003_third.sql', 'insert into trial values (3);')
    expect(await run()).toEqual({ applied: ['0003_third.sql'], already: 2 })
    expect(await run()).toEqual({ applied: [], already: 3 })
    expect((await sql<{ n: number }>`select n from trial order by n`.execute(at.db)).rows).toEqual([{ n: 2 }, { n: 3 }])
  })

  it('are run by one runner when two start at once', async () => {
    write('0001_slow.sql', 'create table slow (n int); select pg_sleep(0.3); insert into slow values (1);')
    const both = await Promise.all([run(), run()])
    expect(both.map((b) => b.applied.length).sort()).toEqual([0, 1])
  })

  it('leave nothing of a file that fails, keep those before it, and name its line', async () => {
    write('0001_good.sql', 'create table good (n int);')
    write('0002_bad.sql', 'create table half (n int);\n\nselect nonsense;')
    await expect(run()).rejects.toThrow(/0002_bad.sql, line 3 failed and left nothing behind: column "nonsense"/)
    expect(await names()).toEqual(['0001_good.sql'])
    expect((await sql<{ v: string | null }>`select to_regclass('half')::text as v`.execute(at.ownerDb)).rows[0]?.v).toBeNull()
    write('0002_bad.sql', 'create table half (n int);')
    expect((await run()).applied).toEqual(['0002_bad.sql'])
  })

  it('refuse a file that was changed after it was applied, but not for its line ends', async () => {
    write('0001_first.sql', 'select 1;\nselect 2;\n')
    await run()
    write('0001_first.sql', 'select 1;\r\nselect 2;\r\n')
    await run()
    write('0001_first.sql', 'select 3;\n')
    await expect(run()).rejects.toThrow('The migration 0001_first.sql was changed after it was applied')
  })

  it('refuse a database that is newer than the program, and a file that comes too late', async () => {
    write('0002_second.sql', 'select 2;')
    await run()
    write('0001_late.sql', 'select 1;')
    await expect(run()).rejects.toThrow('0001_late.sql comes before 0002_second.sql')
    rmSync(join(folder, '0001_late.sql'))
    rmSync(join(folder, '0002_second.sql'))
    await expect(run()).rejects.toThrow('older than its database')
  })

  it('refuse odd names and a number used twice', async () => {
    write('1_first.sql', 'select 1;')
    await expect(run()).rejects.toThrow('1_first.sql needs a name like')
    rmSync(join(folder, '1_first.sql'))
    write('0001_one.sql', 'select 1;')
    write('0001_two.sql', 'select 1;')
    await expect(run()).rejects.toThrow('Two migrations have the number 0001')
  })
})

describe('the job library', () => {
  it('can be used by the application, which cannot alter its tables', async () => {
    const { PgBoss } = await import('pg-boss')
    const boss = new PgBoss({ connectionString: at.url, migrate: false, createSchema: false, supervise: false, schedule: false })
    boss.on('error', () => {})
    await boss.start()
    await boss.createQueue('trial', { retryLimit: 2 })
    const id = await boss.send('trial', { id: 'x' })
    const [job] = await boss.fetch<{ id: string }>('trial')
    expect(job).toMatchObject({ id, data: { id: 'x' } })
    await boss.complete('trial', job!.id)
    await boss.stop({ graceful: false })
    await expect(sql`alter table pgboss.job add column x int`.execute(at.db)).rejects.toMatchObject({ code: '42501' })
  })
})
