import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type OtherPostgres, packagedVersions, startOther } from '../../test/other-postgres.ts'
import { dataFolder, startService } from '../../test/service.ts'

const REAL = { LAIHUA_KIND: 'real', LAIHUA_ORIGIN: 'https://permits.example' }
const run = async (url: string, ...statements: string[]) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** The embedded version and whatever older ones the machine's packages brought. */
describe.each(['embedded', ...packagedVersions()])('a PostgreSQL of one’s own (%s)', (version) => {
  let other: OtherPostgres | undefined
  let url: (user: string, password: string, database: string) => string
  let admin: (database: string) => string
  const place = dataFolder()
  beforeAll(async () => {
    if (version === 'embedded') {
      const given = new URL(inject('ownerUrl'))
      url = (user, password, database) => `postgres://${user}:${password}@${given.host}/${database}`
      admin = (database) => url(given.username, given.password, database)
    } else {
      other = await startOther(version)
      url = other.url
      admin = (database) => url('admin', 'admin', database)
    }
    await run(
      admin('postgres'),
      `create role permits_owner login createrole password 'owner'`,
      `create role permits_web login password 'web'`,
      `create database permits owner permits_owner template template0 encoding 'UTF8'`,
      `create database permits_demo owner permits_owner template template0 encoding 'UTF8'`,
      `create database permits_latin owner permits_owner template template0 encoding 'LATIN1' locale 'C'`,
    )
    if (version === 'embedded') await run(admin('postgres'), 'grant laihua_app to permits_owner with admin option')
  })
  afterAll(async () => {
    if (version === 'embedded')
      await run(
        admin('postgres'),
        ...['permits', 'permits_demo', 'permits_latin'].map((name) => `drop database ${name} with (force)`),
        'drop role permits_web',
        'drop role permits_owner',
      )
    other?.stop()
    place.remove()
  })
  const refusal = (settings: Record<string, string>) =>
    startService(place.settings(settings)).then(
      () => 'started',
      (error: Error) => error.message,
    )

  it('serves a real service: the owner migrates, the application signs in as a user of its own and owns nothing', async () => {
    const settings = {
      ...REAL,
      DATABASE_OWNER_URL: url('permits_owner', 'owner', 'permits'),
      DATABASE_URL: url('permits_web', 'web', 'permits'),
    }
    const first = await startService(place.settings(settings))
    expect(await first.end()).toBe(0)
    expect(await run(settings.DATABASE_URL, 'select kind from instance')).toEqual([{ kind: 'real' }])
    await expect(run(settings.DATABASE_URL, "insert into instance (kind) values ('demo')")).rejects.toMatchObject({ code: '42501' })
    const second = await startService(place.settings(settings))
    expect(await second.end()).toBe(0)
    const { DATABASE_OWNER_URL: _, ...alone } = settings
    const withoutOwner = await startService(place.settings(alone))
    expect(await withoutOwner.end()).toBe(0)
  })

  it('serves no real service through its owner', async () => {
    expect(await refusal({ ...REAL, DATABASE_URL: url('permits_owner', 'owner', 'permits') })).toMatch(
      /who may change logs and tables\. Put that address into DATABASE_OWNER_URL/,
    )
    const both = url('permits_owner', 'owner', 'permits')
    expect(await refusal({ ...REAL, DATABASE_URL: both, DATABASE_OWNER_URL: both })).toMatch(/name the same user/)
  })

  it('that was never migrated, or that cannot be used, is told in one sentence', async () => {
    await run(admin('permits_demo'), 'grant connect on database permits_demo to permits_web')
    expect(await refusal({ DATABASE_URL: url('permits_web', 'web', 'permits_demo') })).toMatch(
      /^The database is empty: set DATABASE_OWNER_URL/,
    )
    expect(await refusal({ DATABASE_URL: url('permits_web', 'wrong', 'permits') })).toMatch(
      /refuses the user or password in DATABASE_URL: correct them\.$/,
    )
    expect(await refusal({ DATABASE_URL: url('permits_web', 'web', 'absent') })).toMatch(/^There is no database absent at/)
    expect(await refusal({ DATABASE_URL: url('permits_owner', 'owner', 'permits_latin') })).toMatch(
      /has the encoding LATIN1: create one with encoding UTF8/,
    )
    expect(await refusal({ DATABASE_URL: url('permits_web', 'web', 'permits') })).toMatch(/was born real and stays so/)
  })
})

describe.each(packagedVersions())('a demo on PostgreSQL %s', (version) => {
  it('needs its owner’s address only, and still runs without the owner’s rights', async () => {
    const other = await startOther(version)
    const place = dataFolder()
    try {
      await run(
        other.url('admin', 'admin', 'postgres'),
        "create role o login createrole password 'o'",
        "create database demo owner o template template0 encoding 'UTF8'",
      )
      for (let round = 0; round < 2; round++) {
        const service = await startService(place.settings({ DATABASE_URL: other.url('o', 'o', 'demo') }))
        const rows = await run(
          other.url('admin', 'admin', 'demo'),
          "select distinct usename from pg_stat_activity where application_name in ('laihua-server', 'laihua-public')",
        )
        expect(rows).toEqual([{ usename: 'laihua_app' }])
        expect(await service.end()).toBe(0)
      }
    } finally {
      other.stop()
      place.remove()
    }
  })
})
