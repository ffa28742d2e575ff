import type { FilingForm } from '../application/form.ts'
import { type TextKind, textFaults } from '../names/text-faults.ts'
import type { FormFault } from './form-faults.ts'
import { t } from './wording.ts'
import { Section } from './words.ts'

/** Kinds of text that are not plain lines, by path without the number of a row. */
const KINDS: Readonly<Record<string, TextKind>> = {
  'identity.surname': 'passportName',
  'identity.givenNames': 'passportName',
  'identity.chineseName': 'chineseName',
  'family.surname': 'passportName',
  'family.givenNames': 'passportName',
  'employer.name': 'unitName',
  'job.duties': 'text',
}
const SECTIONS: readonly (keyof FilingForm & Section)[] = [
  'identity',
  'education',
  'experience',
  'qualifications',
  'job',
  'class',
  'visa',
  'family',
  'employer',
]

/** Letters that may not be stored, in any text of the sections that the item has: hidden, broken, or of the wrong script for a name (threat EMP-9). */
export function letterFaults(form: FilingForm, has: (section: Section) => boolean): FormFault[] {
  const faults: FormFault[] = []
  const look = (value: unknown, section: Section, path: string, kind: string) => {
    if (typeof value === 'string') {
      const wrong = textFaults(value, KINDS[kind] ?? 'line').filter((f) => f.verdict === 'refuse')
      const first = wrong[0]
      if (first) faults.push({ path, section, code: first.code, severity: 'stop', ...letterText(first.character, first.at) })
    } else if (Array.isArray(value)) for (const [i, row] of value.entries()) look(row, section, `${path}.${i}`, kind)
    else if (typeof value === 'object' && value !== null)
      for (const [key, v] of Object.entries(value)) look(v, section, `${path}.${key}`, `${kind}.${key}`)
  }
  for (const section of SECTIONS) if (has(section)) look(form[section], section, section, section)
  for (const [code, value] of Object.entries(form.answers ?? {}))
    look(value, Section.options.find(has) ?? 'identity', `answers.${code}`, 'answers')
  return faults
}

const letterText = (character: string, at: number) => ({
  text: t(`第 ${at + 1} 个字符（${character}）不能使用。`, `Character ${at + 1} (${character}) cannot be used here.`),
  remedy: t('请删除该字符，或对照证件重新输入。', 'Delete it, or type the text again from the document.'),
})
