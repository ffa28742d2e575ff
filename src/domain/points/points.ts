import { ageOn } from '../policy/derive.ts'
import type { Facts } from '../policy/facts.ts'
import type { PointsRow } from '../policy/parts.ts'

/** Points by row of the table, with their sum. What is not given counts 0 and is named in `notGiven`. */
export type Points = { total: number; rows: Record<string, number>; notGiven: string[] }
/** Ten thousand yuan in fen: bounds of pay are compared in whole fen, never as fractions (DD-25). */
const TEN_THOUSAND_YUAN = 1_000_000

/** The points table in force: intervals closed below and open above, whole years, each row cut at its maximum (DD-24, DD-25, DD-27). */
export function countPoints(table: Readonly<Record<string, PointsRow>>, facts: Facts): Points {
  const rows: Record<string, number> = {}
  const notGiven: string[] = []
  for (const [code, row] of Object.entries(table)) {
    const points = pointsOf(row, facts)
    if (points === undefined) notGiven.push(code)
    rows[code] = Math.max(0, Math.min(row.max, points ?? 0))
  }
  return { rows, total: Object.values(rows).reduce((a, b) => a + b, 0), notGiven }
}

/** The figure that a banded or stepped row is read by: fen, months or whole years. */
export function figureOf(row: PointsRow, f: Facts): number | undefined {
  switch (row.of) {
    case 'payTenThousands':
      return f.payPerYear
    case 'monthsInChina':
      return f.monthsInChina
    case 'ageYears':
      return f.days?.birth !== undefined && f.days.filed !== undefined ? ageOn(f.days.birth, f.days.filed) : undefined
    case 'workYears':
      return f.experienceYears
    default:
      return undefined
  }
}
/** A bound of a band in the unit of its figure. */
export const boundOf = (row: PointsRow, bound: number): number =>
  row.of === 'payTenThousands' ? Math.round(bound * TEN_THOUSAND_YUAN) : bound

function pointsOf(row: PointsRow, f: Facts): number | undefined {
  switch (row.shape) {
    case 'bands': {
      const figure = figureOf(row, f)
      if (figure === undefined) return undefined
      return row.bands.find((b) => figure >= boundOf(row, b.from) && (b.below === undefined || figure < boundOf(row, b.below)))?.points ?? 0
    }
    case 'steps': {
      const years = figureOf(row, f)
      if (years === undefined) return undefined
      return years < row.first ? 0 : row.points + (years - row.first) * row.each
    }
    case 'levels': {
      const levels = levelsOf(row.of, f)
      return levels === undefined
        ? undefined
        : Math.max(0, ...levels.map((level) => (Object.hasOwn(row.levels, level) ? row.levels[level]! : 0)))
    }
    case 'granted':
      return f.localBonus ?? 0
    default:
      return row satisfies never
  }
}

/** Levels that the person has in a row; the best one counts. */
function levelsOf(of: Extract<PointsRow, { shape: 'levels' }>['of'], f: Facts): string[] | undefined {
  switch (of) {
    case 'education':
      return f.degree === undefined && f.vocational === undefined ? undefined : [f.degree, f.vocational].filter((x) => x !== undefined)
    case 'chinese':
      return f.chinese
    case 'region':
      return f.region === undefined ? undefined : [f.region]
    case 'extra':
      return f.extras
    default:
      return of satisfies never
  }
}
