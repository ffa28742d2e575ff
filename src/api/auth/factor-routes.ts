import * as z from 'zod'
import { Done, EnrolPasskeyBody, PasskeysReply, SignedInReply, TotpConfirmBody, TotpOfferReply } from '../../contract/auth.ts'
import type { Found } from '../../identity/actor.ts'
import { factorRequired, type SessionAudience } from '../../identity/identity.ts'
import { transaction } from '../../identity/in-transaction.ts'
import { takeTry } from '../../identity/limit-counter.ts'
import { enrolPasskey, listPasskeys, removePasskey } from '../../identity/passkeys.ts'
import { recordSecurityEvent } from '../../identity/security-event.ts'
import { type FactorKind, listFactors } from '../../identity/sign-in.ts'
import { openAfterEnrolment } from '../../identity/step-up.ts'
import { removeTotp, startTotp, useTotp } from '../../identity/totp.ts'
import { type RequestContext, type Route, route } from '../route.ts'
import { exampleAt, exampleId, exampleResponse, exampleSignedIn } from './examples.ts'
import { mayEnrol } from './may-enrol.ts'
import { keep } from './sign-in-routes.ts'

const notSignedIn = { ok: false, refusal: { code: 'notSignedIn' } } as const
const stepUpNeeded = { ok: false, refusal: { code: 'stepUpNeeded' } } as const
const proofWrong = { ok: false, refusal: { code: 'proofWrong' } } as const

/** After a factor was added: a session that waited for it opens under a new id; an open one stays as it is. */
const afterEnrolment = async (context: RequestContext, found: Found, by: FactorKind) => {
  const { tools, identity, at, requestId, deviceToken } = context
  if (found.session.state === 'open')
    return { state: 'open' as const, factors: await listFactors(tools.db, found.account.id), csrf: found.session.csrf }
  return keep(context, await openAfterEnrolment(tools.db, identity, found.session, by, { at, requestId, deviceToken }))
}

/** Passkeys and one-time codes of the signed-in person. */
export function factorRoutes(audience: SessionAudience): Route[] {
  const common = { audience, roles: 'anyone', purpose: 'none', stepUp: false, scope: 'account', limit: 'signIn' } as const
  return [
    route({
      ...common,
      method: 'GET',
      path: `/api/${audience}/passkeys`,
      summary: { zh: '我的通行密钥', en: 'My passkeys' },
      reply: PasskeysReply,
      problems: [],
      example: { reply: { passkeys: [{ id: 'kQ3x', label: 'Desk', createdAt: exampleAt, usedAt: null }] } },
      async handle({ found, tools }) {
        return found ? { passkeys: await listPasskeys(tools.db, found.account.id) } : notSignedIn
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/passkeys`,
      halfOpen: true,
      summary: { zh: '添加通行密钥', en: 'Add a passkey' },
      body: EnrolPasskeyBody,
      reply: SignedInReply,
      problems: ['invalidInput', 'stepUpNeeded', 'challengeNotValid', 'proofWrong'],
      example: { body: { challengeId: exampleId, label: 'Desk', response: exampleResponse }, reply: exampleSignedIn },
      async handle(context, { body }) {
        const { found, tools, identity, at, requestId } = context
        if (!found) return notSignedIn
        if (!(await mayEnrol(tools.db, identity, found, at))) return stepUpNeeded
        const done = await transaction(tools.db, (tx) =>
          enrolPasskey(tx, identity, found.session, body.challengeId, body.label, body.response, { at, requestId }),
        )
        return done.ok ? afterEnrolment(context, found, 'passkey') : done
      },
    }),
    route({
      ...common,
      method: 'DELETE',
      path: `/api/${audience}/passkeys/:id`,
      stepUp: true,
      summary: { zh: '移除通行密钥', en: 'Remove a passkey' },
      params: z.strictObject({ id: z.base64url().max(1400) }),
      reply: Done,
      problems: ['invalidInput', 'notFound', 'stepUpNeeded', 'lastFactor'],
      example: { reply: { done: true } },
      async handle({ found, tools, identity, at, requestId }, { params }) {
        if (!found) return notSignedIn
        const passkeys = await listPasskeys(tools.db, found.account.id)
        const left = (await listFactors(tools.db, found.account.id)).filter((f) => f !== 'passkey').length + passkeys.length - 1
        if (left < 1 && factorRequired(identity, audience)) return { ok: false, refusal: { code: 'lastFactor' } }
        const gone = await transaction(tools.db, (tx) =>
          removePasskey(tx, found.account.id, params.id, { at, requestId, by: found.account.id }),
        )
        return gone ? { done: true as const } : { ok: false, refusal: { code: 'notFound' } }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/totp`,
      halfOpen: true,
      summary: { zh: '开始设置动态码', en: 'Start one-time codes' },
      reply: TotpOfferReply,
      problems: ['stepUpNeeded', 'factorNotSet'],
      example: { reply: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Laihua:li.wen?secret=JBSWY3DPEHPK3PXP&issuer=Laihua' } },
      async handle({ found, tools, identity, at }) {
        if (!found) return notSignedIn
        if (!(await mayEnrol(tools.db, identity, found, at))) return stepUpNeeded
        const label = found.account.name ?? 'card'
        return transaction(tools.db, (tx) => startTotp(tx, identity, { id: found.account.id, label }, at))
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/totp/confirm`,
      halfOpen: true,
      summary: { zh: '确认动态码', en: 'Confirm one-time codes' },
      body: TotpConfirmBody,
      reply: SignedInReply,
      problems: ['invalidInput', 'stepUpNeeded', 'proofWrong', 'tooManyTries'],
      example: { body: { code: '492039' }, reply: exampleSignedIn },
      async handle(context, { body }) {
        const { found, tools, identity, at, requestId } = context
        if (!found) return notSignedIn
        if (!(await mayEnrol(tools.db, identity, found, at))) return stepUpNeeded
        const taken = await takeTry(tools.db, identity.vault, { name: 'enrol', of: found.account.id, free: 10, mostSeconds: 300 }, at)
        if (!taken.ok) return { ok: false, refusal: { code: 'tooManyTries', retryAfterSeconds: taken.retryAfterSeconds } }
        if (!(await useTotp(tools.db, identity, found.account.id, body.code, at, { confirming: true }))) return proofWrong
        await recordSecurityEvent(
          tools.db,
          { at, requestId },
          { kind: 'factorAdded', accountId: found.account.id, by: found.account.id, audience, code: 'totp' },
        )
        return afterEnrolment(context, found, 'totp')
      },
    }),
    route({
      ...common,
      method: 'DELETE',
      path: `/api/${audience}/totp`,
      stepUp: true,
      summary: { zh: '停用动态码', en: 'Stop one-time codes' },
      reply: Done,
      problems: ['notFound', 'stepUpNeeded', 'lastFactor'],
      example: { reply: { done: true } },
      async handle({ found, tools, identity, at, requestId }) {
        if (!found) return notSignedIn
        const factors = await listFactors(tools.db, found.account.id)
        if (!factors.includes('passkey') && factorRequired(identity, audience)) return { ok: false, refusal: { code: 'lastFactor' } }
        const gone = await transaction(tools.db, (tx) =>
          removeTotp(tx, identity, found.account.id, { at, requestId, by: found.account.id }),
        )
        return gone ? { done: true as const } : { ok: false, refusal: { code: 'notFound' } }
      },
    }),
  ]
}
