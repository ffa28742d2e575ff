import {
  CardSignInBody,
  ChallengeBody,
  ChallengeReply,
  FactorBody,
  PasskeyAnswer,
  SignedInReply,
  SignInBody,
  StepUpBody,
  StepUpReply,
} from '../../contract/auth.ts'
import { isDemoPerson } from '../../identity/demo-sign-in.ts'
import { isHolderName } from '../../identity/holder-name.ts'
import type { SessionAudience } from '../../identity/identity.ts'
import type { Login } from '../../identity/login.ts'
import { askForPasskey, askToEnrolPasskey } from '../../identity/passkeys.ts'
import type { IdentityOutcome } from '../../identity/refusals.ts'
import type { NewSession } from '../../identity/session.ts'
import { signIn } from '../../identity/sign-in.ts'
import { passSecondFactor, renew, signInWithPasskey, stepUp } from '../../identity/step-up.ts'
import { type RequestContext, type Route, route } from '../route.ts'
import { exampleAt, exampleCsrf, exampleId, exampleResponse, exampleSignedIn } from './examples.ts'
import { mayEnrol } from './may-enrol.ts'

const signInWith = async (context: RequestContext, audience: SessionAudience, login: Login, password: string, name?: string) => {
  const { tools, identity, at, requestId, address, deviceToken } = context
  const alsoRight = name === undefined ? {} : { alsoRight: (personId: string) => isHolderName(tools.db, tools.vault, personId, name) }
  const done = await signIn(tools.db, identity, { audience, login, password, address, deviceToken, at, requestId, ...alsoRight })
  if (!done.ok) return done
  context.keepSession(done.value.session, done.value.deviceToken)
  return { state: done.value.session.state, factors: done.value.factors, csrf: done.value.session.csrf }
}
/** Keeps the new session of a step that went well, and tells the new token. */
export const keep = (context: RequestContext, done: IdentityOutcome<{ session: NewSession; deviceToken: string }>) => {
  if (!done.ok) return done
  context.keepSession(done.value.session, done.value.deviceToken)
  return { state: done.value.session.state, factors: [], csrf: done.value.session.csrf }
}

/** Sign-in, second factor, passkeys and renewed proof of one surface. */
export function signInRoutes(audience: SessionAudience): Route[] {
  const common = { method: 'POST', audience, roles: 'anyone', purpose: 'none', stepUp: false, limit: 'signIn' } as const
  const passwordCommon = {
    ...common,
    path: `/api/${audience}/sign-in`,
    scope: 'none',
    reply: SignedInReply,
    problems: ['invalidInput', 'signInWrong', 'tooManyTries', 'busy'],
  } as const
  const password =
    audience === 'card'
      ? route({
          ...passwordCommon,
          purpose: 'signIn',
          summary: { zh: '用姓名、号码和密码登录', en: 'Sign in with name, number and password' },
          body: CardSignInBody,
          example: { body: { name: 'JOHNSON EMILY', number: '110000199001011234', password: 'heron dusk 7' }, reply: exampleSignedIn },
          handle: (context, { body }) => signInWith(context, audience, { kind: body.kind, value: body.number }, body.password, body.name),
        })
      : route({
          ...passwordCommon,
          summary: { zh: '用登录名和密码登录', en: 'Sign in with login name and password' },
          body: SignInBody,
          example: { body: { login: 'li.wen', password: 'seven quiet herons at dusk' }, reply: exampleSignedIn },
          handle: (context, { body }) => signInWith(context, audience, { kind: 'name', value: body.login }, body.password),
        })
  return [
    password,
    route({
      ...common,
      path: `/api/${audience}/second-factor`,
      scope: 'account',
      halfOpen: true,
      summary: { zh: '完成第二步验证', en: 'Show the second factor' },
      body: FactorBody,
      reply: SignedInReply,
      problems: ['invalidInput', 'proofWrong', 'challengeNotValid', 'factorNotSet', 'tooManyTries'],
      example: { body: { kind: 'totp', code: '492039' }, reply: exampleSignedIn },
      async handle(context, { body }) {
        const { found, tools, identity, at, requestId, deviceToken } = context
        if (!found) return { ok: false, refusal: { code: 'notSignedIn' } }
        return keep(context, await passSecondFactor(tools.db, identity, found.session, body, { at, requestId, deviceToken }))
      },
    }),
    route({
      ...common,
      path: `/api/${audience}/passkeys/challenge`,
      scope: 'none',
      halfOpen: true,
      summary: { zh: '取得通行密钥验证请求', en: 'Ask for a passkey challenge' },
      body: ChallengeBody,
      reply: ChallengeReply,
      problems: ['invalidInput', 'notSignedIn', 'stepUpNeeded'],
      example: {
        body: { use: 'signIn' },
        reply: { challengeId: exampleId, options: { challenge: 'p5aV2u', rpId: 'permits.example.cn', userVerification: 'required' } },
      },
      async handle({ found, tools, identity, at }, { body }) {
        if (body.use === 'signIn') return asJson(await askForPasskey(tools.db, identity, 'signIn', audience, undefined, at))
        if (!found) return { ok: false, refusal: { code: 'notSignedIn' } }
        if (body.use !== 'enrol') return asJson(await askForPasskey(tools.db, identity, body.use, audience, found.session, at))
        if (!(await mayEnrol(tools.db, identity, found, at))) return { ok: false, refusal: { code: 'stepUpNeeded' } }
        return asJson(await askToEnrolPasskey(tools.db, identity, found.session, found.account.name ?? found.account.id, at))
      },
    }),
    route({
      ...common,
      path: `/api/${audience}/passkeys/sign-in`,
      scope: 'none',
      summary: { zh: '用通行密钥登录', en: 'Sign in with a passkey' },
      body: PasskeyAnswer,
      reply: SignedInReply,
      problems: ['invalidInput', 'signInWrong', 'challengeNotValid'],
      example: { body: { challengeId: exampleId, response: exampleResponse }, reply: exampleSignedIn },
      async handle(context, { body }) {
        const { tools, identity, at, requestId, deviceToken } = context
        return keep(context, await signInWithPasskey(tools.db, identity, audience, body, { at, requestId, deviceToken }))
      },
    }),
    route({
      ...common,
      path: `/api/${audience}/step-up`,
      scope: 'account',
      summary: { zh: '再次验证身份', en: 'Renew the proof of who you are' },
      body: StepUpBody,
      reply: StepUpReply,
      problems: ['invalidInput', 'proofWrong', 'challengeNotValid', 'factorNotSet', 'tooManyTries', 'busy', 'onlyInDemo'],
      example: { body: { kind: 'totp', code: '492039' }, reply: { steppedUpUntil: exampleAt, csrf: exampleCsrf } },
      async handle(context, { body }) {
        const { found, tools, identity, at, requestId } = context
        if (!found) return { ok: false, refusal: { code: 'notSignedIn' } }
        if (body.kind === 'press' && !(await isDemoPerson(tools.db, identity, found.account.id)))
          return { ok: false, refusal: { code: 'onlyInDemo' } }
        const done =
          body.kind === 'press'
            ? await renew(tools.db, identity, found.session, found.session.level, { at, requestId })
            : await stepUp(tools.db, identity, found.session, body, { at, requestId })
        if (!done.ok) return done
        context.keepSession(done.value)
        return { steppedUpUntil: new Date(Date.parse(at) + identity.config.stepUpMinutes * 60_000).toISOString(), csrf: done.value.csrf }
      },
    }),
  ]
}

const asJson = (challenge: { challengeId: string; options: Record<string, unknown> }) =>
  JSON.parse(JSON.stringify(challenge)) as { challengeId: string; options: Record<string, never> }
