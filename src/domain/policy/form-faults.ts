import type { FilingForm } from '../application/form.ts'
import type { Day, Text } from '../kernel.ts'
import { FAULTS, type FaultCode } from './fault-texts.ts'
import { consistencyFaults } from './form-consistency.ts'
import { creditCodeFaults } from './form-credit-code.ts'
import { letterFaults } from './form-letters.ts'
import { NEEDS, type Needs, RELATIVE_FIELDS, STAY_FIELDS } from './form-needs.ts'
import type { OpenItem, Pack } from './pack.ts'
import { ruleFaults } from './rule-faults.ts'
import type { Section } from './words.ts'

/** A fault of a form: where, which rule, and the way out. `stop` holds the filing up; `warn` only tells. The path names fields, never their content. */
export type FormFault = { path: string; section: Section; code: string; severity: 'stop' | 'warn'; text: Text; remedy: Text }
export type TellFault = (section: Section, path: string, code: FaultCode, severity?: FormFault['severity']) => void

/**
 * Everything that a form lacks or contradicts for this item, all at once, per section, so that the list of parts can count it. `on` is the day it is
 * measured on: the first submission, or today for a draft (DD-16).
 */
export function formFaults(form: FilingForm, item: OpenItem, pack: Pack, on: Day): FormFault[] {
  const faults: FormFault[] = []
  const tell: TellFault = (section, path, code, severity = 'stop') => faults.push({ path, section, code, severity, ...FAULTS[code] })
  const has = (section: Section) => item.form.includes(section)
  for (const section of item.form) {
    const needs = NEEDS[section]
    if (needs) missingIn(form, section, visaNeeds(form, section, needs), tell)
  }
  if (has('identity') && !form.identity?.oneName && isEmpty(form.identity?.givenNames))
    tell('identity', 'identity.givenNames', 'givenNamesMissing')
  if (has('family')) missingFamily(form, tell)
  if (has('declarations')) missingDeclarations(form, item, tell)
  consistencyFaults(form, has, on, tell)
  for (const [code, question] of Object.entries(item.questions)) {
    const given = form.answers?.[code]
    const at = questionSection(item)
    if (isEmpty(given)) tell(at, `answers.${code}`, 'answerMissing')
    else if (!isAnswer(question, given!)) tell(at, `answers.${code}`, 'answerNotOffered')
  }
  return [...faults, ...creditCodeFaults(form, has), ...letterFaults(form, has), ...ruleFaults(form, item, pack, on)]
}

export const isEmpty = (v: unknown): boolean => v === undefined || v === null || v === '' || (Array.isArray(v) && v.length === 0)

function missingIn(form: FilingForm, section: Section, { key, fields, rows }: Needs, tell: TellFault): void {
  const data = form[key]
  if (!rows) {
    for (const field of fields)
      if (isEmpty((data as Record<string, unknown> | undefined)?.[field])) tell(section, `${key}.${field}`, 'fieldMissing')
    return
  }
  const list = (data ?? []) as Record<string, unknown>[]
  if (list.length === 0) tell(section, key, 'rowMissing')
  for (const [i, row] of list.entries())
    for (const field of fields) if (isEmpty(row[field])) tell(section, `${key}.${i}.${field}`, 'fieldMissing')
}

/** In the mainland the stay is asked, outside it the mission that gives the visa. */
const visaNeeds = (form: FilingForm, section: Section, needs: Needs): Needs =>
  section === 'visa' && form.identity?.whereabouts === 'inside' ? { ...needs, fields: STAY_FIELDS } : needs

function missingFamily(form: FilingForm, tell: TellFault): void {
  const family = form.family ?? []
  if (family.length === 0 && form.noFamily !== true) tell('family', 'noFamily', 'familyUnanswered')
  if (family.length > 0 && form.noFamily === true) tell('family', 'noFamily', 'familyContradicts')
  for (const [i, relative] of family.entries())
    for (const field of RELATIVE_FIELDS) if (isEmpty(relative[field])) tell('family', `family.${i}.${field}`, 'fieldMissing')
}

function missingDeclarations(form: FilingForm, item: OpenItem, tell: TellFault): void {
  const { truthful, noCriminalRecord } = form.declarations ?? {}
  if (truthful !== true) tell('declarations', 'declarations.truthful', 'declarationMissing')
  if (item.subject === 'person' && noCriminalRecord !== true) tell('declarations', 'declarations.noCriminalRecord', 'noRecordNotDeclared')
}

/** Questions stand in the last section before the declarations. */
const questionSection = (item: OpenItem): Section => item.form.filter((s) => s !== 'declarations').at(-1) ?? item.form[0]!

const isAnswer = (question: OpenItem['questions'][string], given: string): boolean => {
  switch (question.answer) {
    case 'yesNo':
      return given === 'yes' || given === 'no'
    case 'choice':
      return Object.hasOwn(question.choices ?? {}, given)
    case 'day':
      return /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given))
    case 'text':
      return true
    default:
      return question.answer satisfies never
  }
}
