import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { problemTexts } from '../contract/problem.ts'
import { networkOf } from '../identity/sign-in.ts'
import { authRoutes } from './auth/auth-routes.ts'
import { disposition } from './door/answer.ts'
import { cookieName, readCookie } from './door/cookies.ts'
import { doorLog, errorFields } from './door/door-log.ts'
import { languageOf } from './door/language.ts'
import { openApi } from './openapi.ts'
import { problemOf, statusOf } from './problem.ts'
import { route, routeFaults } from './route.ts'

const whole = {
  method: 'GET',
  path: '/api/public/x',
  audience: 'public',
  scope: 'none',
  roles: 'anyone',
  purpose: 'none',
  limit: 'public',
  stepUp: false,
  summary: { zh: '试', en: 'Try' },
  reply: z.object({ n: z.int() }),
  problems: [],
  example: { reply: { n: 1 } },
  handle: () => ({ n: 1 }),
} as const

describe('the routes of sign-in', () => {
  it('have no fault, in a demonstration and in real service', () => {
    expect(routeFaults(authRoutes('demo'))).toEqual([])
    expect(routeFaults(authRoutes('real'))).toEqual([])
    expect(authRoutes('real').filter((r) => r.path.includes('demo'))).toEqual([])
  })
  it('become OpenAPI 3.1 with every problem and the token', () => {
    const api = openApi(authRoutes('real')) as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string; responses: object; parameters?: { name: string }[] }>>
    }
    expect(api.openapi).toBe('3.1.0')
    const signIn = api.paths['/api/office/sign-in']!['post']!
    expect(Object.keys(signIn.responses)).toEqual(expect.arrayContaining(['200', '400', '401', '429', '503']))
    expect(signIn.parameters?.map((p) => p.name)).toEqual(['x-csrf-token'])
    const ids = Object.values(api.paths).flatMap((p) => Object.values(p).map((o) => o.operationId))
    expect(new Set(ids).size).toBe(ids.length)
    expect(JSON.stringify(api)).not.toContain('undefined')
  })
})

describe('a route', () => {
  it('that lacks scope, limit, purpose, step-up, roles or problems does not build', () => {
    const { scope: _scope, ...noScope } = whole
    const { limit: _limit, ...noLimit } = whole
    const { purpose: _purpose, ...noPurpose } = whole
    const { stepUp: _stepUp, ...noStepUp } = whole
    const { roles: _roles, ...noRoles } = whole
    const { problems: _problems, ...noProblems } = whole
    // @ts-expect-error scope is missing
    route(noScope)
    // @ts-expect-error limit is missing
    route(noLimit)
    // @ts-expect-error purpose is missing
    route(noPurpose)
    // @ts-expect-error step-up is missing
    route(noStepUp)
    // @ts-expect-error roles are missing
    route(noRoles)
    // @ts-expect-error problems are missing
    route(noProblems)
    // @ts-expect-error the reply does not fit
    route({ ...whole, handle: () => ({ n: 'one' }) })
    expect(routeFaults([route(whole)])).toEqual([])
  })
  it('that contradicts itself is named', () => {
    const faults = (change: object) =>
      routeFaults([route({ ...whole, ...change } as never)]).map((f) => f.replace('GET /api/public/x: ', ''))
    expect(faults({ roles: ['reviewer'] })).toEqual(['names roles where nobody signs in'])
    expect(faults({ audience: 'office', scope: 'office' })).toEqual(['has a scope without roles'])
    expect(faults({ example: undefined })).toEqual(['has no example of its reply'])
    expect(faults({ example: { reply: { n: 'x' } } })).toEqual(['has an example reply that does not parse'])
    expect(faults({ purpose: 'check', cacheSeconds: 60 })).toEqual(['must not be cached'])
    expect(routeFaults([route(whole), route(whole)])).toEqual(['GET /api/public/x: is there twice'])
  })
})

describe('a problem', () => {
  it('has a status and words in both languages for every code', () => {
    for (const [code, status] of Object.entries(statusOf)) {
      const text = problemTexts[code as keyof typeof problemTexts]
      expect([code, text.title.zh, text.title.en, text.wayOut.zh, text.wayOut.en].every((s) => s.length > 1)).toBe(true)
      expect(status).toBeGreaterThanOrEqual(400)
    }
    expect(Object.keys(statusOf).sort()).toEqual(Object.keys(problemTexts).sort())
  })
  it('keeps the details of a refusal and words its faults', () => {
    expect(problemOf({ code: 'changedMeanwhile', version: 7 }, 'en', 'r')).toMatchObject({
      status: 409,
      version: 7,
      code: 'changedMeanwhile',
      reference: 'r',
      type: 'urn:laihua:problem:changedMeanwhile',
    })
    expect(problemOf({ code: 'tooManyTries', retryAfterSeconds: 8 }, 'en', 'r').detail).toBe('Try again in 8 seconds')
    expect(problemOf({ code: 'formIncomplete', faults: [{ path: 'identity.surname', code: 'required' }] }, 'zh', 'r').faults).toEqual([
      { path: 'identity.surname', code: 'required', message: '此项必填', wayOut: '请填写' },
    ])
    expect(problemOf({ code: 'uploadRefused', faults: [{ code: 'unheardOf', limit: 3 }] }, 'en', 'r').faults?.[0]?.message).toBe(
      'This entry does not meet its rule',
    )
  })
})

describe('small parts', () => {
  it('a cookie that comes twice, or has another form, is none', () => {
    const good = 'a'.repeat(43)
    expect(readCookie(`x=1; laihua-card=${good}`, 'laihua-card')).toBe(good)
    expect(readCookie(`laihua-card=${good}; laihua-card=${'b'.repeat(43)}`, 'laihua-card')).toBeUndefined()
    expect(readCookie(`laihua-card=${good}x`, 'laihua-card')).toBeUndefined()
    expect(
      new Set(
        ['card', 'employer', 'office'].flatMap((a) => [cookieName(a as 'card', 'session', true), cookieName(a as 'card', 'visit', true)]),
      ).size,
    ).toBe(6)
  })
  it('an IPv6 subscriber is one network, an IPv4 address one client', () => {
    expect(networkOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBe(networkOf('2001:0db8:1:2::1'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
    expect(networkOf('::1')).toBe('0:0:0:0')
  })
  it('the language of an answer is asked in the address, then by the browser, then kept by the account', () => {
    expect(languageOf('en', 'zh', 'zh')).toBe('en')
    expect(languageOf(undefined, 'fr, en;q=0.8', 'zh')).toBe('en')
    expect(languageOf(undefined, 'fr', 'en')).toBe('en')
    expect(languageOf(['zh'], undefined, undefined)).toBe('zh')
  })
  it('a log line holds allowed fields on one line', () => {
    const lines: string[] = []
    doorLog({ write: (line: string) => void lines.push(line) }).info('request', {
      route: '/v/:code\r\n{"forged":1}\u001b[31m',
      body: 'secret',
    } as never)
    expect(lines).toHaveLength(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(lines[0]!.trimEnd()).not.toMatch(/[\r\n\u001b]|secret/)
    expect(
      JSON.stringify(errorFields(Object.assign(new Error('key (login)=(maria)'), { code: '23505', constraint: 'account_login_pkey' }))),
    ).toMatch(/23505.*account_login_pkey/)
    expect(JSON.stringify(errorFields(new Error('maria')))).not.toContain('maria')
  })
  it('a file name cannot leave its header or its folder', () => {
    expect(disposition({ name: 'a\u202eb/../c\r\n"%.pdf' })).toBe(
      `attachment; filename="a_b_.._c____.pdf"; filename*=UTF-8''a_b_.._c__%22%25.pdf`,
    )
    expect(disposition({ name: `${'x'.repeat(300)}.pdf` }).length).toBeLessThan(400)
    expect(disposition({ inline: true })).toBe('inline')
  })
})
