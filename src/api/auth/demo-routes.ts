import { DemoPeopleReply, DemoSignInBody, SignedInReply } from '../../contract/auth.ts'
import { demoSignIn, listDemoPeople } from '../../identity/demo-sign-in.ts'
import type { SessionAudience } from '../../identity/identity.ts'
import { type Route, route } from '../route.ts'
import { exampleId, exampleSignedIn } from './examples.ts'
import { keep } from './sign-in-routes.ts'

/** The people of the demonstration and one press to be one of them; mounted only in a demonstration, and refused by the database elsewhere. */
export function demoRoutes(audience: SessionAudience): Route[] {
  const common = { audience, roles: 'anyone', purpose: 'none', stepUp: false, scope: 'none', limit: 'signIn' } as const
  return [
    route({
      ...common,
      method: 'GET',
      path: `/api/${audience}/demo-people`,
      summary: { zh: '演示人员', en: 'People of the demonstration' },
      reply: DemoPeopleReply,
      problems: [],
      example: {
        reply: {
          people: [
            { accountId: exampleId, label: { zh: '审查人员', en: 'Review officer' }, name: 'Li Wen', roles: ['reviewer'], place: null },
          ],
        },
      },
      async handle({ tools, identity }) {
        return { people: await listDemoPeople(tools.db, identity, audience) }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/api/${audience}/demo-sign-in`,
      summary: { zh: '以演示人员身份登录', en: 'Become a person of the demonstration' },
      body: DemoSignInBody,
      reply: SignedInReply,
      problems: ['invalidInput', 'notFound'],
      example: { body: { accountId: exampleId }, reply: exampleSignedIn },
      async handle(context, { body }) {
        const { tools, identity, at, requestId, deviceToken } = context
        return keep(context, await demoSignIn(tools.db, identity, audience, body.accountId, { at, requestId, deviceToken }))
      },
    }),
  ]
}
