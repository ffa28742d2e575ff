import { AccountParams, Done, FirstAdministratorBody, ResetCodeReply } from '../../contract/auth.ts'
import { findAccount, isHolderOfOffice } from '../../identity/accounts.ts'
import { inOne, makeFirstAdministrator } from '../../identity/first-administrator.ts'
import { transaction } from '../../identity/in-transaction.ts'
import { forgetFactors, issueReset } from '../../identity/reset.ts'
import { type Route, route } from '../route.ts'
import { exampleAt, exampleId } from './examples.ts'

/** The first administrator of a real database, and help for those who lost password or factor. */
export const administrationRoutes = (): Route[] => [
  route({
    method: 'POST',
    path: '/api/office/first-administrator',
    audience: 'office',
    scope: 'invited',
    roles: 'anyone',
    purpose: 'none',
    limit: 'register',
    stepUp: false,
    summary: { zh: '用一次性代码建立首位管理员', en: 'Make the first administrator with the one-time code' },
    body: FirstAdministratorBody,
    reply: Done,
    problems: ['invalidInput', 'tokenNotValid', 'passwordNotAllowed', 'loginTaken', 'busy'],
    example: {
      body: { code: 'K7QPM-4TRWX-9CDHN-2VBZE', login: 'wang.min', name: 'Wang Min', password: 'seven quiet herons at dusk' },
      reply: { done: true },
    },
    async handle({ tools, identity, at, requestId }, { body }) {
      const made = await makeFirstAdministrator(tools.db, identity, body, { at, requestId })
      return made.ok ? { done: true as const } : made
    },
  }),
  route({
    method: 'POST',
    path: '/api/admin/accounts/:id/reset',
    audience: 'admin',
    scope: 'account',
    roles: ['administrator'],
    purpose: 'none',
    limit: 'write',
    stepUp: true,
    summary: { zh: '为账号生成重设代码', en: 'Make a reset code for an account' },
    params: AccountParams,
    reply: ResetCodeReply,
    problems: ['invalidInput', 'notFound', 'stepUpNeeded'],
    example: { params: { id: exampleId }, reply: { code: 'K7QPM-4TRWX-9CDHN-2VBZE', expiresAt: exampleAt } },
    async handle({ actor, tools, at, requestId }, { params }) {
      const account = await findAccount(tools.db, params.id)
      if (!actor || !account || account.disabledAt !== null) return { ok: false, refusal: { code: 'notFound' } }
      return transaction(tools.db, (tx) => issueReset(tx, params.id, { at, requestId, by: actor.accountId }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/office/window/holders/:id/reset',
    audience: 'office',
    scope: 'office',
    roles: ['windowClerk'],
    purpose: 'resetAtWindow',
    limit: 'write',
    stepUp: true,
    summary: { zh: '窗口为持证人生成重设代码', en: 'At the window: make a reset code for a holder' },
    params: AccountParams,
    reply: ResetCodeReply,
    problems: ['invalidInput', 'notFound', 'stepUpNeeded', 'roleNotAllowed'],
    example: { params: { id: exampleId }, reply: { code: 'K7QPM-4TRWX-9CDHN-2VBZE', expiresAt: exampleAt } },
    async handle({ actor, tools, at, requestId }, { params }) {
      const account = await findAccount(tools.db, params.id)
      const mine =
        actor?.officeId &&
        account?.kind === 'holder' &&
        account.disabledAt === null &&
        (await isHolderOfOffice(tools.db, account.personId, actor.officeId))
      if (!actor || !mine) return { ok: false, refusal: { code: 'notFound' } }
      return transaction(tools.db, (tx) => issueReset(tx, params.id, { at, requestId, by: actor.accountId }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/admin/accounts/:id/forget-factors',
    audience: 'admin',
    scope: 'account',
    roles: ['administrator'],
    purpose: 'none',
    limit: 'write',
    stepUp: true,
    summary: { zh: '为他人清除第二步验证', en: 'Take the lost second factors of another person' },
    params: AccountParams,
    reply: Done,
    problems: ['invalidInput', 'notFound', 'stepUpNeeded', 'fourEyes'],
    example: { params: { id: exampleId }, reply: { done: true } },
    async handle({ actor, tools, identity, at, requestId }, { params }) {
      if (!actor) return { ok: false, refusal: { code: 'notSignedIn' } }
      const done = await inOne(tools.db, (tx) => forgetFactors(tx, identity, params.id, actor, { at, requestId }))
      return done.ok ? { done: true as const } : done
    },
  }),
]
