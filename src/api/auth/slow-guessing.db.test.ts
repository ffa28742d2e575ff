import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBrowser } from '../door/test-browser.test-kit.ts'
import { openTestDoor, PASSWORD, type TestDoor } from '../door/test-door.test-kit.ts'

let door: TestDoor
beforeAll(async () => {
  door = await openTestDoor()
  await door.person('li.wen', 'staff')
  await door.person('wu.jing', 'staff')
})
afterAll(() => door.close())

describe('guessing', () => {
  it('is slowed over two servers as if they were one, and the owner gets in from a known device', async () => {
    const owner = testBrowser(door.app)
    expect((await owner.signIn('li.wen')).status).toBe(200)
    expect(owner.cookies.has('__Host-laihua-office-device')).toBe(true)

    const other = await door.openServer()
    const thieves = [testBrowser(door.app), testBrowser(other.app)]
    for (const thief of thieves) await thief.session()
    const before = door.identity.hasher.count() + other.identity.hasher.count()
    const statuses: number[] = []
    for (let i = 0; i < 200; i++) {
      const reply = await thieves[i % 2]!.signIn('li.wen', `guess number ${i}`, { address: `203.0.113.${i % 250}` })
      statuses.push(reply.status)
      if (reply.status === 429) expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    }
    const looked = door.identity.hasher.count() + other.identity.hasher.count() - before
    expect(looked).toBe(5)
    expect(statuses.filter((s) => s === 401)).toHaveLength(5)
    expect(statuses.filter((s) => s === 429)).toHaveLength(195)

    // Even the right password waits for a stranger; the owner's own browser does not wait.
    expect((await thieves[0]!.signIn('li.wen', PASSWORD)).status).toBe(429)
    expect((await owner.signIn('li.wen')).status).toBe(200)
  })

  it('waits longer each time, and never for ever', async () => {
    const thief = testBrowser(door.app)
    const waits: number[] = []
    for (let i = 0; i < 18; i++) {
      const reply = await thief.signIn('wu.jing', `guess number ${i}`, { address: `198.51.100.${i}` })
      expect(reply.status).toBe(401)
      const blocked = await thief.signIn('wu.jing', `guess again ${i}`, { address: `198.51.100.${i}` })
      if (blocked.status === 429) {
        waits.push(blocked.json.retryAfterSeconds)
        door.pass(blocked.json.retryAfterSeconds)
      }
    }
    expect(waits.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32])
    expect(Math.max(...waits)).toBe(900)
    door.pass(900)
    expect((await thief.signIn('wu.jing', PASSWORD, { address: '192.0.2.1' })).status).toBe(200)
  })

  it('counts one address over many names', async () => {
    const sprayer = testBrowser(door.app)
    let refused = 0
    for (let i = 0; i < 60; i++)
      if ((await sprayer.signIn(`name.${i}`, 'Summer of herons', { address: '192.0.2.77' })).status === 429) refused++
    expect(refused).toBe(40)
  })

  it('does not slip through by coming all at once', async () => {
    await door.person('ma.lin', 'staff')
    const visitor = testBrowser(door.app)
    await visitor.session()
    const before = door.identity.hasher.count()
    await Promise.all(Array.from({ length: 50 }, (_, i) => visitor.signIn('ma.lin', `guess ${i}`, { address: `198.18.0.${i}` })))
    expect(door.identity.hasher.count() - before).toBe(5)
  })

  it('does not stop the health check', async () => {
    const visitor = testBrowser(door.app)
    await visitor.session()
    const flood = Promise.all(
      Array.from({ length: 50 }, (_, i) => visitor.signIn(`flood.${i}`, 'x'.repeat(20), { address: `198.19.0.${i}` })),
    )
    const started = performance.now()
    expect((await visitor.get('/healthz')).json).toEqual({ healthy: true })
    expect(performance.now() - started).toBeLessThan(2000)
    await flood
  })

  it('is on record by codes alone', async () => {
    const { rows } = await sql<{
      kind: string
      text: string
    }>`select kind, string_agg(e::text, ' ') as text from security_event e group by kind`.execute(door.db)
    expect(rows.map((r) => r.kind)).toEqual(expect.arrayContaining(['signInFailed', 'signInDelayed', 'signedIn']))
    for (const { text } of rows) for (const said of ['li.wen', '203.0.113', 'guess']) expect(text).not.toContain(said)
    const counters = await sql<{ text: string }>`select string_agg(c::text, ' ') as text from limit_counter c`.execute(door.db)
    for (const said of ['li.wen', '203.0.113']) expect(counters.rows[0]!.text).not.toContain(said)
  })

  it('cannot be wiped from the record by the application', async () => {
    await expect(sql`delete from security_event`.execute(door.db)).rejects.toThrow(/permission denied/)
    await expect(sql`update security_event set kind = 'signedIn'`.execute(door.db)).rejects.toThrow(/permission denied/)
  })
})
