import { fits } from '../policy/rules.ts'
import type { Application, AttachedPaper } from './state.ts'
import type { ApplicationWorld } from './world.ts'

/**
 * The one signed sheet of the item: the asked paper whose every offered form is made from the data. All other generated forms
 * (health commitment, salary commitment) are pages of it, so that the person signs once and nothing is uploaded twice.
 */
export function sheetOf({ item, pack }: Pick<ApplicationWorld, 'item' | 'pack'>): string | undefined {
  return Object.keys(item.materials).find((code) => {
    const forms = pack.materials[code]?.forms
    return forms !== undefined && Object.values(forms).every((f) => f.generated === true)
  })
}

/** Papers that must still come before the filing can go: required, not attached, not committed, not owed, not a page of the signed sheet. */
export function missingPapers(a: Application, world: ApplicationWorld): string[] {
  const sheet = sheetOf(world)
  return (world.assessment?.materials ?? [])
    .filter((m) => m.asked === 'yes' && m.state !== 'optional' && m.state !== 'waived')
    .filter((m) => !a.papers[m.code] && !a.commitments.includes(m.code) && !m.relief.includes('owed') && !m.relief.includes('reused'))
    .filter((m) => m.code === sheet || !m.forms.some((f) => world.pack.materials[m.code]?.forms[f]?.generated === true))
    .map((m) => m.code)
}

/** Rules of the chosen form that the declared facts of the paper break for certain; what is not declared is left to the officer. */
export function brokenRules(paper: AttachedPaper, world: ApplicationWorld): string[] {
  const form = world.pack.materials[paper.code]?.forms[paper.form]
  if (!form) return ['form']
  const facts = { ...world.facts, paper: paper.facts }
  return form.rules.filter((rule) => fits({ when: [rule] }, facts, { lists: world.pack.lists }).is === 'no').map((rule) => rule.rule)
}
