import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTIONS } from '../src/domain/application/actions.ts'
import { actOnApplication } from '../src/service/act-on-application.ts'
import { startDraft } from '../src/service/filing/start-draft.ts'
import { settleApplication } from '../src/service/settle.ts'
import type { Scope } from '../src/store/application.ts'
import { listEvents } from '../src/store/log.ts'
import { must, type Story, story } from './story.ts'
import { orderBy, person, uuid } from './thread.ts'

let s: Story
let t: Story['t']
let handler: Story['handler']
let desk: Story['desk']
let office: Story['office']
let filer: Story['filer']
let officer: Story['officer']
let load: Story['load']
let fileOverseas: Story['fileOverseas']
beforeAll(async () => {
  s = await story('2026-11-16T02:00:00.000Z')
  ;({ t, handler, desk, office, filer, officer, load, fileOverseas } = s)
  await s.register()
  await s.approve()
  t.at('2026-12-10T02:00:00.000Z')
})
afterAll(() => s?.base.drop())

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
