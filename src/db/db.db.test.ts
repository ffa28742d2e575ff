import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { withDatabase } from '../../test/database.ts'
import { connect, transaction } from './db.ts'

const at = withDatabase()
const one = async <T>(text: ReturnType<typeof sql<{ v: T }>>) => (await text.execute(at.db)).rows[0]?.v

describe('what comes out of the database', () => {
  it('keeps a day as it is written, alone and in a list', async () => {
    expect(await one(sql`select date '2024-12-01' as v`)).toBe('2024-12-01')
    expect(await one(sql`select array[date '2024-12-01', null] as v`)).toEqual(['2024-12-01', null])
  })

  it('gives instants in UTC whatever zone they were written in', async () => {
    expect(await one(sql`select timestamptz '2024-12-01 07:30:00.123+08' as v`)).toBe('2024-11-30T23:30:00.123Z')
    expect(await one(sql`select array[timestamptz '2024-12-01 07:30+08'] as v`)).toEqual(['2024-11-30T23:30:00.000Z'])
    expect(await one(sql`select timestamptz 'infinity' as v`)).toBe('infinity')
  })

  it('gives a bigint as a number and never a wrong one', async () => {
    expect(await one(sql`select count(*) as v from generate_series(1, 3)`)).toBe(3)
    expect(await one(sql`select array[1::bigint, 2] as v`)).toEqual([1, 2])
    await expect(one(sql`select 9007199254740993::bigint as v`)).rejects.toThrow(/too large/)
  })

  it('binds what it is given and never reads it as a statement', async () => {
    for (const text of ["'; drop table instance; --", '{"__proto__":1}', 'х'.repeat(100_000), '工作许可'])
      expect(await one(sql<{ v: string }>`select ${text}::text as v`)).toBe(text)
    await expect(one(sql`select ${'a\0b'}::text as v`)).rejects.toMatchObject({ code: '22021' })
  })
})

describe('a statement', () => {
  it('is planned once a connection under a name', async () => {
    await at.db.connection().execute(async (db) => {
      for (const n of [1, 2, 3]) await sql`select ${n}::int + 41 as planned`.execute(db)
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from pg_prepared_statements where statement like '%41 as planned%'`.execute(db)
      expect(rows[0]?.n).toBe(1)
    })
  })

  it('is stopped when it takes too long', async () => {
    const db = connect({ connectionString: at.url, max: 1, statementSeconds: 0.2 })
    await expect(sql`select pg_sleep(5)`.execute(db)).rejects.toMatchObject({ code: '57014' })
    await db.destroy()
  })
})

describe('a transaction', () => {
  it('writes all or nothing', async () => {
    await expect(
      transaction(at.db, async (tx) => {
        await sql`insert into outage (from_at, source) values (now(), 'half')`.execute(tx)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await one(sql`select count(*) as v from outage where source = 'half'`)).toBe(0)
  })

  it('is tried again after a deadlock, and both sides get through', async () => {
    await sql`insert into outage (from_at, source) values (now(), 'a'), (now(), 'b')`.execute(at.db)
    let rounds = 0
    const touch = (first: string, second: string) =>
      transaction(at.db, async (tx) => {
        rounds++
        await sql`update outage set until_at = now() + interval '1 day' where source = ${first}`.execute(tx)
        await sql`select pg_sleep(0.2)`.execute(tx)
        await sql`update outage set until_at = now() + interval '1 day' where source = ${second}`.execute(tx)
      })
    await Promise.all([touch('a', 'b'), touch('b', 'a')])
    expect(rounds).toBe(3)
  })

  it('tries no more often than it is told, and lets every other error through at once', async () => {
    let rounds = 0
    const clash = () =>
      transaction(
        at.db,
        async (tx) => {
          rounds++
          await sql`do $$ begin raise exception 'clash' using errcode = '40001'; end $$`.execute(tx)
        },
        2,
      )
    await expect(clash()).rejects.toMatchObject({ code: '40001' })
    expect(rounds).toBe(2)
    await expect(transaction(at.db, (tx) => sql`select 1/0`.execute(tx))).rejects.toMatchObject({ code: '22012' })
  })

  it('survives the loss of its connection: the error is told and the next one works', async () => {
    const lost = transaction(at.db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(at.ownerDb)
      await sql`select 1`.execute(tx)
    })
    await expect(lost).rejects.toThrow()
    expect(await one(sql`select 1 as v`)).toBe(1)
  })
})

describe('the application', () => {
  it('cannot change what kind of database it runs on, and neither can the owner', async () => {
    await expect(sql`update instance set kind = 'real'`.execute(at.db)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`insert into instance (kind) values ('real')`.execute(at.db)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`update instance set kind = 'real'`.execute(at.ownerDb)).rejects.toThrow('born demo')
    await expect(sql`delete from instance`.execute(at.ownerDb)).rejects.toThrow('born demo')
  })

  it('owns nothing and may create nothing', async () => {
    await expect(sql`create table mine (id int)`.execute(at.db)).rejects.toMatchObject({ code: '42501' })
    expect(await one(sql`select count(*) as v from pg_class where pg_get_userbyid(relowner) = 'laihua_app'`)).toBe(0)
  })
})
