import type { Answer, RuleWorld } from './answer.ts'
import type { Facts } from './facts.ts'
import type { OpenItem, Pack } from './pack.ts'
import type { Asked, Material, Relief } from './parts.ts'
import { fits } from './rules.ts'

export type ReliefKind = Relief['kind']
/** A paper of the filing: whether it is asked, in which forms, and what may stand in its place. Papers that are surely not asked are not listed. */
export type AskedPaper = {
  code: string
  asked: 'yes' | 'unknown'
  /** Facts that the answer, an accepted form or a relief still waits for. */
  missing: string[]
  state: 'required' | 'optional' | 'committed' | 'waived' | 'reused' | 'owed'
  /** Forms accepted for certain, and those that may be. */
  forms: string[]
  possibleForms: string[]
  relief: ReliefKind[]
  possibleRelief: ReliefKind[]
}

// The strongest relief decides: what is not asked at all need not be reused, promised or owed (DD-29).
const STATE: readonly [ReliefKind, AskedPaper['state']][] = [
  ['waived', 'waived'],
  ['reused', 'reused'],
  ['commitment', 'committed'],
  ['owed', 'owed'],
]

/** The papers of an item under these facts, in the pack's order. */
export const askedPapers = (pack: Pack, item: OpenItem, facts: Facts, world: RuleWorld): AskedPaper[] =>
  Object.entries(item.materials).flatMap(([code, asked]) => {
    const material = pack.materials[code]
    const answer: Answer = asked.need === 'none' || !material ? { is: 'no' } : fits(asked, facts, world)
    return answer.is === 'no' || !material ? [] : [paperOf(code, asked, material, answer, facts, world)]
  })

function paperOf(code: string, asked: Asked, material: Material, answer: Answer, facts: Facts, world: RuleWorld): AskedPaper {
  const forms = (asked.forms ?? Object.keys(material.forms)).flatMap((form) => {
    const found = material.forms[form]
    return found ? [{ form, answer: fits(found, facts, world) }] : []
  })
  const relief = (asked.relief ?? material.relief).map((r) => ({ kind: r.kind, answer: fits(r, facts, world) }))
  const kinds = (...wanted: Answer['is'][]) => [...new Set(relief.filter((r) => wanted.includes(r.answer.is)).map((r) => r.kind))]
  const firm = kinds('yes')
  const open = [answer, ...forms.map((f) => f.answer), ...relief.map((r) => r.answer)].flatMap((a) => (a.is === 'unknown' ? a.missing : []))
  return {
    code,
    asked: answer.is === 'yes' ? 'yes' : 'unknown',
    missing: [...new Set(open)],
    state: STATE.find(([kind]) => firm.includes(kind))?.[1] ?? (asked.need === 'optional' ? 'optional' : 'required'),
    forms: forms.filter((f) => f.answer.is === 'yes').map((f) => f.form),
    possibleForms: forms.filter((f) => f.answer.is !== 'no').map((f) => f.form),
    relief: firm,
    possibleRelief: kinds('yes', 'unknown'),
  }
}
