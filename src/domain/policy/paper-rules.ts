import { addMonths } from '../clock/calendar.ts'
import { type Answer, unknown } from './answer.ts'
import type { Facts } from './facts.ts'
import type { PaperRule } from './rule.ts'

/** What a rule about a paper says of the declared facts; what is not declared is unknown and left to the officer's list. */
export function paperAnswer(r: PaperRule, f: Facts): Answer {
  const paper = f.paper
  const all = (declared: string[] | undefined, asked: readonly string[], name: string): Answer =>
    declared === undefined ? unknown(name) : { is: asked.every((x) => declared.includes(x)) ? 'yes' : 'no' }
  switch (r.rule) {
    case 'issuedWithin': {
      // The day of issue counts, not that of an authentication (DD-15, DD-16).
      const before = f.days?.[r.before]
      const missing = [...(paper?.issuedOn === undefined ? ['paper issued on'] : []), ...(before === undefined ? [r.before] : [])]
      if (paper?.issuedOn === undefined || before === undefined) return unknown(...missing)
      return { is: addMonths(paper.issuedOn, r.months) >= before ? 'yes' : 'no' }
    }
    case 'issuedBy':
      return paper?.issuedBy === undefined ? unknown('paper issued by') : { is: (r.of as string[]).includes(paper.issuedBy) ? 'yes' : 'no' }
    case 'languageIs':
      if (r.of.includes('any')) return { is: 'yes' }
      return paper?.language === undefined ? unknown('paper language') : { is: (r.of as string[]).includes(paper.language) ? 'yes' : 'no' }
    case 'signedBy':
      return all(paper?.signedBy, r.of, 'paper signed by')
    case 'shows':
      return all(paper?.shows, r.points, 'paper shows')
    default:
      return r satisfies never
  }
}
