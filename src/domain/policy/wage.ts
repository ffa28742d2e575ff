import type { Day } from '../kernel.ts'
import type { Wage } from './parts.ts'

/** The average wage that counts on a day. `outOfDate`: its year is over and no newer row is published, so the last value goes on with a mark (DD-26). */
export type WageInForce = { code: string; yuanPerYear: number; from: Day; until: Day; outOfDate: boolean }

/** The row of the day; before the first row there is none, and a rule that needs it stays unknown. */
export function wageOn(wages: Readonly<Record<string, Wage>>, on: Day): WageInForce | undefined {
  const latest = Object.entries(wages)
    .filter(([, w]) => w.from <= on)
    .sort(([, a], [, b]) => (a.from < b.from ? 1 : -1))[0]
  if (!latest) return undefined
  const [code, { yuanPerYear, from, until }] = latest
  return { code, yuanPerYear, from, until, outOfDate: on > until }
}
