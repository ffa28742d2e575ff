import type { Text } from '../../domain/kernel.ts'
import type { Assessment } from '../../domain/policy/assess.ts'
import type { Pack } from '../../domain/policy/pack.ts'

const named = (pack: Pack, code: string): { text: Text; remedy: Text } => {
  const reason = pack.reasons[code]
  return reason
    ? { text: reason.text, remedy: reason.remedy }
    : { text: { zh: code, en: code }, remedy: { zh: '请联系受理部门', en: 'Ask the office' } }
}

/** An assessment in words: each criterion, each point, each precondition with its reason and way out. */
export function assessmentView(pack: Pack, a: Assessment) {
  const claimed = new Set(a.claimed)
  const met = new Set(a.met.map((m) => m.criterion))
  return {
    class: a.class,
    criteria: Object.entries(pack.criteria).map(([code, c]) => {
      const open = a.open.find((o) => o.criterion === code)
      return {
        code,
        gives: c.gives,
        title: c.title,
        answer: met.has(code) ? ('yes' as const) : open ? ('unknown' as const) : ('no' as const),
        missing: open?.missing ?? [],
        claimed: claimed.has(code),
        evidence: c.evidence,
        source: c.source,
      }
    }),
    points: a.points
      ? {
          total: a.points.total,
          rows: Object.entries(pack.points).map(([code, row]) => ({
            code,
            points: a.points?.rows[code] ?? 0,
            max: row.max,
            title: 'title' in row ? row.title : { zh: code, en: code },
          })),
        }
      : null,
    preconditions: a.preconditions.map((p) => ({
      code: p.code,
      answer: p.answer.is,
      otherwise: p.otherwise,
      reason: p.reason,
      ...named(pack, p.reason),
      source: p.source,
    })),
    refusals: a.refusals.map((r) => ({ code: r.code, ...named(pack, r.code) })),
    flags: a.flags.map((code) => ({ code, text: named(pack, code).text })),
    whatWouldChange: a.whatWouldChange,
  }
}
