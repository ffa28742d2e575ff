import type { FilingForm } from '../application/form.ts'
import type { Day } from '../kernel.ts'
import { factsOf } from './facts.ts'
import { FAULTS } from './fault-texts.ts'
import type { FormFault } from './form-faults.ts'
import type { OpenItem, Pack } from './pack.ts'
import type { PersonRule } from './rule.ts'
import { answer, fits } from './rules.ts'
import type { DayOf, Section } from './words.ts'

const FIELD_OF_DAY: Partial<Readonly<Record<DayOf, [Section, string]>>> = {
  passportExpires: ['identity', 'identity.passportExpiresOn'],
  contractStarts: ['job', 'job.startsOn'],
  contractEnds: ['job', 'job.endsOn'],
  residenceExpires: ['visa', 'visa.stayExpiresOn'],
}
/** The field that a filer would change to mend a broken rule; `undefined` where no field can, or where the class decides. */
function fieldOf(r: PersonRule): [Section, string] | undefined {
  switch (r.rule) {
    case 'passportValidFor':
      return FIELD_OF_DAY.passportExpires
    case 'payAgrees':
      return ['job', 'job.contractPayPerMonth']
    case 'notBefore':
    case 'noGapAfter':
      return FIELD_OF_DAY[r.day]
    case 'termAtMost':
      return ['job', 'job.endsOn']
    default:
      return undefined
  }
}

/**
 * Preconditions of the item that a field of the form breaks for certain, told at that field with the pack's own reason, such as a passport that ends
 * too soon. Those that depend on class, employer or registers are the assessment's to tell. What an officer decides is not told here.
 */
export function ruleFaults(form: FilingForm, item: OpenItem, pack: Pack, on: Day): FormFault[] {
  const code = Object.keys(pack.items).find((c) => pack.items[c] === item) ?? ''
  const facts = factsOf({ form, item: code, filer: '', filedOn: on, today: on, pack })
  const world = { lists: pack.lists }
  const faults: FormFault[] = Object.values(item.preconditions).flatMap((p): FormFault[] => {
    if (p.otherwise === 'officerDecides' || fits({ when: p.when, unless: p.unless }, facts, world).is !== 'yes') return []
    const broken = p.must.find((r) => answer(r, facts, world).is === 'no' && fieldOf(r) !== undefined)
    const field = broken && fieldOf(broken)
    if (!field || !item.form.includes(field[0])) return []
    const { text, remedy } = pack.reasons[p.reason] ?? FAULTS.fieldMissing
    return [{ path: field[1], section: field[0], code: p.reason, severity: p.otherwise === 'refuse' ? 'stop' : 'warn', text, remedy }]
  })
  if (item.form.includes('class'))
    for (const [i, c] of (form.class?.criteria ?? []).entries())
      if (!Object.hasOwn(pack.criteria, c))
        faults.push({ path: `class.criteria.${i}`, section: 'class', code: 'claimUnknown', severity: 'stop', ...FAULTS.claimUnknown })
  return faults
}
