import { addMonths } from '../clock/calendar.ts'
import type { Facts } from '../policy/facts.ts'
import type { Pack } from '../policy/pack.ts'

export type Points = { total: number; rows: Record<string, number> }
type Row = Pack['points'][string]

/** Whole years on the day of filing: 60 until the 61st birthday (DD-24). */
const ageOn = (birth: string | undefined, day: string | undefined): number | undefined => {
  if (!birth || !day) return undefined
  let years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  while (addMonths(birth, years * 12) > day) years--
  return years
}

/** The points table in force: half-open intervals in fen and whole years; what is not given counts 0 (DD-25, DD-27). */
export function countPoints(table: Pack['points'], f: Facts): Points {
  const rows = Object.fromEntries(Object.entries(table).map(([code, row]) => [code, Math.min(row.max, pointsOf(row, f))]))
  return { rows, total: Object.values(rows).reduce((a, b) => a + b, 0) }
}

const pointsOf = (row: Row, f: Facts): number => {
  switch (row.shape) {
    case 'bands': {
      // Ten thousand yuan are a million fen: bounds are compared in fen, never as fractions.
      const scale = row.of === 'payTenThousands' ? 1_000_000 : 1
      const v =
        row.of === 'payTenThousands'
          ? f.payPerYear
          : row.of === 'monthsInChina'
            ? f.monthsInChina
            : ageOn(f.days?.['birth'], f.days?.['filed'])
      if (v === undefined) return 0
      return row.bands.find((b) => v >= b.from * scale && (b.below === undefined || v < b.below * scale))?.points ?? 0
    }
    case 'steps': {
      const years = f.experienceYears ?? 0
      return years < row.first ? 0 : row.points + (years - row.first) * row.each
    }
    case 'levels':
      return levels(row, f)
    case 'granted':
      return f.localBonus ?? 0
    default:
      return row satisfies never
  }
}
const levels = (row: Extract<Row, { shape: 'levels' }>, f: Facts): number => {
  const at = (level: string | undefined) => (level === undefined ? 0 : (row.levels[level] ?? 0))
  switch (row.of) {
    case 'education':
      return Math.max(at(f.degree), at(f.vocational))
    case 'chinese':
      return f.chineseNative ? at('native') : at(`hsk${f.hsk ?? 0}`)
    case 'region':
      return at(f.region)
    case 'extra':
      return (f.extras ?? []).length > 0 ? Math.max(...(f.extras ?? []).map((e) => at(e)), at('any')) : 0
    default:
      return row.of satisfies never
  }
}
