import type { PhotoCheck } from '../answers.ts'

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

/** One measured value against its limits. The limit is written as people read it: `≥ 354`, `≤ 7`, `0.55–0.8`. */
export function check(code: string, measured: number, { min, max }: { min?: number; max?: number }, digits = 0): PhotoCheck {
  // Compared as it is shown: 0.9496 is not told to be 0.95 and too little.
  const shown = round(measured, digits)
  const limit = min !== undefined && max !== undefined ? `${min}–${max}` : min !== undefined ? `≥ ${min}` : `≤ ${max}`
  return {
    code,
    ok: Number.isFinite(shown) && shown >= (min ?? shown) && shown <= (max ?? shown),
    measured: Number.isFinite(shown) ? shown : null,
    limit,
  }
}
