import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connect, type Db } from '../src/db/db.ts'

export type TestDatabase = { db: Db; ownerDb: Db; url: string; drop: () => Promise<void> }
const at = (url: string, database: string) => url.replace(/\/[^/]*$/, `/${database}`)

/** A database of its own for one test file, cloned from the migrated template and opened with the application's rights. */
export async function testDatabase(): Promise<TestDatabase> {
  const ownerUrl = inject('ownerUrl')
  const name = `t_${randomBytes(6).toString('hex')}`
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await admin(`create database ${name} template template_laihua strategy wal_log`)
  const url = at(inject('appUrl'), name)
  const db = connect({ connectionString: url, max: 10 })
  const ownerDb = connect({ connectionString: at(ownerUrl, name), max: 2 })
  return {
    db, ownerDb, url,
    drop: async () => {
      await db.destroy()
      await ownerDb.destroy()
      await admin(`drop database ${name} with (force)`)
    },
  }
}
