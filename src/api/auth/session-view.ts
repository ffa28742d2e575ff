import { sql } from 'kysely'
import type * as z from 'zod'
import type { HatView, SessionReply } from '../../contract/auth.ts'
import type { Text } from '../../domain/kernel.ts'
import type { Found } from '../../identity/actor.ts'
import { isDemo, isDemoPerson } from '../../identity/demo-sign-in.ts'
import { listFactors } from '../../identity/sign-in.ts'
import { proofsOf } from '../../identity/step-up.ts'
import type { Db } from '../../service/tools.ts'
import type { RequestContext } from '../route.ts'

/** Who is signed in here, as the browser needs it: names of units, open roles, ways to renew the proof. */
export async function sessionView(context: RequestContext): Promise<SessionReply> {
  const { found, identity, tools, language } = context
  const demo = identity.config.kind === 'demo' && (await isDemo(tools.db))
  const csrf = context.csrfToken()
  if (!found) return { signedIn: false, csrf, demo, language }
  const { session, account } = found
  const factors = await listFactors(tools.db, account.id)
  const press = demo && (await isDemoPerson(tools.db, identity, account.id))
  const until = session.steppedUpAt && new Date(Date.parse(session.steppedUpAt) + identity.config.stepUpMinutes * 60_000).toISOString()
  return {
    signedIn: true,
    csrf,
    demo,
    language: account.language,
    accountId: account.id,
    name: account.name,
    state: session.state,
    level: session.level,
    factors,
    stepUp: press ? ['press'] : proofsOf(factors),
    steppedUpUntil: until !== undefined && until > context.at ? until : null,
    roles: await hatViews(tools.db, found),
    idleMinutes: identity.config.sessions[session.audience].idleMinutes,
    endsAt: session.endsAt,
  }
}

const hatViews = async (db: Db, { hats }: Found): Promise<z.infer<typeof HatView>[]> => {
  const ids = hats.flatMap((h) => h.officeId ?? h.employerId ?? [])
  const { rows } = await sql<{
    id: string
    zh: string
    en: string
  }>`select id, name_zh as zh, name_en as en from office where id = any(${ids}::uuid[])
    union all select id, name_zh, coalesce(nullif(name_en, ''), name_zh) from employer where id = any(${ids}::uuid[])`.execute(db)
  const names = new Map<string, Text>(rows.map((r) => [r.id, { zh: r.zh, en: r.en }]))
  return hats.map((h) => ({
    membershipId: h.membershipId,
    role: h.role,
    officeId: h.officeId ?? null,
    office: (h.officeId && names.get(h.officeId)) || null,
    employerId: h.employerId ?? null,
    unit: (h.employerId && names.get(h.employerId)) || null,
    until: h.until ?? null,
  }))
}
