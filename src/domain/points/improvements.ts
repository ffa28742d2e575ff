import type { Text } from '../kernel.ts'
import type { Facts } from '../policy/facts.ts'
import { labels } from '../policy/labels.ts'
import type { PointsRow } from '../policy/parts.ts'
import type { Class } from '../policy/words.ts'
import { boundOf, figureOf, type Points } from './points.ts'

/** One thing that would raise the sum, with the sum it leads to and the class that sum reaches, if it is a better one. */
export type Improvement = { row: string; total: number; reaches?: Class; text: Text }
/** Sums at which a class is reached by points, from the criteria of the pack. */
export type Threshold = { class: Class; points: number }

const yuan = (fen: number) => {
  const whole = String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return { zh: `年薪 ${whole} 元`, en: `Pay of ${whole} yuan a year` }
}
const years = (n: number): Text => ({ zh: `相关工作满 ${n} 年`, en: n === 1 ? '1 year of related work' : `${n} years of related work` })

/** Each way up in one row: what it is, and the points of the row then. Age and region are not a person's to change. */
function waysUp(row: PointsRow, now: number, f: Facts): { what: Text; points: number }[] {
  switch (row.shape) {
    case 'bands': {
      const figure = figureOf(row, f)
      if (row.of !== 'payTenThousands' || figure === undefined) return []
      return row.bands
        .filter((b) => boundOf(row, b.from) > figure && b.points > now)
        .map((b) => ({ what: yuan(boundOf(row, b.from)), points: b.points }))
    }
    case 'steps': {
      const have = figureOf(row, f)
      if (have === undefined) return []
      const next = Math.max(row.first, have + 1)
      const last = row.first + Math.ceil((row.max - row.points) / row.each)
      return Array.from({ length: Math.max(0, last - next + 1) }, (_, i) => ({
        what: years(next + i),
        points: Math.min(row.max, row.points + (next + i - row.first) * row.each),
      }))
    }
    case 'levels':
      if (row.of !== 'chinese' || f.chinese === undefined) return []
      return Object.entries(row.levels)
        .sort()
        .flatMap(([level, points]) =>
          /^hsk\d$/.test(level) && points > now ? [{ what: labels.chinese(level), points: Math.min(points, row.max) }] : [],
        )
    case 'granted':
      return []
    default:
      return row satisfies never
  }
}

/**
 * What would change the result, by the person's own doing: in each row the smallest way up that reaches a better class, else for Chinese the best one.
 * It tells sums, and never advises to state more than is true.
 */
export function improvements(
  table: Readonly<Record<string, PointsRow>>,
  points: Points,
  facts: Facts,
  thresholds: readonly Threshold[],
): Improvement[] {
  const now = reached(points.total, thresholds)
  const out: Improvement[] = []
  for (const [code, row] of Object.entries(table)) {
    const have = points.rows[code] ?? 0
    const ways = waysUp(row, have, facts)
      .map((w) => ({ ...w, total: points.total - have + w.points }))
      .sort((a, b) => a.total - b.total)
    const better = ways.find((w) => reached(w.total, thresholds) !== now)
    const chosen = better ?? (row.of === 'chinese' ? bestOf(ways) : undefined)
    if (!chosen) continue
    const reaches = better ? reached(better.total, thresholds) : undefined
    out.push({ row: code, total: chosen.total, ...(reaches ? { reaches } : {}), text: sentence(chosen.what, chosen.total, reaches) })
  }
  return out.sort((a, b) => Number(b.reaches !== undefined) - Number(a.reaches !== undefined))
}
/** The first of those with the highest sum: the fewest demands for the same points. */
const bestOf = <W extends { total: number }>(ways: W[]): W | undefined => ways.find((w) => w.total === ways[ways.length - 1]?.total)
const reached = (total: number, thresholds: readonly Threshold[]): Class | undefined =>
  [...thresholds].sort((a, b) => b.points - a.points).find((t) => total >= t.points)?.class
const sentence = (what: Text, total: number, reaches: Class | undefined): Text => ({
  zh: `${what.zh}：${total} 分${reaches ? `，达到 ${reaches} 类` : ''}`,
  en: `${what.en}: ${total}${reaches ? `, class ${reaches}` : ''}`,
})
