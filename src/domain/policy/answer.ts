import type { Day } from '../kernel.ts'

/** What rules need beside the facts: the pack's lists, and a way to count working days (days after the first up to and including the second). */
export type RuleWorld = { lists: Record<string, string[]>; workingDaysBetween?: (from: Day, to: Day) => number }
/** Three answers. Unknown names the facts that are missing: it is never taken for yes or no. */
export type Answer = { is: 'yes' } | { is: 'no' } | { is: 'unknown'; missing: string[] }

export const yes = (b: boolean): Answer => ({ is: b ? 'yes' : 'no' })
export const unknown = (...missing: string[]): Answer => ({ is: 'unknown', missing })
