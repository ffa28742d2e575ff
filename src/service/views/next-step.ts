import type { Application } from '../../domain/application/state.ts'
import type { Clock } from '../../domain/clock/clock.ts'
import type { Day } from '../../domain/kernel.ts'
import type { Permit } from '../../domain/permit/state.ts'

/** The sentence on top of every page: what happens next, who does it, by when, and the clock that says why. */
export type Next = {
  key: string
  values: Record<string, string | number>
  who: 'filer' | 'office' | 'holder' | 'nobody'
  dueOn: Day | null
  clockId: string | null
}

const earliest = (clocks: Clock[], pick: (c: Clock) => boolean): Clock | undefined =>
  clocks.filter((c) => (c.state === 'running' || c.state === 'paused') && pick(c)).sort((a, b) => a.dueOn.localeCompare(b.dueOn))[0]
const lastMissed = (clocks: Clock[], pick: (c: Clock) => boolean) =>
  clocks.filter((c) => c.state === 'missed' && pick(c)).sort((a, b) => b.dueOn.localeCompare(a.dueOn))[0]

/** Next step of a filing. `partsLeft` counts what a draft still lacks; `keptUntil` is the day to which the draft is kept. */
export function nextStepOf(a: Application, permit: Permit | undefined, draft: { partsLeft: number; keptUntil: Day | null }): Next {
  const of = (key: string, who: Next['who'], clock: Clock | undefined, values: Record<string, string | number> = {}): Next => ({
    key,
    who,
    dueOn: clock?.dueOn ?? null,
    clockId: clock?.id ?? null,
    values: { ...(clock ? { date: clock.dueOn, provisional: clock.provisional ? 1 : 0 } : {}), ...values },
  })
  const office = (c: Clock) => c.period.party === 'authority'
  switch (a.stage) {
    case 'draft':
      return {
        key: draft.partsLeft > 0 ? 'next.draft' : 'next.draftReady',
        who: 'filer',
        dueOn: draft.keptUntil,
        clockId: null,
        values: { parts: draft.partsLeft, ...(draft.keptUntil ? { date: draft.keptUntil } : {}) },
      }
    case 'correction':
      return of(
        'next.correction',
        'filer',
        earliest(a.clocks, (c) => c.period.kind === 'cure'),
        { n: a.defects.filter((d) => !d.corrected).length },
      )
    case 'preReview':
    case 'acceptance':
    case 'review':
    case 'decision': {
      const clock = earliest(a.clocks, office)
      const missed = lastMissed(a.clocks, office)
      const extended = clock?.ledger.some((l) => l.kind === 'extended')
      if (missed && (!clock || missed.period.kind === 'statutory'))
        return of('next.late', 'office', clock ?? missed, { missed: missed.dueOn })
      if (extended) return of('next.extended', 'office', clock)
      return of(a.stage === 'preReview' ? 'next.preReview' : a.stage === 'acceptance' ? 'next.acceptance' : 'next.review', 'office', clock)
    }
    case 'granted':
      return permit ? nextStepOfPermit(permit) : { key: 'next.grantedUnit', who: 'nobody', dueOn: null, clockId: null, values: {} }
    case 'refused':
      return { key: 'next.refused', who: 'filer', dueOn: null, clockId: null, values: {} }
    case 'notAccepted':
      return { key: 'next.notAccepted', who: 'filer', dueOn: null, clockId: null, values: {} }
    case 'withdrawn':
      return { key: 'next.withdrawn', who: 'nobody', dueOn: null, clockId: null, values: {} }
    case 'lapsed':
      return { key: 'next.lapsed', who: 'filer', dueOn: null, clockId: null, values: {} }
    default:
      return a.stage satisfies never
  }
}

/** Next step of a permit, in the holder's and the employer's eyes alike. */
export function nextStepOfPermit(p: Permit): Next {
  const none = { dueOn: null, clockId: null }
  if (p.ended) return { key: `next.ended.${p.ended.kind}`, who: 'nobody', ...none, values: { date: p.ended.on } }
  if (p.standing === 'suspended') return { key: 'next.suspended', who: 'nobody', ...none, values: {} }
  if (p.standing === 'noticeIssued') {
    const clock = earliest(p.clocks, (c) => c.startedBy === 'noticeIssued')
    return {
      key: 'next.granted',
      who: 'holder',
      dueOn: clock?.dueOn ?? null,
      clockId: clock?.id ?? null,
      values: clock ? { date: clock.dueOn, provisional: clock.provisional ? 1 : 0 } : {},
    }
  }
  const duty = p.clocks.find((c) => c.period.code === p.verificationPeriod)
  if (p.verification === 'overdue')
    return {
      key: 'next.overdue',
      who: 'holder',
      dueOn: duty?.dueOn ?? null,
      clockId: duty?.id ?? null,
      values: duty ? { date: duty.dueOn } : {},
    }
  if (p.verification === 'pending')
    return {
      key: 'next.entered',
      who: 'holder',
      dueOn: duty?.dueOn ?? null,
      clockId: duty?.id ?? null,
      values: duty ? { date: duty.dueOn, nominal: duty.nominalOn, provisional: duty.provisional ? 1 : 0 } : {},
    }
  if (p.verification === 'done' && !p.decisionCollectedOn) return { key: 'next.collect', who: 'holder', ...none, values: {} }
  return {
    key: p.verification === 'notRequired' ? 'next.classA' : 'next.holds',
    who: 'nobody',
    dueOn: p.validUntil,
    clockId: null,
    values: { date: p.validUntil },
  }
}
