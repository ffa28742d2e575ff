import type { Tell } from './check.ts'
import type { OpenItem, Pack } from './pack.ts'
import type { Question } from './parts.ts'
import type { Given, Rule } from './rule.ts'

/** Codes named by the rules of a condition must lead somewhere. Without an item the condition stands in a shared part, so any open item may have the code. */
export function checkRules(pack: Pack, given: Given, at: string, tell: Tell, item?: OpenItem): void {
  for (const [i, r] of (given.when ?? []).entries()) checkRule(pack, r, `${at}.when.${i}`, tell, item)
  for (const [i, r] of (given.unless ?? []).entries()) checkRule(pack, r, `${at}.unless.${i}`, tell, item)
  const both = (given.when ?? []).filter((r) => (given.unless ?? []).some((u) => JSON.stringify(u) === JSON.stringify(r)))
  for (const r of both) tell('neverHolds', at, `${r.rule} stands under both when and unless, so the condition never holds`)
}

export function checkRule(pack: Pack, r: Rule, at: string, tell: Tell, item?: OpenItem): void {
  const items = item ? [item] : Object.values(pack.items).filter((i) => i.offer === 'open')
  const need = (ok: boolean, code: string, say: string) => {
    if (!ok) tell(code, at, say)
  }
  switch (r.rule) {
    case 'groundIs':
      for (const g of r.of) {
        const known = items.some((i) => Object.hasOwn(i.grounds, g))
        need(known, 'noGround', `no item has the ground ${g}`)
      }
      break
    case 'provesClass':
    case 'onFile':
      need(Object.hasOwn(pack.materials, r.paper), 'noMaterial', `there is no paper ${r.paper}`)
      break
    case 'occupationIn':
    case 'countryIn':
      need(Object.hasOwn(pack.lists, r.list), 'noList', `there is no list ${r.list}`)
      break
    case 'found': {
      const known = Object.hasOwn(pack.judgements, r.judgement) || items.some((i) => Object.hasOwn(i.judgements, r.judgement))
      need(known, 'noJudgement', `there is no judgement ${r.judgement}`)
      break
    }
    case 'answerIs': {
      const question = items.map((i) => i.questions[r.question]).find((q) => q !== undefined)
      need(question !== undefined, 'noQuestion', `no item asks ${r.question}`)
      const allowed = question && answersOf(question)
      need(allowed === undefined || allowed.includes(r.is), 'noAnswer', `${r.question} can never be answered ${r.is}`)
      break
    }
    case 'noOtherOpenCase':
      for (const code of r.of) need(Object.hasOwn(pack.items, code), 'noItem', `there is no item ${code}`)
      break
    default:
      break
  }
}
const answersOf = (q: Question): string[] | undefined =>
  q.answer === 'yesNo' ? ['yes', 'no'] : q.answer === 'choice' ? Object.keys(q.choices ?? {}) : undefined

/** Lines of a first-fit list: the last has no condition, and none above it hides what follows. */
export function checkLines(pack: Pack, lines: readonly Given[], at: string, tell: Tell, item?: OpenItem): void {
  for (const [i, line] of lines.entries()) {
    const bare = !line.when?.length && !line.unless?.length
    if (bare && i < lines.length - 1) tell('hiddenLine', `${at}.${i}`, 'a line without a condition hides the lines below it')
    if (!bare && i === lines.length - 1) tell('noLastLine', `${at}.${i}`, 'the last line must have no condition')
    const twin = lines.findIndex(
      (other) => JSON.stringify([other.when ?? [], other.unless ?? []]) === JSON.stringify([line.when ?? [], line.unless ?? []]),
    )
    if (!bare && twin < i) tell('hiddenLine', `${at}.${i}`, `line ${twin + 1} has the same condition and hides this one`)
    checkRules(pack, line, `${at}.${i}`, tell, item)
  }
}
