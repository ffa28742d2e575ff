import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTIONS } from '../src/domain/application/actions.ts'
import type { ApplicationCommand } from '../src/domain/application/commands.ts'
import type { Actor, Envelope } from '../src/domain/kernel.ts'
import type { PermitCommand } from '../src/domain/permit/decide.ts'
import { askedAtWindow } from '../src/domain/permit/decide-originals.ts'
import { verdictOn } from '../src/domain/permit/state.ts'
import { actOnApplication } from '../src/service/act-on-application.ts'
import { actOnPermit } from '../src/service/act-on-permit.ts'
import { actOnCard } from '../src/service/card/act-on-card.ts'
import { showCard } from '../src/service/card/show-card.ts'
import { startEnrolment } from '../src/service/card/start-enrolment.ts'
import { checkCode } from '../src/service/check/check-code.ts'
import { registerEmployer } from '../src/service/filing/register-employer.ts'
import { saveDraft } from '../src/service/filing/save-draft.ts'
import { startDraft } from '../src/service/filing/start-draft.ts'
import { submit } from '../src/service/filing/submit.ts'
import { gatherWorld } from '../src/service/gather-world.ts'
import { settleApplication } from '../src/service/settle.ts'
import { findApplication, replayApplication, type Scope } from '../src/store/application.ts'
import { linkHash, listEvents } from '../src/store/log.ts'
import { getPaperOrder, listPapers } from '../src/store/paper.ts'
import { findPermit, replayPermit } from '../src/store/permit.ts'
import { findPermitNumber } from '../src/store/person.ts'
import { findEmployer } from '../src/store/small-aggregate.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { goodForm, orderBy, person, type Thread, thread, uuid } from './thread.ts'

let base: TestDatabase
let t: Thread
let handler: Actor
let desk: Record<'preReviewer' | 'acceptanceClerk' | 'reviewer' | 'decider' | 'windowClerk', Actor>
let scope: Scope
let office: Scope

beforeAll(async () => {
  base = await testDatabase()
  t = await thread(base.db, base.ownerDb, '2026-11-16T02:00:00.000Z')
  handler = person('handler', { employerId: uuid() })
  scope = { kind: 'employer', employerId: handler.employerId! }
  office = { kind: 'office', officeId: t.office }
  const staff = (role: 'preReviewer' | 'acceptanceClerk' | 'reviewer' | 'decider' | 'windowClerk') => person(role, { officeId: t.office })
  desk = {
    preReviewer: staff('preReviewer'),
    acceptanceClerk: staff('acceptanceClerk'),
    reviewer: staff('reviewer'),
    decider: staff('decider'),
    windowClerk: staff('windowClerk'),
  }
})
afterAll(() => base?.drop())

const must = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}
const filer = (caseNo: string, command: ApplicationCommand, envelope = orderBy(t, handler)) =>
  actOnApplication(t.tools, envelope, { by: { caseNo }, scope, command, body: command })
const officer = (who: keyof typeof desk, caseNo: string, command: ApplicationCommand, envelope = orderBy(t, desk[who])) =>
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
const checkAll = async (who: keyof typeof desk, caseNo: string) => {
  for (const code of Object.keys((await load(caseNo)).state.papers))
    must(await officer(who, caseNo, { type: 'checkPaper', code, finding: 'inOrder' }))
}
const judgeAll = async (who: keyof typeof desk, caseNo: string, stage: string) => {
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

describe('the main job, from the unit to the Decision', () => {
  let caseNo = ''
  let permitId = ''

  it('a unit registers and may file nothing else until an officer approves it', async () => {
    must(
      await registerEmployer(t.tools, orderBy(t, handler), {
        employerId: handler.employerId!,
        nameZh: '南岭海图软件有限公司',
        nameEn: 'Nanling Chart Software Co., Ltd.',
        creditCode: '91350100M000100Y43',
        areaCode: '440115',
        tier: 'private',
      }),
    )
    expect(await startDraft(t.tools, orderBy(t, handler), { item: 'NEW_OVERSEAS' })).toEqual({
      ok: false,
      refusal: { code: 'employerNotApproved' },
    })
    const { caseNo: registration } = must(await startDraft(t.tools, orderBy(t, handler), { item: 'EMPLOYER_REG' }))
    must(
      await saveDraft(t.tools, orderBy(t, handler), scope, registration, {
        form: {
          employer: {
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
          },
          declarations: { truthful: true },
        },
      }),
    )
    await attachAll(registration)
    must(await submit(t.tools, orderBy(t, handler), scope, registration, {}))
    await toDecision(registration)
    must(await officer('decider', registration, { type: 'grant', permitId: uuid() }))
    expect((await findEmployer(t.tools.db, handler.employerId!))?.state.standing).toBe('approved')
  })

  it('files an overseas application whole, and an empty one is told everything that it lacks', async () => {
    const { caseNo: empty } = must(await startDraft(t.tools, orderBy(t, handler), { item: 'NEW_OVERSEAS' }))
    const answer = await submit(t.tools, orderBy(t, handler), scope, empty, {})
    expect(answer.ok ? 0 : answer.refusal.code === 'formIncomplete' ? answer.refusal.faults.length : -1).toBeGreaterThan(10)
    caseNo = await fileOverseas()
    const { state } = await load(caseNo)
    expect(state.stage).toBe('preReview')
    expect(state.assessment?.class).toBe('B')
    expect(state.offices.preReview).toBe(t.office)
  })

  it('removed items say since when and what replaced them', async () => {
    expect(await startDraft(t.tools, orderBy(t, handler), { item: 'REISSUE' })).toMatchObject({
      ok: false,
      refusal: { code: 'itemClosed', since: '2024-12-01' },
    })
    expect(await startDraft(t.tools, orderBy(t, handler), { item: '__proto__' })).toMatchObject({
      ok: false,
      refusal: { code: 'itemUnknown' },
    })
  })

  it('officers pass it on, and nobody decides what they reviewed', async () => {
    await toDecision(caseNo)
    must(await officer('decider', caseNo, { type: 'giveBack' }))
    const same = { ...desk.decider, accountId: uuid(), personId: desk.reviewer.personId }
    const grant = { type: 'grant', permitId: uuid() } as const
    const take = { type: 'take', outOfOrder: false } as const
    expect(
      await actOnApplication(t.tools, orderBy(t, same), {
        by: { caseNo },
        scope: office,
        command: take,
        body: take,
        extras: { nextInLine: true },
      }),
    ).toEqual({ ok: false, refusal: { code: 'fourEyes', earlier: 'review' } })
    must(await officer('decider', caseNo, take))
    const stale: Envelope = { ...orderBy(t, desk.decider), actor: desk.decider }
    expect(await officer('decider', caseNo, grant, stale)).toEqual({ ok: false, refusal: { code: 'stepUpNeeded' } })
  })

  it('the grant gives permit, life-long number, Notice and due papers in one transaction', async () => {
    permitId = uuid()
    must(await officer('decider', caseNo, { type: 'grant', permitId }))
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    expect(state).toMatchObject({
      standing: 'noticeIssued',
      verification: 'pending',
      class: 'B',
      validFrom: '2027-01-11',
      validUntil: '2029-01-10',
    })
    expect(verdictOn(state, '2027-01-11')).toBe('notYetValid')
    expect(await findPermitNumber(t.tools.db, t.tools.vault, state.personId)).toMatch(/^00\d{15}[\dX]$/)
    const papers = (await listPapers(t.tools.db, state.applicationId)).map((p) => p.kind)
    expect(papers).toContain('acceptanceReceipt')
    expect(papers).toContain('notice')
    expect(papers).not.toContain('decision')
  })

  it('entry starts thirty days that roll over a day off, and explain themselves', async () => {
    t.at('2026-12-03T02:00:00.000Z')
    const act = (command: PermitCommand, actor = handler) =>
      actOnPermit(t.tools, orderBy(t, actor), {
        by: { id: permitId },
        scope: actor === handler ? { kind: 'employer', employerId: handler.employerId! } : { kind: 'office', officeId: t.office },
        command,
        body: command,
      })
    expect(await act({ type: 'recordEntry', enteredOn: '2026-12-04' })).toMatchObject({
      ok: false,
      refusal: { code: 'entryNotPossible', why: 'inFuture' },
    })
    must(await act({ type: 'recordEntry', enteredOn: '2026-12-02' }))
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    const duty = state.clocks.find((c) => c.period.code === 'VERIFY_ORIGINALS')
    expect(duty).toMatchObject({ nominalOn: '2027-01-01', dueOn: '2027-01-04', safeOn: '2026-12-31', provisional: true })
  })

  it('the window sees every original and hands over the Decision', async () => {
    t.at('2026-12-10T02:00:00.000Z')
    const clerk = desk.windowClerk
    const visitId = uuid()
    const act = (command: PermitCommand) =>
      actOnPermit(t.tools, orderBy(t, clerk), {
        by: { id: permitId },
        scope: { kind: 'office', officeId: t.office },
        command,
        body: command,
      })
    expect(await act({ type: 'collectDecision', by: 'holder', visitId })).toMatchObject({
      ok: false,
      refusal: { code: 'decisionNotReady' },
    })
    expect(await act({ type: 'finishVerification' })).toMatchObject({ ok: false, refusal: { code: 'originalsLeft' } })
    const { state: before } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    const { pack } = await t.tools.packs.inForce('cn-guangzhou', '2026-12-10')
    const asked = askedAtWindow(before, { windowPapers: pack.window?.papers ?? [] })
    expect(asked).toContain('M03')
    for (const code of asked)
      must(
        await act({
          type: 'checkOriginal',
          code,
          result: 'match',
          visitId,
          issuedOn: '2026-12-05',
          issuedBy: pack.window?.medical?.issuers[0] ?? '',
        }),
      )
    must(await act({ type: 'finishVerification' }))
    must(await act({ type: 'collectDecision', by: 'holder', visitId }))
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    expect(state).toMatchObject({ verification: 'done', decisionCollectedOn: '2026-12-10', standing: 'active' })
    expect((await listPapers(t.tools.db, state.applicationId)).map((p) => p.kind)).toContain('decision')
  })

  it('the holder registers by name and number, with one answer for every mismatch, and two clerks confirm the person', async () => {
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    const number = (await findPermitNumber(t.tools.db, t.tools.vault, state.personId))!
    const holder = person('holder', { personId: state.personId, level: 'password' })
    const kind = 'permitNumber' as const
    const name = 'GUTIERREZ DE LA FUENTE Y ORTEGA ANA MARIA'
    const strangers = [{ name: 'Ana Nobody', number, kind }, { name, number: '000000000000000000', kind }, { name: 'x', number: '', kind }, { name, number, kind: 'socialNumber' as const }]
    for (const body of strangers) expect(await startEnrolment(t.tools, orderBy(t, holder), body)).toEqual({ ok: false, refusal: { code: 'cardNoMatch' } })
    must(await startEnrolment(t.tools, orderBy(t, holder), { name, number, kind }))
    expect(await showCard(t.tools, orderBy(t, holder), state.personId)).toMatchObject({ ok: false, refusal: { code: 'cardNotOpen' } })
    const confirm = (personId: string) => actOnCard(t.tools, orderBy(t, desk.windowClerk), { by: { personId: state.personId }, command: { type: 'confirmAtWindow', secondClerk: { personId } }, faceConsent: 'FACE', body: personId })
    expect(await confirm(desk.windowClerk.personId)).toEqual({ ok: false, refusal: { code: 'secondClerkNeeded' } })
    expect(must(await confirm(uuid()))).toMatchObject({ standing: 'held', check: 'confirmed' })
  })

  it('anyone checks the live code for a minute, and the paper with a masked name', async () => {
    t.at('2027-01-12T02:00:00.000Z')
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    const holder = person('holder', { personId: state.personId, level: 'password' })
    const envelope = orderBy(t, holder)
    const { code } = must(await showCard(t.tools, envelope, state.personId))
    expect(must(await showCard(t.tools, envelope, state.personId)).code).toBe(code)
    expect(await checkCode(t.tools, code)).toMatchObject({ verdict: 'valid', kind: 'live', name: 'Gutiérrez de la Fuente y Ortega Ana María', class: 'B', until: '2029-01-10' })
    t.at('2027-01-12T02:01:00.000Z')
    expect(await checkCode(t.tools, code)).toMatchObject({ verdict: 'codeExpired' })
    const notice = (await listPapers(t.tools.db, state.applicationId)).find((p) => p.kind === 'notice')!
    const printed = (await getPaperOrder(t.tools.db, t.tools.vault, notice.id)).code!
    const answer = await checkCode(t.tools, printed)
    expect(answer).toMatchObject({ verdict: 'valid', kind: 'paper' })
    expect(JSON.stringify(answer)).not.toContain('Ana')
    for (const wrong of ['', 'x', `${printed}x`, printed.toLowerCase(), "' or 1=1 --", '\u0000'.repeat(22)]) expect((await checkCode(t.tools, wrong)).verdict).toBe('unknown')
    t.at('2026-12-10T02:00:00.000Z')
  })

  it('folding each log gives each snapshot, and every link of the chain holds', async () => {
    const { state } = await load(caseNo)
    expect(await replayApplication(t.tools.db, state.id)).toEqual(state)
    const permit = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    expect(await replayPermit(t.tools.db, permitId)).toEqual(permit.state)
    for (const log of ['application', 'permit'] as const)
      for (const e of await listEvents(t.tools.db, log, log === 'permit' ? permitId : state.id))
        expect(linkHash(e).equals(e.hash)).toBe(true)
  })

  it('no log, job or clock holds a name, a passport number or a free word', async () => {
    const { rows } = await sql<{
      all: string
    }>`select string_agg(outcome, ' ') as all from (select outcome from application_event union all select outcome from permit_event union all select outcome from employer_event) x`.execute(
      base.ownerDb,
    )
    for (const marker of ['Gutiérrez', 'Ana María', 'ana@example.test', 'Cartography', '海图算法工程师', '+34'])
      expect(rows[0]?.all).not.toContain(marker)
    expect(JSON.stringify(t.jobs)).not.toContain('Gutiérrez')
  })
})

describe('what tries to break it', () => {
  it('a repeated command answers the same and does nothing; another body under its id is refused', async () => {
    const envelope = orderBy(t, handler)
    const first = must(await startDraft(t.tools, envelope, { item: 'NEW_OVERSEAS' }))
    const all = await Promise.all(Array.from({ length: 20 }, () => startDraft(t.tools, envelope, { item: 'NEW_OVERSEAS' })))
    expect(all.map((a) => (a.ok ? a.value.caseNo : a.refusal.code))).toEqual(Array(20).fill(first.caseNo))
    expect(await startDraft(t.tools, envelope, { item: 'EMPLOYER_CHANGE' })).toEqual({ ok: false, refusal: { code: 'commandIdReused' } })
  })

  it('of two officers who take at once, one holds the case', async () => {
    const caseNo = await fileOverseas()
    const second = person('preReviewer', { officeId: t.office })
    const take = { type: 'take', outOfOrder: false } as const
    const answers = await Promise.all(
      [desk.preReviewer, second].map((a) =>
        actOnApplication(t.tools, orderBy(t, a), {
          by: { caseNo },
          scope: office,
          command: take,
          body: take,
          extras: { nextInLine: true },
        }),
      ),
    )
    expect(answers.filter((a) => a.ok)).toHaveLength(1)
  })

  it('another employer and another office get the answer for a case that does not exist', async () => {
    const caseNo = await fileOverseas()
    const stranger: Scope = { kind: 'employer', employerId: uuid() }
    const withdraw = { type: 'withdraw' } as const
    expect(
      await actOnApplication(t.tools, orderBy(t, handler), { by: { caseNo }, scope: stranger, command: withdraw, body: withdraw }),
    ).toEqual({ ok: false, refusal: { code: 'notFound' } })
    const take = { type: 'take', outOfOrder: false } as const
    expect(
      await actOnApplication(t.tools, orderBy(t, desk.preReviewer), {
        by: { caseNo },
        scope: { kind: 'office', officeId: t.otherOffice },
        command: take,
        body: take,
      }),
    ).toEqual({ ok: false, refusal: { code: 'notFound' } })
  })

  it('tells a defect once: what the first return could have named cannot be asked later', async () => {
    const caseNo = await fileOverseas()
    must(await officer('preReviewer', caseNo, { type: 'take', outOfOrder: false }))
    const { pack } = await t.tools.packs.inForce('cn-guangzhou', '2026-12-10')
    const reason = Object.entries(pack.reasons).find(([, r]) => r.for.includes('defect'))![0]
    must(
      await officer('preReviewer', caseNo, {
        type: 'returnForCorrection',
        defects: [{ id: uuid(), point: { kind: 'paper', code: 'M03' }, reason }],
      }),
    )
    expect((await load(caseNo)).state).toMatchObject({ stage: 'correction', returnsTo: 'preReview' })
    const draft = (await load(caseNo)).state.papers['M02']!
    expect(await filer(caseNo, { type: 'attachPaper', paper: { ...draft, uploadId: uuid() } })).toEqual({
      ok: false,
      refusal: { code: 'notNamed', point: 'M02' },
    })
    expect(await filer(caseNo, { type: 'resubmit', objections: [] })).toMatchObject({ ok: false, refusal: { code: 'pointsLeft' } })
    const degree = (await load(caseNo)).state.papers['M03']!
    must(await filer(caseNo, { type: 'attachPaper', paper: { ...degree, uploadId: uuid() } }))
    must(await filer(caseNo, { type: 'resubmit', objections: [] }))
    expect((await load(caseNo)).state.officer?.accountId).toBe(desk.preReviewer.accountId)
    expect(
      await officer('preReviewer', caseNo, {
        type: 'returnForCorrection',
        defects: [{ id: uuid(), point: { kind: 'paper', code: 'M02' }, reason }],
      }),
    ).toEqual({ ok: false, refusal: { code: 'couldHaveBeenNamed', points: ['M02'] } })
    must(
      await officer('preReviewer', caseNo, {
        type: 'returnForCorrection',
        defects: [{ id: uuid(), point: { kind: 'paper', code: 'M03' }, reason }],
      }),
    )
  })

  it('silence of the office is acceptance by law at the legal moment, whoever looks first (GC-12)', async () => {
    t.at('2026-02-12T02:00:00.000Z')
    const caseNo = await fileOverseas()
    const { state } = await load(caseNo)
    expect(state.clocks.find((c) => c.period.code === 'NOTIFY_ONCE')?.dueOn).toBe('2026-02-26')
    t.at('2026-02-27T03:00:00.000Z')
    expect(await officer('preReviewer', caseNo, { type: 'take', outOfOrder: false })).toMatchObject({ ok: false })
    const after = (await load(caseNo)).state
    expect(after).toMatchObject({ stage: 'review', acceptedOn: '2026-02-12' })
    expect(after.clocks.find((c) => c.period.code === 'DECIDE_CAP')?.dueOn).toBe('2026-03-18')
    const accepted = (await listEvents(t.tools.db, 'application', after.id)).find((e) => e.type === 'accepted')
    expect(accepted?.effective_at).toBe('2026-02-26T16:00:00.000Z')
    expect(await settleApplication(t.tools, after.id, t.tools.now())).toBe(0)
    t.at('2026-12-10T02:00:00.000Z')
  })

  it('the application cannot change or delete a log, and a row that does not follow the chain is refused', async () => {
    await expect(sql`update application_event set outcome = '{}'`.execute(t.tools.db)).rejects.toThrow(/permission denied/)
    await expect(sql`delete from permit_event`.execute(t.tools.db)).rejects.toThrow(/permission denied/)
    await expect(
      sql`insert into application_event select stream_id, version + 1000, type, v, at, effective_at, actor_id, actor_person_id, role, office_id, employer_id, mandate_id, level, request_id, command_id, hash, hash, outcome from application_event limit 1`.execute(
        t.tools.db,
      ),
    ).rejects.toThrow(/does not follow/)
  })

  it('conservation: received = ended + open, and every open case has stage, office and due date', async () => {
    const { rows } = await sql<{
      received: number
      ended: number
      open: number
      bare: number
    }>`select count(*)::int as received, count(*) filter (where ended_at is not null)::int as ended,
      count(*) filter (where ended_at is null)::int as open, count(*) filter (where ended_at is null and (office_id is null or due_on is null))::int as bare from application where stage <> 'draft'`.execute(
      t.tools.db,
    )
    const sum = rows[0]!
    expect(sum.received).toBe(sum.ended + sum.open)
    expect(sum.bare).toBe(0)
  })

  it('every act of the table names at least one stage and one role', () => {
    for (const [action, open] of Object.entries(ACTIONS)) expect(open.stages.length * open.roles.length, action).toBeGreaterThan(0)
  })
})
