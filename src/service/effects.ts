import type { Tx } from '../db/db.ts'
import type { ApplicationEffect } from '../domain/application/effects.ts'
import type { ApplicationWorld } from '../domain/application/world.ts'
import { decideEmployer } from '../domain/employer/employer.ts'
import { grantPermit } from '../domain/permit/decide.ts'
import type { LoadedApplication } from '../store/application.ts'
import { getForm } from '../store/form.ts'
import { appendToPermit, findPermit } from '../store/permit.ts'
import { allotPermitNumber, latestPersonVersion } from '../store/person.ts'
import { appendToEmployer, creditCodeTaken, findEmployer } from '../store/small-aggregate.ts'
import { followPermit } from './follow-permit.ts'
import { gatherPermitWorld } from './gather-permit-world.ts'
import { done, type Outcome, refused } from './once.ts'
import type { Tools } from './tools.ts'

/** Runs what a decided filing does to others, in the same transaction and in the fixed order of locks; one refusal refuses all. */
export async function applyEffects(
  tools: Tools,
  tx: Tx,
  filing: LoadedApplication,
  effects: ApplicationEffect[],
  world: ApplicationWorld,
): Promise<Outcome<null>> {
  for (const effect of effects) {
    const outcome =
      effect.to === 'permit' ? await toPermit(tools, tx, filing, effect, world) : await toEmployer(tools, tx, filing, effect, world)
    if (!outcome.ok) return outcome
  }
  return done(null)
}

const toPermit = async (
  tools: Tools,
  tx: Tx,
  filing: LoadedApplication,
  effect: Extract<ApplicationEffect, { to: 'permit' }>,
  world: ApplicationWorld,
): Promise<Outcome<null>> => {
  if (effect.type !== 'grantPermit') throw new Error(`effect ${effect.type} comes with the items that need it`)
  const { envelope } = world
  if (await findPermit(tx, { personId: effect.personId }, { kind: 'system' }, true)) return refused({ code: 'openPermitExists' })
  const person = await latestPersonVersion(tx, effect.personId)
  await allotPermitNumber(tx, tools.vault, effect.personId)
  const officeId = filing.state.offices.decision
  if (!officeId) throw new Error('a grant without an office of decision')
  const duty = effect.verification === 'none' ? undefined : effect.verification
  const permit = {
    id: effect.permitId,
    personId: effect.personId,
    employerId: effect.employerId,
    applicationId: filing.state.id,
    formVersion: effect.formVersion,
    personVersionId: person.id,
    officeId,
    packHash: world.packHash,
    item: filing.state.item,
    class: effect.class,
    papersAfterVerification: duty ? duty.papers : [],
    validFrom: effect.validFrom,
    validUntil: effect.validUntil,
    grantedOn: world.today,
    originalsAsked: effect.originals,
    ...(duty ? { verificationPeriod: duty.period } : {}),
  }
  const around = await gatherPermitWorld(
    tools,
    tx,
    { ...permit, standing: 'noticeIssued', verification: 'pending', originals: {}, entryConfirmed: false, clocks: [] },
    envelope,
  )
  const events = grantPermit(permit, effect.papers, duty ? 'pending' : 'notRequired', around)
  const written = await appendToPermit(tx, undefined, events, envelope)
  await followPermit(tools, tx, written.state, events, envelope)
  return done(null)
}

const toEmployer = async (
  tools: Tools,
  tx: Tx,
  filing: LoadedApplication,
  effect: Extract<ApplicationEffect, { to: 'employer' }>,
  world: ApplicationWorld,
): Promise<Outcome<null>> => {
  const employer = await findEmployer(tx, filing.state.employerId, true)
  if (!employer) throw new Error('a filing about a unit that is not stored')
  const form = await getForm(tx, tools.vault, filing.state.id, effect.formVersion)
  const unit = form.employer ?? {}
  const register = {
    nameZh: unit.name ?? employer.nameZh,
    nameEn: unit.nameEn ?? '',
    creditCode: unit.creditCode ?? employer.creditCode,
    areaCode: unit.areaCode ?? employer.areaCode,
    tier: unit.ownership ?? employer.tier,
  }
  const codeTaken = await creditCodeTaken(tx, register.creditCode, employer.state.id)
  const decision = decideEmployer(
    employer.state,
    { type: effect.type, applicationId: filing.state.id, formVersion: effect.formVersion },
    { envelope: world.envelope, today: world.today, codeTaken },
  )
  if (!decision.ok) return decision
  await appendToEmployer(tx, employer, decision.events, world.envelope, register)
  return done(null)
}
