import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disableAccount } from '../../identity/accounts.ts'
import { transaction } from '../../identity/in-transaction.ts'
import { testBrowser } from '../door/test-browser.test-kit.ts'
import { openTestDoor, PASSWORD, type TestDoor } from '../door/test-door.test-kit.ts'

let door: TestDoor
let officer: string
beforeAll(async () => {
  door = await openTestDoor()
  officer = await door.person('li.wen', 'staff', [{ role: 'auditor' }])
  await door.person('chen.hao', 'handler')
})
afterAll(() => door.close())
const office = () => testBrowser(door.app, 'office')

describe('sign-in', () => {
  it('opens a session and tells who is there', async () => {
    const li = office()
    expect((await li.session()).json).toMatchObject({ signedIn: false, demo: true })
    expect((await li.signIn('Li.Wen')).json).toMatchObject({ state: 'open' })
    expect((await li.session()).json).toMatchObject({
      signedIn: true,
      accountId: officer,
      name: 'li.wen',
      roles: [{ role: 'auditor' }],
      level: 'password',
    })
  })

  it('gives the cookie its prefix and attributes', async () => {
    const li = office()
    const reply = await li.signIn('li.wen')
    const cookie = [reply.headers['set-cookie']].flat().find((c) => String(c).startsWith('__Host-laihua-office='))
    expect(cookie).toMatch(/^__Host-laihua-office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  })

  it('never adopts a planted id', async () => {
    const li = office()
    const planted = 'A'.repeat(43)
    li.cookies.set('__Host-laihua-office', planted)
    await li.session()
    await li.signIn('li.wen')
    expect(li.cookies.get('__Host-laihua-office')).not.toBe(planted)
    const thief = office()
    thief.cookies.set('__Host-laihua-office', planted)
    expect((await thief.session()).json.signedIn).toBe(false)
  })

  it('keeps no usable id in the database', async () => {
    const li = office()
    await li.signIn('li.wen')
    const token = li.cookies.get('__Host-laihua-office')!
    const { rows } = await sql<{ all: string }>`select coalesce(string_agg(s::text, ' '), '') as all from web_session s`.execute(door.db)
    expect(rows[0]!.all).not.toContain(token)
    expect(rows[0]!.all).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
  })

  it('ends with sign-out: the old id is worth nothing', async () => {
    const li = office()
    await li.signIn('li.wen')
    const old = li.cookies.get('__Host-laihua-office')!
    expect((await li.post('/api/office/sign-out')).status).toBe(200)
    expect(li.cookies.has('__Host-laihua-office')).toBe(false)
    const thief = office()
    thief.cookies.set('__Host-laihua-office', old)
    expect((await thief.get('/api/office/passkeys')).status).toBe(401)
  })

  it('changes the id at step-up; the old one gets 401', async () => {
    const li = office()
    await li.signIn('li.wen')
    const old = li.cookies.get('__Host-laihua-office')!
    const before = li.token()
    expect((await li.post('/api/office/step-up', { kind: 'password', password: PASSWORD })).status).toBe(200)
    expect(li.cookies.get('__Host-laihua-office')).not.toBe(old)
    expect(li.token()).not.toBe(before)
    const thief = office()
    thief.cookies.set('__Host-laihua-office', old)
    expect((await thief.get('/api/office/passkeys')).status).toBe(401)
    expect((await li.get('/api/office/passkeys')).status).toBe(200)
  })

  it('is worth nothing on another surface', async () => {
    const li = office()
    await li.signIn('li.wen')
    const elsewhere = testBrowser(door.app, 'employer')
    elsewhere.cookies.set('__Host-laihua-employer', li.cookies.get('__Host-laihua-office')!)
    expect((await elsewhere.get('/api/employer/passkeys')).status).toBe(401)
    expect((await elsewhere.signIn('li.wen')).json.code).toBe('signInWrong')
  })

  it('answers known and unknown, wrong and disabled alike, after the same hashing', async () => {
    const gone = await door.person('gone', 'staff')
    await transaction(door.db, (tx) => disableAccount(tx, gone, { ...door.asked(), by: officer }))
    const seen = new Set<string>()
    for (let i = 0; i < 20; i++) {
      const visitor = office()
      for (const login of ['li.wen', `nobody.${i}`, ...(i === 0 ? ['gone'] : [])]) {
        door.pass(2000)
        const before = door.identity.hasher.count()
        const reply = await visitor.signIn(login, 'not the password at all')
        expect(door.identity.hasher.count() - before).toBe(1)
        const { reference, ...same } = reply.json
        expect(reference).toMatch(/^[0-9a-f-]{36}$/)
        const { date: _date, ...headers } = reply.headers
        seen.add(JSON.stringify([reply.status, same, headers]))
      }
    }
    expect(seen.size).toBe(1)
  })

  it('idle time and absolute time end a session', async () => {
    // The wrong tries of the test before made this address wait.
    door.pass(2000)
    const li = office()
    await li.signIn('li.wen')
    for (let i = 0; i < 3; i++) {
      door.pass(14 * 60)
      expect((await li.get('/api/office/passkeys')).status).toBe(200)
    }
    door.pass(16 * 60)
    expect((await li.get('/api/office/passkeys')).status).toBe(401)
    await li.session()
    await li.signIn('li.wen')
    for (let i = 0; i < 12 * 6 - 1; i++) {
      door.pass(600)
      expect((await li.get('/api/office/passkeys')).status).toBe(200)
    }
    door.pass(601)
    expect((await li.get('/api/office/passkeys')).status).toBe(401)
  })
})
