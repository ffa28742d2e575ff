import type { Text } from '../../domain/kernel.ts'
import type { Fact, Value } from './model.ts'
import { nameText, pair } from './values.ts'

/** A person as papers name them: exactly as in the passport, the Chinese name beside it. */
export type Person = {
  fullName: string
  chineseName?: string | undefined
  sex: 'F' | 'M' | 'X'
  nationality: Text
  passportNumber: string
}
/** An employer; the English name is optional in the register. */
export type Firm = { name: string; nameEn?: string | undefined; creditCode: string }

export const firmName = (firm: Firm): Value => pair(firm.name, firm.nameEn)

export const nameFact = (p: Person): Fact => ({
  label: { zh: '姓名', en: 'Name in the passport' },
  value: nameText(p.fullName, p.chineseName),
  show: 'strong',
})
export const nationalityFact = (p: Person): Fact => ({ label: { zh: '国籍', en: 'Nationality' }, value: p.nationality, show: 'half' })
export const passportFact = (p: Person): Fact => ({
  label: { zh: '护照号码', en: 'Passport number' },
  value: p.passportNumber,
  show: 'half',
})
export const personFacts = (p: Person): Fact[] => [nameFact(p), nationalityFact(p), passportFact(p)]
export const firmFacts = (firm: Firm): Fact[] => [
  { label: { zh: '用人单位', en: 'Employer' }, value: firmName(firm) },
  { label: { zh: '统一社会信用代码', en: 'Social credit code' }, value: firm.creditCode },
]
/** Values that every paper about a person and an employer offers to its texts. */
export const partyValues = (p: Person, firm: Firm) => ({
  person: p.fullName,
  nationality: p.nationality,
  passportNumber: p.passportNumber,
  employer: firmName(firm),
  creditCode: firm.creditCode,
})

/** Which filing a paper belongs to. */
export type Filing = { caseNo: string; item: Text; filedOn: string }
export const filingFacts = (f: Filing, filedOn: Text): Fact[] => [
  { label: { zh: '申请事项', en: 'Matter' }, value: f.item },
  { label: { zh: '申请编号', en: 'Case number' }, value: f.caseNo, show: 'half' },
  { label: { zh: '申请日期', en: 'Filed on' }, value: filedOn, show: 'half' },
]
