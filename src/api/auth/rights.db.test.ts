import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { disableAccount } from '../../identity/accounts.ts'
import { stillMay } from '../../identity/actor.ts'
import { transaction } from '../../identity/in-transaction.ts'
import { addMembership, endMembership } from '../../identity/memberships.ts'
import { testBrowser } from '../door/test-browser.test-kit.ts'
import { openTestDoor, type TestDoor } from '../door/test-door.test-kit.ts'
import { route } from '../route.ts'

let door: TestDoor
const [east, west] = [uuidv7(), uuidv7()]
const act = route({
  method: 'POST',
  path: '/api/office/act',
  audience: 'office',
  scope: 'office',
  roles: ['reviewer', 'supervisor'],
  purpose: 'none',
  limit: 'write',
  stepUp: false,
  summary: { zh: '行事', en: 'Act' },
  body: z.strictObject({ n: z.int() }),
  reply: z.object({ role: z.string(), office: z.string(), acted: z.boolean() }),
  problems: ['invalidInput'],
  async handle({ actor, tools, at }, { body }) {
    if (!actor) throw new Error('no actor')
    const acted = await transaction(tools.db, async (tx) => {
      if (!(await stillMay(tx, actor, at))) return false
      // The outage table stands in for a log: one row an act, in order of commit.
      await sql`insert into outage (from_at, until_at, source) values (${at}, clock_timestamp(), ${`act ${body.n}`})`.execute(tx)
      return true
    })
    return { role: actor.role, office: actor.officeId ?? '', acted }
  },
})
const admin = route({
  method: 'GET',
  path: '/api/admin/thing',
  audience: 'admin',
  scope: 'account',
  roles: ['administrator'],
  purpose: 'none',
  limit: 'read',
  stepUp: false,
  summary: { zh: '管理', en: 'Administer' },
  reply: z.object({ seen: z.boolean() }),
  problems: [],
  handle: () => ({ seen: true }),
})
const grave = route({
  method: 'POST',
  path: '/api/office/grave',
  audience: 'office',
  scope: 'office',
  roles: ['reviewer'],
  purpose: 'none',
  limit: 'write',
  stepUp: true,
  summary: { zh: '要事', en: 'A grave act' },
  reply: z.object({ done: z.boolean() }),
  problems: ['stepUpNeeded'],
  handle: () => ({ done: true }),
})
beforeAll(async () => {
  door = await openTestDoor({ routes: [act, admin, grave] })
  for (const [id, code] of [
    [east, 'E'],
    [west, 'W'],
  ])
    await sql`insert into office (id, code, name_zh, name_en, jurisdiction) values (${id}, ${code}, ${code}, ${code}, 'test-land')`.execute(
      door.database.ownerDb,
    )
})
afterAll(() => door.close())
const asked = () => ({ ...door.asked(), by: uuidv7() })

describe('rights', () => {
  it('end between two requests when the account is disabled', async () => {
    const id = await door.person('hu.an', 'staff', [{ role: 'reviewer', officeId: east }])
    const hu = testBrowser(door.app)
    await hu.signIn('hu.an')
    expect((await hu.post('/api/office/act', { n: 1 })).json).toEqual({ role: 'reviewer', office: east, acted: true })
    await transaction(door.db, (tx) => disableAccount(tx, id, asked()))
    expect((await hu.post('/api/office/act', { n: 2 })).status).toBe(401)
    await hu.session()
    expect((await hu.signIn('hu.an')).json.code).toBe('signInWrong')
  })

  it('leave no act after the disabling, in a race of 100', async () => {
    const id = await door.person('race', 'staff', [{ role: 'reviewer', officeId: east }])
    const runner = testBrowser(door.app)
    await runner.signIn('race')
    await sql`delete from outage`.execute(door.database.ownerDb)
    const acts = Array.from({ length: 100 }, (_, n) => runner.post('/api/office/act', { n }))
    const disabling = new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
      transaction(door.db, async (tx) => {
        await disableAccount(tx, id, asked())
        const { rows } = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(tx)
        return rows[0]!.at
      }),
    )
    const [replies, at] = [await Promise.all(acts), await disabling]
    const after = await sql`select 1 from outage where until_at > ${at}::timestamptz`.execute(door.db)
    expect(after.rows).toHaveLength(0)
    expect(new Set(replies.map((r) => r.status === 401 || r.status === 200))).toEqual(new Set([true]))
    const { rows } = await sql<{ n: number }>`select count(*) as n from outage`.execute(door.db)
    expect(rows[0]!.n).toBe(replies.filter((r) => r.json.acted === true).length)
  })

  it('follow the unit that is named, and a foreign unit answers like an absent one', async () => {
    await door.person('two.desks', 'staff', [
      { role: 'supervisor', officeId: west },
      { role: 'reviewer', officeId: east },
    ])
    const both = testBrowser(door.app)
    await both.signIn('two.desks')
    expect((await both.post('/api/office/act', { n: 1 })).json).toMatchObject({ role: 'reviewer', office: east })
    expect((await both.post('/api/office/act', { n: 1 }, { headers: { 'x-laihua-unit': west } })).json).toMatchObject({
      role: 'supervisor',
      office: west,
    })
    const foreign = await both.post('/api/office/act', { n: 1 }, { headers: { 'x-laihua-unit': uuidv7() } })
    expect([foreign.status, foreign.json.code]).toEqual([404, 'notFound'])
  })

  it('of another role are refused, and administration is not even there', async () => {
    await door.person('clerk', 'staff', [{ role: 'windowClerk', officeId: east }])
    const clerk = testBrowser(door.app)
    await clerk.signIn('clerk')
    const refused = await clerk.post('/api/office/act', { n: 1 })
    expect([refused.status, refused.json.code]).toEqual([403, 'roleNotAllowed'])
    expect((await clerk.get('/api/admin/thing')).json.code).toBe('notFound')
    const { rows } = await sql`select 1 from security_event where kind = 'roleRefused' and code = 'roleNotAllowed'`.execute(door.db)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('end with a role, and a new role needs a new session', async () => {
    const id = await door.person('changer', 'staff')
    const changer = testBrowser(door.app)
    await changer.signIn('changer')
    const given = await transaction(door.db, (tx) => addMembership(tx, { accountId: id, role: 'reviewer', officeId: east }, asked()))
    expect((await changer.post('/api/office/act', { n: 1 })).status).toBe(401)
    await changer.session()
    await changer.signIn('changer')
    expect((await changer.post('/api/office/act', { n: 1 })).status).toBe(200)
    await transaction(door.db, (tx) => endMembership(tx, given.ok ? given.value.membershipId : '', asked()))
    expect((await changer.post('/api/office/act', { n: 1 })).status).toBe(401)
  })

  it('exclude each other by person, over two accounts', async () => {
    const person = uuidv7()
    await door.person('first.account', 'staff', [{ role: 'administrator' }], person)
    await expect(door.person('second.account', 'staff', [{ role: 'reviewer', officeId: east }], person)).rejects.toThrow('rolesExclude')
    await expect(door.person('third.account', 'staff', [{ role: 'auditor' }], person)).rejects.toThrow('rolesExclude')
  })

  it('ask for a fresh proof before a grave act', async () => {
    await door.person('grave', 'staff', [{ role: 'reviewer', officeId: east }])
    const grave = testBrowser(door.app)
    await grave.signIn('grave')
    door.pass(301)
    const refused = await grave.post('/api/office/grave')
    expect([refused.status, refused.json.code]).toEqual([403, 'stepUpNeeded'])
    expect((await grave.post('/api/office/step-up', { kind: 'password', password: 'not this one, sorry' })).json.code).toBe('proofWrong')
    expect((await grave.post('/api/office/grave')).status).toBe(403)
    const { PASSWORD } = await import('../door/test-door.test-kit.ts')
    expect((await grave.post('/api/office/step-up', { kind: 'password', password: PASSWORD })).status).toBe(200)
    expect((await grave.post('/api/office/grave')).json).toEqual({ done: true })
    door.pass(301)
    expect((await grave.post('/api/office/grave')).status).toBe(403)
  })
})
