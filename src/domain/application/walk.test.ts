import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadPack, readCalendar } from '../../store/pack-folder.ts'
import { addDays, isWorkingDay } from '../clock/calendar.ts'
import { mayFire } from '../clock/clock.ts'
import { type Actor, dayOf, type Instant, type Role, startOf } from '../kernel.ts'
import { ACTIONS, openActions, refusalOf } from './actions.ts'
import type { ApplicationCommand } from './commands.ts'
import { decideApplication } from './decide.ts'
import type { ApplicationEvent } from './events.ts'
import { evolveApplication } from './evolve.ts'
import { type Application, ENDED, isOpen, officeOf } from './state.ts'
import type { ApplicationWorld, OpenItem } from './world.ts'

const { pack } = loadPack('policy', 'cn-guangzhou/2024-12')
const calendar = readCalendar('policy', 'cn')
const item = pack.items['EMPLOYER_REG'] as OpenItem
const period = (code: string) => {
  const p = pack.periods[code]!
  const line = p.length[0]!
  if (!('amount' in line)) throw new Error('a counted period is wanted')
  const { kind, party, pauses, rolls, extension, met, remindDays, missed, text, source } = p
  return {
    starts: p.starts,
    period: {
      code,
      kind,
      party,
      length: { amount: line.amount, unit: line.unit },
      pauses,
      rolls,
      extension,
      met,
      remindDays,
      missed,
      text,
      source,
    },
  }
}
const periods = ['NOTIFY_ONCE', 'PRE_REVIEW', 'ACCEPT', 'DECIDE', 'DECIDE_CAP', 'CURE', 'REGISTER_UNIT'].map(period)
const stages = ['preReview', 'acceptance', 'review', 'decision'] as const
const OFFICE = 'office'
const people: Actor[] = (['handler', 'preReviewer', 'acceptanceClerk', 'reviewer', 'decider', 'supervisor', 'system'] as Role[]).flatMap(
  (role) =>
    [1, 2].map((n) => ({
      accountId: `${role}-${n}`,
      personId: role === 'decider' && n === 2 ? 'reviewer-1' : `${role}-${n}`,
      role,
      level: 'passkey' as const,
    })),
)
const reason = (use: string) => Object.entries(pack.reasons).find(([, r]) => (r.for as string[]).includes(use))![0]

const world = (a: Application, actor: Actor, at: Instant, nextInLine = true): ApplicationWorld => ({
  envelope: { actor: { ...actor, steppedUpAt: at }, at, requestId: 'r', commandId: 'c' },
  today: dayOf(at),
  pack,
  packHash: 'hash',
  item: { ...item, stages: [...stages] },
  calendar,
  facts: {},
  periods,
  faults: [],
  formDigest: 'd',
  changedSections: a.stage === 'correction' ? ['employer'] : [],
  routing: { jurisdiction: 'cn-guangzhou', offices: Object.fromEntries(stages.map((s) => [s, OFFICE])) },
  employerApproved: true,
  conflict: false,
  nextInLine,
})
const start: ApplicationEvent = {
  type: 'draftStarted',
  v: 1,
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  caseNo: '2611-00001-0',
  item: 'EMPLOYER_REG',
  subject: 'employer',
  employerId: 'e',
  filedBy: 'employer',
}
const begin = evolveApplication(undefined, start)
const paper = (code: string, n: number) => ({
  code,
  form: Object.keys(pack.materials[code]!.forms)[0]!,
  uploadId: `u${n}`,
  blobId: `b${n}`,
  pages: 1,
  facts: {},
  formVersion: 1,
  formDigest: 'd',
})
const code = Object.keys(item.materials)[0]!

/** One command of each kind, as sensible as the state allows. */
const commandOf = (a: Application, type: ApplicationCommand['type'], n: number): ApplicationCommand => {
  switch (type) {
    case 'saveDraft':
      return { type, formVersion: a.formVersion + 1 }
    case 'attachPaper':
      return { type, paper: paper(code, n) }
    case 'removePaper':
      return { type, code }
    case 'commit':
      return { type, material: code, made: true }
    case 'resubmit':
      return { type, objections: n % 2 ? a.defects.filter((d) => !d.corrected).map((d) => ({ defectId: d.id, noteId: 'n' })) : [] }
    case 'take':
      return { type, outOfOrder: false }
    case 'giveBack':
      return { type, noteId: 'n' }
    case 'checkPaper':
      return { type, code, finding: n % 3 ? 'inOrder' : 'defect' }
    case 'judge':
      return { type, judgement: Object.keys(item.judgements)[0] ?? 'NONE', finding: 'yes' }
    case 'returnForCorrection':
      return {
        type,
        defects: [
          { id: `d${n}`, point: n % 2 ? { kind: 'paper', code } : { kind: 'section', code: 'employer' }, reason: reason('defect') },
        ],
      }
    case 'notAccept':
      return { type, reasons: [reason('nonAcceptance')] }
    case 'extendTime':
      return { type, noteId: 'n' }
    case 'finishReview':
      return { type, opinion: 'grant' }
    case 'sendBack':
      return { type, to: 'review', noteId: 'n' }
    case 'grant':
      return { type, permitId: 'p' }
    case 'refuse':
      return { type, reasons: [reason('refusal')] }
    case 'letPeriodPass':
      return { type, clockId: a.clocks.find((c) => c.state === 'running')?.id ?? 'none' }
    case 'recordPaper':
      return { type, kind: 'acceptanceReceipt', paperId: `p${n}` }
    case 'recordDelivery':
      return { type, kind: 'acceptanceReceipt', paperId: `p${n}` }
    case 'moveToOffice':
      return { type, offices: { review: OFFICE }, noteId: 'n' }
    case 'submit':
    case 'withdraw':
    case 'passPreReview':
    case 'accept':
      return { type }
    default:
      return type satisfies never
  }
}
const ADVANCE: ApplicationCommand['type'][] = ['finishReview', 'accept', 'passPreReview', 'resubmit', 'take', 'grant']
const OTHERWISE: ApplicationCommand['type'][] = ['refuse', 'notAccept', 'returnForCorrection']
const TYPES = Object.keys(ACTIONS) as ApplicationCommand['type'][]

const holds = (a: Application, log: ApplicationEvent[]) => {
  if (isOpen(a)) {
    expect(officeOf(a)).toBe(OFFICE)
    expect(a.clocks.length).toBeGreaterThan(0)
  }
  const decided = log.filter((e) => e.type === 'decided')
  for (const d of decided) {
    const reviewer = log
      .slice(0, log.indexOf(d))
      .filter((e) => e.type === 'reviewed')
      .at(-1)
    if (reviewer?.type === 'reviewed' && d.type === 'decided') expect(d.by.personId).not.toBe(reviewer.by.personId)
  }
  expect(log.filter((e) => e.type === 'submitted').length).toBeLessThanOrEqual(1)
  expect(decided.length).toBeLessThanOrEqual(1)
  for (const c of a.clocks) {
    expect(c.dueOn >= c.from).toBe(true)
    if (c.state !== 'running') expect(c.firesAt).toBeNull()
    else expect(c.firesAt).toBe(startOf(addDays(c.dueOn, 1)))
  }
}

describe('random legal walks of a filing', () => {
  it('keep office, clocks, four eyes and one decision, and folding the log gives the state', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(TYPES.length - 1), fc.nat(people.length - 1), fc.nat(9), fc.nat(4)), { minLength: 30, maxLength: 160 }),
        (steps) => {
          let a = begin
          let at = Date.parse('2026-03-02T02:00:00.000Z')
          const log: ApplicationEvent[] = [start]
          const act = (type: ApplicationCommand['type'], actor: Actor, n: number) => {
            const instant = new Date(at).toISOString()
            const may = openActions(a, actor).includes(type)
            const answer = decideApplication(a, commandOf(a, type, n), world(a, actor, instant))
            // Buttons and decide agree: what the table closes is refused, by the same reason.
            if (!may) expect(answer).toEqual({ ok: false, refusal: refusalOf(a, type, actor) })
            if (!answer.ok) return
            const ended = ENDED.includes(a.stage)
            for (const e of answer.events) a = evolveApplication(a, e)
            log.push(...answer.events)
            if (ended) expect(answer.events.every((e) => e.type === 'paperIssued' || e.type === 'delivered')).toBe(true)
            seen.add(a.stage)
            holds(a, log)
          }
          act('submit', people[0]!, 0)
          for (const [t, p, n, days] of steps) {
            at += days * 86_400_000
            // Half of the steps do what the desk would do next, so that walks get far; the others try anything.
            const fits = (who: Actor, type: ApplicationCommand['type']) => openActions(a, who).includes(type) && who.accountId.endsWith('1')
            const next =
              n > 4
                ? (n === 9 ? OTHERWISE : ADVANCE).flatMap((type) =>
                    people.filter((who) => fits(who, type)).map((who) => ({ type, who })),
                  )[0]
                : undefined
            if (next) act(next.type, next.who, n)
            else act(TYPES[t]!, people[p]!, n)
          }
          expect(log.reduce<Application | undefined>((s, e) => evolveApplication(s, e), undefined)).toEqual(a)
        },
      ),
      { numRuns: 400, seed: 20261125 },
    )
    for (const stage of ['preReview', 'correction', 'acceptance', 'review', 'decision', 'granted', 'refused', 'notAccepted', 'withdrawn'])
      expect(seen, `no walk reached ${stage}`).toContain(stage)
  })

  it('a correction that nobody makes lapses on its due day, and never on a provisional one', () => {
    const handler = people[0]!
    const officer = people.find((p) => p.role === 'preReviewer')!
    const go = (at: Instant) => {
      let a = begin
      const act = (actor: Actor, command: ApplicationCommand, when: Instant) => {
        const answer = decideApplication(a, command, world(a, actor, when))
        if (answer.ok) for (const e of answer.events) a = evolveApplication(a, e)
        return answer
      }
      act(handler, { type: 'submit' }, at)
      act(officer, { type: 'take', outOfOrder: false }, at)
      act(
        officer,
        { type: 'returnForCorrection', defects: [{ id: 'd', point: { kind: 'section', code: 'employer' }, reason: reason('defect') }] },
        at,
      )
      const cure = a.clocks.find((c) => c.period.code === 'CURE')!
      expect(isWorkingDay(calendar, cure.dueOn).working).toBe(true)
      const late = act(people.find((p) => p.role === 'system')!, { type: 'letPeriodPass', clockId: cure.id }, cure.firesAt!)
      return { a, cure, late }
    }
    expect(go('2026-03-02T02:00:00.000Z').a.stage).toBe('lapsed')
    const over = go('2026-11-20T02:00:00.000Z')
    expect(mayFire(over.cure)).toBe(!over.cure.provisional)
    if (over.cure.provisional) expect(over.late).toEqual({ ok: false, refusal: { code: 'provisionalDate' } })
  })
})
