import { describe, expect, it } from 'vitest'
import { type Clock, evolveClocks } from './clock.ts'
import { followSteps } from './follow.ts'
import { period, ten, test } from './sample-clocks.ts'

describe('clocks beside a filing', () => {
  const owner = '018f0000-0000-7000-8000-000000000000'
  const notify = { starts: ['submitted', 'resubmitted'], period: { ...ten, code: 'NOTIFY', met: ['returned'], pauses: [] } }
  const decide = { starts: ['accepted'], period: { ...ten, code: 'DECIDE' } }
  const cure = { starts: ['returned'], period: { ...period({ amount: 60, unit: 'day' }), code: 'CURE', met: ['resubmitted'], pauses: [] } }
  const play = (steps: { type: string; on: string; from?: string }[]) =>
    followSteps([], steps, [notify, decide, cure], test, owner).reduce(evolveClocks, [] as Clock[])
  it('start, pause, resume and end by what happens, and start anew at a resubmission', () => {
    const clocks = play([
      { type: 'submitted', on: '2025-09-01' },
      { type: 'accepted', on: '2025-09-02' },
      { type: 'accepted', on: '2025-09-03' },
      { type: 'returned', on: '2025-09-04' },
      { type: 'resubmitted', on: '2025-09-10' },
      { type: 'decided', on: '2025-09-12' },
    ])
    expect(clocks.map((c) => [c.period.code, c.from, c.state])).toEqual([
      ['NOTIFY', '2025-09-01', 'met'],
      ['DECIDE', '2025-09-02', 'met'],
      ['CURE', '2025-09-04', 'met'],
      ['NOTIFY', '2025-09-10', 'running'],
    ])
    expect(clocks[1]?.ledger.map((l) => l.kind)).toEqual(['started', 'paused', 'resumed', 'met'])
    expect(new Set(clocks.map((c) => c.id)).size).toBe(4)
  })
  it('count from another day where the law does', () => {
    expect(play([{ type: 'accepted', on: '2025-09-05', from: '2025-09-01' }])[0]).toMatchObject({ from: '2025-09-01', dueOn: '2025-09-15' })
  })
})
