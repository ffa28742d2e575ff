import type { Assessment } from '../policy/assess.ts'
import type { RecordedAssessment } from './state.ts'

/** What an event keeps of an assessment: class, criteria, points, flags and refusals by code, with the version of the form it rests on. */
export const recordAssessment = (a: Assessment | undefined, formVersion: number): RecordedAssessment | undefined =>
  a === undefined
    ? undefined
    : {
        formVersion,
        class: a.class,
        met: a.met.map((m) => m.criterion),
        claimed: a.claimed,
        ...(a.points ? { points: { total: a.points.total, rows: a.points.rows } } : {}),
        flags: a.flags,
        refusals: a.refusals.map((r) => r.code),
      }
