import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoPerson } from '../../identity/demo-sign-in.ts'
import { issueFirstAdministratorCode } from '../../identity/first-administrator.ts'
import { transaction } from '../../identity/in-transaction.ts'
import { issueReset } from '../../identity/reset.ts'
import { softAuthenticator } from '../../identity/soft-authenticator.ts'
import { testBrowser } from '../door/test-browser.test-kit.ts'
import { ORIGIN, openTestDoor, PASSWORD, type TestDoor } from '../door/test-door.test-kit.ts'

const RP = { rpId: 'permits.example.cn', origin: ORIGIN }
let door: TestDoor
beforeAll(async () => {
  door = await openTestDoor({ kind: 'real' })
})
afterAll(() => door.close())
const codeOf = (secret: string, at: string) =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: Date.parse(at) })
const office = () => testBrowser(door.app, 'office')
const enrolTotp = async (browser: ReturnType<typeof office>) => {
  const offer = (await browser.post('/api/office/totp')).json
  const reply = await browser.post('/api/office/totp/confirm', { code: codeOf(offer.secret, door.clock.at) })
  return { secret: offer.secret as string, reply }
}
const enrolPasskey = async (browser: ReturnType<typeof office>) => {
  const device = softAuthenticator(RP)
  const asked = (await browser.post('/api/office/passkeys/challenge', { use: 'enrol' })).json
  const reply = await browser.post('/api/office/passkeys', {
    challengeId: asked.challengeId,
    label: 'Desk',
    response: device.enrol(asked.options.challenge),
  })
  return { device, reply }
}

describe('in real service', () => {
  it('no role is active before a second factor is enrolled, and enrolling opens the session under a new id', async () => {
    await door.person('new.officer', 'staff', [{ role: 'auditor' }])
    const officer = office()
    expect((await officer.signIn('new.officer')).json).toMatchObject({ state: 'needsEnrolment', factors: [] })
    expect((await officer.session()).json).toMatchObject({ signedIn: true, state: 'needsEnrolment', roles: [] })
    expect((await officer.get('/api/office/passkeys')).json.code).toBe('secondFactorNeeded')
    expect(officer.cookies.has('__Host-laihua-office-device')).toBe(false)
    const half = officer.cookies.get('__Host-laihua-office')
    const { reply } = await enrolTotp(officer)
    expect(reply.json).toMatchObject({ state: 'open' })
    expect(officer.cookies.get('__Host-laihua-office')).not.toBe(half)
    expect((await officer.session()).json).toMatchObject({
      state: 'open',
      level: 'twoFactor',
      roles: [{ role: 'auditor' }],
      factors: ['totp'],
      stepUp: ['totp'],
    })
  })

  it('one-time codes pass once, a step beside at most, and guesses are slowed', async () => {
    await door.person('totp.officer', 'staff')
    const officer = office()
    await officer.signIn('totp.officer')
    const { secret } = await enrolTotp(officer)
    const again = office()
    expect((await again.signIn('totp.officer')).json).toMatchObject({ state: 'needsFactor', factors: ['totp'] })
    const used = await again.post('/api/office/second-factor', { kind: 'totp', code: codeOf(secret, door.clock.at) })
    expect(used.json.code).toBe('proofWrong')
    door.pass(60)
    expect(
      (
        await again.post('/api/office/second-factor', {
          kind: 'totp',
          code: codeOf(secret, new Date(Date.parse(door.clock.at) - 90_000).toISOString()),
        })
      ).json.code,
    ).toBe('proofWrong')
    const code = codeOf(secret, door.clock.at)
    expect((await again.post('/api/office/second-factor', { kind: 'totp', code })).json).toMatchObject({ state: 'open' })
    const replay = office()
    await replay.signIn('totp.officer')
    expect((await replay.post('/api/office/second-factor', { kind: 'totp', code })).json.code).toBe('proofWrong')
    const statuses: number[] = []
    for (let i = 0; i < 20; i++)
      statuses.push((await replay.post('/api/office/second-factor', { kind: 'totp', code: String(100_000 + i) })).status)
    expect(statuses.filter((s) => s === 429).length).toBeGreaterThanOrEqual(15)
    const { rows } = await sql<{
      text: string
    }>`select string_agg(encode(sealed, 'escape') || encode(sealed, 'hex'), ' ') as text from totp_factor`.execute(door.db)
    expect(rows[0]!.text).not.toContain(secret)
  })

  it('a half-open session can neither enrol over a factor nor step up', async () => {
    const half = office()
    await half.signIn('new.officer')
    expect((await half.post('/api/office/totp')).json.code).toBe('stepUpNeeded')
    expect((await half.post('/api/office/passkeys/challenge', { use: 'enrol' })).json.code).toBe('stepUpNeeded')
    expect((await half.post('/api/office/step-up', { kind: 'password', password: PASSWORD })).json.code).toBe('secondFactorNeeded')
  })

  it('a passkey enrols, signs in alone, steps up, and its challenge is good once, for its use and its session', async () => {
    await door.person('passkey.officer', 'staff')
    const officer = office()
    await officer.signIn('passkey.officer')
    const { device, reply } = await enrolPasskey(officer)
    expect(reply.json).toMatchObject({ state: 'open' })
    expect((await officer.session()).json).toMatchObject({ level: 'passkey', factors: ['passkey'], stepUp: ['passkey'] })

    const next = office()
    await next.session()
    const asked = (await next.post('/api/office/passkeys/challenge', { use: 'signIn' })).json
    expect(asked.options.allowCredentials ?? []).toEqual([])
    const shown = { challengeId: asked.challengeId, response: device.show(asked.options.challenge) }
    expect((await next.post('/api/office/passkeys/sign-in', shown)).json).toMatchObject({ state: 'open' })
    const replay = office()
    await replay.session()
    expect((await replay.post('/api/office/passkeys/sign-in', shown)).json.code).toBe('challengeNotValid')

    const step = (await next.post('/api/office/passkeys/challenge', { use: 'stepUp' })).json
    const forStep = { kind: 'passkey', challengeId: step.challengeId, response: device.show(step.options.challenge) }
    expect((await officer.post('/api/office/step-up', forStep)).json.code).toBe('challengeNotValid')
    expect((await next.post('/api/office/step-up', forStep)).status).toBe(200)
    expect((await next.post('/api/office/step-up', { kind: 'password', password: PASSWORD })).json.code).toBe('factorNotSet')
  })

  it('a passkey from a foreign page, without user verification, or with a counter going back is refused', async () => {
    await door.person('careful.officer', 'staff')
    const officer = office()
    await officer.signIn('careful.officer')
    const lazy = softAuthenticator({ ...RP, verified: false })
    const asked = (await officer.post('/api/office/passkeys/challenge', { use: 'enrol' })).json
    expect(
      (
        await officer.post('/api/office/passkeys', {
          challengeId: asked.challengeId,
          label: 'x',
          response: lazy.enrol(asked.options.challenge),
        })
      ).json.code,
    ).toBe('proofWrong')
    const { device } = await enrolPasskey(officer)
    const tryOne = async (show: (challenge: string) => unknown) => {
      const visitor = office()
      await visitor.session()
      const { challengeId, options } = (await visitor.post('/api/office/passkeys/challenge', { use: 'signIn' })).json
      return (await visitor.post('/api/office/passkeys/sign-in', { challengeId, response: show(options.challenge) })).json
    }
    expect((await tryOne((c) => device.show(c, 'https://evil.example'))).code).toBe('signInWrong')
    expect((await tryOne((c) => device.show(c))).state).toBe('open')
    device.rewind()
    expect((await tryOne((c) => device.show(c))).code).toBe('signInWrong')
    expect((await tryOne(() => ({ id: '__proto__' })))?.code).toBe('signInWrong')
    expect((await tryOne(() => ({})))?.code).toBe('signInWrong')
  })

  it('the last factor stays, and a further one may be removed after a fresh proof', async () => {
    await door.person('two.factors', 'staff')
    const officer = office()
    await officer.signIn('two.factors')
    const { device } = await enrolPasskey(officer)
    expect((await officer.ask('DELETE', `/api/office/passkeys/${device.id}`)).json.code).toBe('lastFactor')
    expect((await enrolTotp(officer)).reply.status).toBe(200)
    door.pass(301)
    expect((await officer.ask('DELETE', `/api/office/passkeys/${device.id}`)).json.code).toBe('stepUpNeeded')
  })

  it('a reset code works once, for its account and ten minutes; the factor is still asked', async () => {
    const id = await door.person('forgetful', 'staff')
    const officer = office()
    await officer.signIn('forgetful')
    await enrolTotp(officer)
    const issue = () => transaction(door.db, (tx) => issueReset(tx, id, { ...door.asked(), by: id }))
    const stranger = office()
    await stranger.session()
    const use = (code: string, password = 'four slow rivers in spring') => stranger.post('/api/office/password/reset', { code, password })
    const [older, newer] = [await issue(), await issue()]
    expect((await use(older.code)).json.code).toBe('tokenNotValid')
    const elsewhere = testBrowser(door.app, 'employer')
    await elsewhere.session()
    expect((await elsewhere.post('/api/employer/password/reset', { code: newer.code, password: PASSWORD })).json.code).toBe('tokenNotValid')
    const weak = await use(newer.code, 'short')
    expect([weak.status, weak.json.faults[0].code]).toEqual([422, 'passwordTooShort'])
    expect((await use(newer.code.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await use(newer.code)).json.code).toBe('tokenNotValid')
    expect((await officer.get('/api/office/passkeys')).status).toBe(401)
    expect((await office().signIn('forgetful')).json.code).toBe('signInWrong')
    expect((await office().signIn('forgetful', 'four slow rivers in spring')).json.state).toBe('needsFactor')
    const late = await issue()
    door.pass(601)
    expect((await use(late.code)).json.code).toBe('tokenNotValid')
    const { rows } = await sql<{ text: string }>`select string_agg(r::text, ' ') as text from reset_token r`.execute(door.db)
    expect(rows[0]!.text).not.toContain(late.code)
  })

  it('begins with one code for the first administrator, and helps are given by another person with a fresh proof', async () => {
    const code = await transaction(door.db, (tx) => issueFirstAdministratorCode(tx, door.clock.at))
    const admin = office()
    await admin.session()
    const first = { code: code!, login: 'first.admin', name: 'Wang Min', password: PASSWORD }
    expect((await admin.post('/api/office/first-administrator', { ...first, code: 'AAAAA-BBBBB-CCCCC-DDDDD' })).json.code).toBe(
      'tokenNotValid',
    )
    expect((await admin.post('/api/office/first-administrator', { ...first, password: 'password123' })).json.code).toBe(
      'passwordNotAllowed',
    )
    expect((await admin.post('/api/office/first-administrator', first)).status).toBe(200)
    expect((await admin.post('/api/office/first-administrator', { ...first, login: 'second.admin' })).json.code).toBe('tokenNotValid')
    expect(await transaction(door.db, (tx) => issueFirstAdministratorCode(tx, door.clock.at))).toBeUndefined()
    expect((await admin.signIn('first.admin')).json.state).toBe('needsEnrolment')
    await enrolTotp(admin)
    const me = (await admin.session()).json.accountId
    expect((await admin.post(`/api/admin/accounts/${me}/forget-factors`)).json.code).toBe('fourEyes')
    const lost = await door.person('lost.phone', 'staff')
    const loser = office()
    await loser.signIn('lost.phone')
    await enrolTotp(loser)
    expect((await admin.post(`/api/admin/accounts/${lost}/forget-factors`)).status).toBe(200)
    expect((await office().signIn('lost.phone')).json.state).toBe('needsEnrolment')
    expect((await admin.post(`/api/admin/accounts/${lost}/reset`)).json.code).toMatch(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){3}$/)
    door.pass(301)
    expect((await admin.post(`/api/admin/accounts/${lost}/reset`)).json.code).toBe('stepUpNeeded')
  })

  it('knows no demonstration: no people, no press, no route', async () => {
    const id = await door.person('not.demo', 'staff')
    await expect(
      transaction(door.db, (tx) => addDemoPerson(tx, { accountId: id, order: 1, label: { zh: '人', en: 'One' } })),
    ).rejects.toThrow('a real database takes no demonstration people')
    const visitor = office()
    expect((await visitor.session()).json.demo).toBe(false)
    expect((await visitor.get('/api/office/demo-people')).status).toBe(404)
    expect((await visitor.post('/api/office/demo-sign-in', { accountId: id })).status).toBe(404)
  })
})

describe('in a demonstration', () => {
  it('one press is a sign-in and a fresh proof, for the listed people only', async () => {
    const demo = await openTestDoor()
    const [listed, other] = [await demo.person('demo.officer', 'staff', [{ role: 'auditor' }]), await demo.person('other', 'staff')]
    await transaction(demo.db, (tx) => addDemoPerson(tx, { accountId: listed, order: 1, label: { zh: '审计人员', en: 'Auditor' } }))
    const visitor = testBrowser(demo.app, 'office')
    await visitor.session()
    expect((await visitor.get('/api/office/demo-people')).json.people).toEqual([
      { accountId: listed, label: { zh: '审计人员', en: 'Auditor' }, name: 'demo.officer', roles: ['auditor'], place: null },
    ])
    expect((await visitor.post('/api/office/demo-sign-in', { accountId: other })).status).toBe(404)
    expect((await visitor.post('/api/office/demo-sign-in', { accountId: listed })).json.state).toBe('open')
    demo.pass(301)
    expect((await visitor.session()).json).toMatchObject({ stepUp: ['press'], steppedUpUntil: null })
    expect((await visitor.post('/api/office/step-up', { kind: 'press' })).status).toBe(200)
    const plain = testBrowser(demo.app, 'office')
    await plain.signIn('other')
    expect((await plain.post('/api/office/step-up', { kind: 'press' })).json.code).toBe('onlyInDemo')
    await demo.close()
  })
})
