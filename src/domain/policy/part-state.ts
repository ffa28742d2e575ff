import type { FilingForm } from '../application/form.ts'
import type { FormFault } from './form-faults.ts'
import { isEmpty } from './form-faults.ts'
import { dataOf } from './form-needs.ts'
import type { OpenItem } from './pack.ts'
import type { Section } from './words.ts'

/** How far a part of a filing is; `count` is the number of points left. */
export type PartState = { part: Section; state: 'notStarted' | 'inProgress' | 'toCorrect' | 'complete'; count: number }

// Faults that only say "not yet": before them a part is in progress, not wrong.
const NOT_YET: ReadonlySet<string> = new Set([
  'fieldMissing',
  'rowMissing',
  'givenNamesMissing',
  'familyUnanswered',
  'declarationMissing',
  'noRecordNotDeclared',
  'answerMissing',
])

/** The state of one section from the faults that `formFaults` found; `defects` are points that the office named and that are still open there. */
export function partState(section: Section, form: FilingForm, faults: readonly FormFault[], defects = 0): PartState {
  const mine = faults.filter((f) => f.section === section && f.severity === 'stop')
  const wrong = mine.filter((f) => !NOT_YET.has(f.code)).length + defects
  if (wrong > 0) return { part: section, state: 'toCorrect', count: wrong }
  if (mine.length === 0) return { part: section, state: 'complete', count: 0 }
  const touched = hasContent(dataOf(form, section)) || (section === 'family' && form.noFamily !== undefined)
  return { part: section, state: touched ? 'inProgress' : 'notStarted', count: mine.length }
}

/** The states of all sections that an item has, in the pack's order. */
export const partStates = (item: OpenItem, form: FilingForm, faults: readonly FormFault[]): PartState[] =>
  item.form.map((section) => partState(section, form, faults))

const hasContent = (data: unknown): boolean =>
  Array.isArray(data)
    ? data.some(hasContent)
    : typeof data === 'object' && data !== null
      ? Object.values(data).some((v) => !isEmpty(v) && v !== false)
      : !isEmpty(data)
