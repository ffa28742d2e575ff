import type { ApplicationCommand } from '../src/domain/application/commands.ts'
import type { Actor, Role } from '../src/domain/kernel.ts'
import { actOnApplication } from '../src/service/act-on-application.ts'
import { registerEmployer } from '../src/service/filing/register-employer.ts'
import { saveDraft } from '../src/service/filing/save-draft.ts'
import { startDraft } from '../src/service/filing/start-draft.ts'
import { submit } from '../src/service/filing/submit.ts'
import { gatherWorld } from '../src/service/gather-world.ts'
import { findApplication, type Scope } from '../src/store/application.ts'
import { testDatabase } from './database.ts'
import { goodForm, orderBy, person, thread, uuid } from './thread.ts'

type DeskRole = Extract<Role, 'preReviewer' | 'acceptanceClerk' | 'reviewer' | 'decider' | 'windowClerk'>

/** The value of an outcome, or the refusal as the failure of the test. */
export const must = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

/** People of one story around one employer and one office, with what they can do; every act goes through the real use cases. */
export async function story(start: string) {
  const base = await testDatabase()
  const t = await thread(base.db, base.ownerDb, start)
  const handler: Actor = person('handler', { employerId: uuid() })
  const scope: Scope = { kind: 'employer', employerId: handler.employerId! }
  const office: Scope = { kind: 'office', officeId: t.office }
  const staff = (role: DeskRole) => person(role, { officeId: t.office })
  const desk: Record<DeskRole, Actor> = {
    preReviewer: staff('preReviewer'),
    acceptanceClerk: staff('acceptanceClerk'),
    reviewer: staff('reviewer'),
    decider: staff('decider'),
    windowClerk: staff('windowClerk'),
  }
  const filer = (caseNo: string, command: ApplicationCommand, envelope = orderBy(t, handler)) =>
    actOnApplication(t.tools, envelope, { by: { caseNo }, scope, command, body: command })
  const officer = (who: DeskRole, caseNo: string, command: ApplicationCommand, envelope = orderBy(t, desk[who])) =>
    actOnApplication(t.tools, envelope, { by: { caseNo }, scope: office, command, body: command, extras: { nextInLine: true } })
  const load = async (caseNo: string) => (await findApplication(t.tools.db, { caseNo }, { kind: 'system' }))!

  /** Attaches every paper that the assessment still asks, in the first form it offers, with facts that meet its rules. */
  const attachAll = async (caseNo: string, actor = handler) => {
    const loaded = await load(caseNo)
    const envelope = orderBy(t, actor)
    const world = await gatherWorld(t.tools, t.tools.db, loaded, envelope, 'submit', {})
    for (const m of world.assessment?.materials ?? []) {
      if (m.asked !== 'yes' || m.state !== 'required') continue
      const form = m.forms[0]
      if (!form) throw new Error(`no form of ${m.code} is offered`)
      const rules = world.pack.materials[m.code]?.forms[form]?.rules ?? []
      const facts = Object.assign(
        {},
        ...rules.map((r) =>
          r.rule === 'issuedWithin'
            ? { issuedOn: '2026-10-01' }
            : r.rule === 'issuedBy'
              ? { issuedBy: r.of[0] }
              : r.rule === 'languageIs'
                ? { language: 'zh' }
                : r.rule === 'signedBy'
                  ? { signedBy: r.of }
                  : { shows: r.points },
        ),
      )
      const command = {
        type: 'attachPaper',
        paper: {
          code: m.code,
          form,
          uploadId: uuid(),
          blobId: uuid(),
          pages: 1,
          facts,
          formVersion: loaded.state.formVersion,
          formDigest: world.formDigest,
        },
      } as const
      must(await actOnApplication(t.tools, orderBy(t, actor), { by: { caseNo }, scope, command, body: command }))
    }
  }
  const checkAll = async (who: DeskRole, caseNo: string) => {
    for (const code of Object.keys((await load(caseNo)).state.papers))
      must(await officer(who, caseNo, { type: 'checkPaper', code, finding: 'inOrder' }))
  }
  const judgeAll = async (who: DeskRole, caseNo: string, stage: string) => {
    const loaded = await load(caseNo)
    const world = await gatherWorld(t.tools, t.tools.db, loaded, orderBy(t, desk[who]), 'judge', {})
    for (const j of world.assessment?.judgements ?? [])
      if (j.at === stage && !loaded.state.judgements[j.code])
        must(await officer(who, caseNo, { type: 'judge', judgement: j.code, finding: 'yes' }))
  }
  /** The desk's whole way from pre-review to just before the decision. */
  const toDecision = async (caseNo: string) => {
    const { stages } = (await load(caseNo)).state
    if (stages.includes('preReview')) {
      must(await officer('preReviewer', caseNo, { type: 'take', outOfOrder: false }))
      await checkAll('preReviewer', caseNo)
      await judgeAll('preReviewer', caseNo, 'preReview')
      must(await officer('preReviewer', caseNo, { type: 'passPreReview' }))
    }
    if (stages.includes('acceptance')) {
      must(await officer('acceptanceClerk', caseNo, { type: 'take', outOfOrder: false }))
      await judgeAll('acceptanceClerk', caseNo, 'acceptance')
      must(await officer('acceptanceClerk', caseNo, { type: 'accept' }))
    }
    if (stages.includes('review')) {
      must(await officer('reviewer', caseNo, { type: 'take', outOfOrder: false }))
      await judgeAll('reviewer', caseNo, 'review')
      must(await officer('reviewer', caseNo, { type: 'finishReview', opinion: 'grant' }))
    }
    must(await officer('decider', caseNo, { type: 'take', outOfOrder: false }))
  }
  const fileOverseas = async (): Promise<string> => {
    const { caseNo } = must(await startDraft(t.tools, orderBy(t, handler), { item: 'NEW_OVERSEAS' }))
    must(
      await saveDraft(t.tools, orderBy(t, handler), scope, caseNo, {
        form: { ...goodForm, identity: { ...goodForm.identity, passportNumber: `X${uuid().slice(-8)}` } },
      }),
    )
    await attachAll(caseNo)
    must(await submit(t.tools, orderBy(t, handler), scope, caseNo, {}))
    return caseNo
  }

  const unit = {
    name: '南岭海图软件有限公司',
    nameEn: 'Nanling Chart Software Co., Ltd.',
    creditCode: '91350100M000100Y43',
    unitType: 'enterprise',
    ownership: 'private',
    industry: 'I65',
    legalRepresentative: '示例',
    registeredAddress: '示例路 9 号',
    areaCode: '440115',
    phone: '020-00000000',
    personInCharge: '示例',
    personInChargeId: '000',
    handlerName: '示例',
    handlerId: '001',
    sealKind: 'legalName',
  } as const
  /** Opens the unit's account. */
  const register = async () =>
    must(
      await registerEmployer(t.tools, orderBy(t, handler), {
        employerId: handler.employerId!,
        nameZh: unit.name,
        nameEn: unit.nameEn,
        creditCode: unit.creditCode,
        areaCode: unit.areaCode,
        tier: unit.ownership,
      }),
    )
  /** Files the registration and lets the office approve it. */
  const approve = async () => {
    const { caseNo } = must(await startDraft(t.tools, orderBy(t, handler), { item: 'EMPLOYER_REG' }))
    must(await saveDraft(t.tools, orderBy(t, handler), scope, caseNo, { form: { employer: unit, declarations: { truthful: true } } }))
    await attachAll(caseNo)
    must(await submit(t.tools, orderBy(t, handler), scope, caseNo, {}))
    await toDecision(caseNo)
    must(await officer('decider', caseNo, { type: 'grant', permitId: uuid() }))
  }
  return { base, t, handler, scope, office, desk, filer, officer, load, toDecision, fileOverseas, register, approve }
}
export type Story = Awaited<ReturnType<typeof story>>
