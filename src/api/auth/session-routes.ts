import { Done, LanguageBody, PasswordBody, ResetBody, SessionReply } from '../../contract/auth.ts'
import { changePassword, findPasswordHash, prepareCredential, setLanguage } from '../../identity/accounts.ts'
import type { SessionAudience } from '../../identity/identity.ts'
import { transaction } from '../../identity/in-transaction.ts'
import { forgetTries, takeTry } from '../../identity/limit-counter.ts'
import { useReset } from '../../identity/reset.ts'
import { endSession } from '../../identity/session.ts'
import { type Route, route } from '../route.ts'
import { exampleAt, exampleCsrf, exampleId } from './examples.ts'
import { sessionView } from './session-view.ts'

/** Who am I, sign out, language, and the password: the same on every surface. */
export function sessionRoutes(audience: SessionAudience): Route[] {
  const common = { audience, roles: 'anyone', purpose: 'none', stepUp: false } as const
  return [
    route({
      ...common,
      method: 'GET',
      path: `/api/${audience}/session`,
      scope: 'none',
      limit: 'session',
      summary: { zh: '当前登录信息', en: 'Who am I' },
      reply: SessionReply,
      problems: [],
      example: {
        reply: {
          signedIn: true,
          csrf: exampleCsrf,
          demo: false,
          language: 'en',
          accountId: exampleId,
          name: 'Li Wen',
          state: 'open',
          level: 'twoFactor',
          factors: ['totp'],
          stepUp: ['totp'],
          steppedUpUntil: null,
          idleMinutes: 15,
          endsAt: exampleAt,
          roles: [
            {
              membershipId: exampleId,
              role: 'reviewer',
              officeId: exampleId,
              office: { zh: '外国人来华工作受理中心', en: 'Office for foreigners’ work' },
              employerId: null,
              unit: null,
              until: null,
            },
          ],
        },
      },
      handle: sessionView,
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/sign-out`,
      scope: 'account',
      limit: 'session',
      halfOpen: true,
      summary: { zh: '退出登录', en: 'Sign out' },
      reply: Done,
      problems: [],
      example: { reply: { done: true } },
      async handle(context) {
        const { found, tools, at, requestId } = context
        if (found) await transaction(tools.db, (tx) => endSession(tx, found.session, { at, requestId }))
        context.dropSession()
        return { done: true as const }
      },
    }),
    route({
      ...common,
      method: 'PUT',
      path: `/api/${audience}/language`,
      scope: 'account',
      limit: 'write',
      halfOpen: true,
      summary: { zh: '选择语言', en: 'Choose the language' },
      body: LanguageBody,
      reply: Done,
      problems: ['invalidInput'],
      example: { body: { language: 'en' }, reply: { done: true } },
      async handle({ found, tools }, { body }) {
        if (!found) return { ok: false, refusal: { code: 'notSignedIn' } }
        await setLanguage(tools.db, found.account.id, body.language)
        return { done: true as const }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/password`,
      scope: 'account',
      limit: 'signIn',
      summary: { zh: '修改密码', en: 'Change the password' },
      body: PasswordBody,
      reply: Done,
      problems: ['invalidInput', 'proofWrong', 'passwordNotAllowed', 'tooManyTries', 'busy'],
      example: { body: { current: 'the one of today', password: 'seven quiet herons at dusk' }, reply: { done: true } },
      async handle({ found, tools, identity, at, requestId }, { body }) {
        if (!found) return { ok: false, refusal: { code: 'notSignedIn' } }
        const slow = { name: 'proof', of: found.account.id, free: 5, mostSeconds: 900 }
        const taken = await takeTry(tools.db, identity.vault, slow, at)
        if (!taken.ok) return { ok: false, refusal: { code: 'tooManyTries', retryAfterSeconds: taken.retryAfterSeconds } }
        const current = await identity.hasher.verify(await findPasswordHash(tools.db, found.account.id), body.current)
        if (current !== 'right')
          return { ok: false, refusal: current === 'busy' ? { code: 'busy', retryAfterSeconds: 5 } : { code: 'proofWrong' } }
        await forgetTries(tools.db, identity.vault, slow)
        const prepared = await prepareCredential(
          identity,
          found.account.kind,
          body.password,
          found.account.name ? [found.account.name] : [],
        )
        if (!prepared.ok) return prepared
        await transaction(tools.db, (tx) => changePassword(tx, found.account.id, prepared.value, { at, requestId }, found.session.idHash))
        return { done: true as const }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/password/reset`,
      scope: 'invited',
      limit: 'register',
      summary: { zh: '用重设代码设置新密码', en: 'Set a new password with a reset code' },
      body: ResetBody,
      reply: Done,
      problems: ['invalidInput', 'tokenNotValid', 'passwordNotAllowed', 'busy'],
      example: { body: { code: 'K7QPM-4TRWX-9CDHN-2VBZE', password: 'seven quiet herons at dusk' }, reply: { done: true } },
      async handle({ tools, identity, at, requestId }, { body }) {
        const used = await useReset(tools.db, identity, { audience, ...body }, { at, requestId })
        return used.ok ? { done: true as const } : used
      },
    }),
  ]
}
