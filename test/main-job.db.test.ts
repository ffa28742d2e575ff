import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Envelope } from '../src/domain/kernel.ts'
import type { PermitCommand } from '../src/domain/permit/decide.ts'
import { askedAtWindow } from '../src/domain/permit/decide-originals.ts'
import { verdictOn } from '../src/domain/permit/state.ts'
import { actOnApplication } from '../src/service/act-on-application.ts'
import { actOnPermit } from '../src/service/act-on-permit.ts'
import { actOnCard } from '../src/service/card/act-on-card.ts'
import { showCard } from '../src/service/card/show-card.ts'
import { startEnrolment } from '../src/service/card/start-enrolment.ts'
import { checkCode } from '../src/service/check/check-code.ts'
import { startDraft } from '../src/service/filing/start-draft.ts'
import { submit } from '../src/service/filing/submit.ts'
import { replayApplication } from '../src/store/application.ts'
import { readBlob } from '../src/store/blob/sealed-blob.ts'
import { linkHash, listEvents } from '../src/store/log.ts'
import { getPaperOrder, listPapers } from '../src/store/paper.ts'
import { findPermit, replayPermit } from '../src/store/permit.ts'
import { findPermitNumber } from '../src/store/person.ts'
import { findEmployer } from '../src/store/small-aggregate.ts'
import { makePaper } from '../src/tasks/make-paper.ts'
import { must, type Story, story } from './story.ts'
import { orderBy, person, uuid } from './thread.ts'

let s: Story
let t: Story['t']
let handler: Story['handler']
let desk: Story['desk']
let scope: Story['scope']
let office: Story['office']
let officer: Story['officer']
let load: Story['load']
let fileOverseas: Story['fileOverseas']
beforeAll(async () => {
  s = await story('2026-11-16T02:00:00.000Z')
  ;({ t, handler, desk, scope, office, officer, load, fileOverseas } = s)
})
afterAll(() => s?.base.drop())

describe('the main job, from the unit to the Decision', () => {
  let caseNo = ''
  let permitId = ''

  it('a unit registers and may file nothing else until an officer approves it', async () => {
    await s.register()
    expect(await startDraft(t.tools, orderBy(t, handler), { item: 'NEW_OVERSEAS' })).toEqual({
      ok: false,
      refusal: { code: 'employerNotApproved' },
    })
    await s.approve()
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
    await s.toDecision(caseNo)
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

  it('papers due become PDFs from the sealed record, the same however often they are made', async () => {
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    const due = await listPapers(t.tools.db, state.applicationId)
    for (const p of due) expect(await makePaper(t.tools, { paperId: p.id }), p.kind).toBe('made')
    for (const p of due) expect(await makePaper(t.tools, { paperId: p.id })).toBe('already')
    const made = await listPapers(t.tools.db, state.applicationId)
    expect(made.map((p) => p.kind).sort()).toEqual(['acceptanceReceipt', 'decision', 'notice'])
    for (const p of made) {
      const bytes = await readBlob(t.tools, t.tools.db, p.blobId!)
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    }
  })

  it('the holder registers by name and number, with one answer for every mismatch, and two clerks confirm the person', async () => {
    const { state } = (await findPermit(t.tools.db, { id: permitId }, { kind: 'system' }))!
    const number = (await findPermitNumber(t.tools.db, t.tools.vault, state.personId))!
    const holder = person('holder', { personId: state.personId, level: 'password' })
    const kind = 'permitNumber' as const
    const name = 'GUTIERREZ DE LA FUENTE Y ORTEGA ANA MARIA'
    const strangers = [
      { name: 'Ana Nobody', number, kind },
      { name, number: '000000000000000000', kind },
      { name: 'x', number: '', kind },
      { name, number, kind: 'socialNumber' as const },
    ]
    for (const body of strangers)
      expect(await startEnrolment(t.tools, orderBy(t, holder), body)).toEqual({ ok: false, refusal: { code: 'cardNoMatch' } })
    must(await startEnrolment(t.tools, orderBy(t, holder), { name, number, kind }))
    expect(await showCard(t.tools, orderBy(t, holder), state.personId)).toMatchObject({ ok: false, refusal: { code: 'cardNotOpen' } })
    const confirm = (personId: string) =>
      actOnCard(t.tools, orderBy(t, desk.windowClerk), {
        by: { personId: state.personId },
        command: { type: 'confirmAtWindow', secondClerk: { personId } },
        faceConsent: 'FACE',
        body: personId,
      })
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
    expect(await checkCode(t.tools, code)).toMatchObject({
      verdict: 'valid',
      kind: 'live',
      name: 'Gutiérrez de la Fuente y Ortega Ana María',
      class: 'B',
      until: '2029-01-10',
    })
    t.at('2027-01-12T02:01:00.000Z')
    expect(await checkCode(t.tools, code)).toMatchObject({ verdict: 'codeExpired' })
    const notice = (await listPapers(t.tools.db, state.applicationId)).find((p) => p.kind === 'notice')!
    const printed = (await getPaperOrder(t.tools.db, t.tools.vault, notice.id)).code!
    const answer = await checkCode(t.tools, printed)
    expect(answer).toMatchObject({ verdict: 'valid', kind: 'paper' })
    expect(JSON.stringify(answer)).not.toContain('Ana')
    for (const wrong of ['', 'x', `${printed}x`, printed.toLowerCase(), "' or 1=1 --", '\u0000'.repeat(22)])
      expect((await checkCode(t.tools, wrong)).verdict).toBe('unknown')
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
      s.base.ownerDb,
    )
    for (const marker of ['Gutiérrez', 'Ana María', 'ana@example.test', 'Cartography', '海图算法工程师', '+34'])
      expect(rows[0]?.all).not.toContain(marker)
    expect(JSON.stringify(t.jobs)).not.toContain('Gutiérrez')
  })
})
