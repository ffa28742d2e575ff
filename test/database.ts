import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { connect, type Db } from '../src/db/db.ts'
import { TEMPLATE } from './cluster.ts'

export type TestDatabase = {
  /** With the application's rights. */
  db: Db
  /** As the owner, for what the application may not do. */
  ownerDb: Db
  url: string
  ownerUrl: string
  drop: () => Promise<void>
}

const at = (url: string, database: string) => url.replace(/\/[^/]*$/, `/${database}`)

const asOwner = async (statement: string) => {
  const client = new pg.Client({ connectionString: inject('ownerUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A database of its own, cloned from the migrated template in about 30 ms, born `demo` unless said otherwise. Drop it afterwards. */
export async function testDatabase(kind: 'demo' | 'real' = 'demo'): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`
  await asOwner(`create database ${name} template ${TEMPLATE} strategy wal_log`)
  const [url, ownerUrl] = [at(inject('appUrl'), name), at(inject('ownerUrl'), name)]
  const [db, ownerDb] = [connect({ connectionString: url, max: 10 }), connect({ connectionString: ownerUrl, max: 2 })]
  const born = new pg.Client({ connectionString: ownerUrl })
  await born.connect()
  await born.query('insert into instance (kind) values ($1)', [kind])
  await born.end()
  return {
    db,
    ownerDb,
    url,
    ownerUrl,
    drop: async () => {
      await db.destroy()
      await ownerDb.destroy()
      await asOwner(`drop database ${name} with (force)`)
    },
  }
}

/** A database for the tests of one `describe` or file: made before the first, dropped after the last. Read its fields inside tests only. */
export function withDatabase(kind: 'demo' | 'real' = 'demo'): Omit<TestDatabase, 'drop'> {
  let made: TestDatabase | undefined
  beforeAll(async () => {
    made = await testDatabase(kind)
  })
  afterAll(() => made?.drop())
  const get = () => {
    if (!made) throw new Error('the test database is there inside tests and hooks only')
    return made
  }
  return {
    get db() {
      return get().db
    },
    get ownerDb() {
      return get().ownerDb
    },
    get url() {
      return get().url
    },
    get ownerUrl() {
      return get().ownerUrl
    },
  }
}
