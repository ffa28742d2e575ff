import type { FilingForm } from '../../domain/application/form.ts'
import type { Text } from '../../domain/kernel.ts'
import { fullName } from '../../domain/names/full-name.ts'
import { wordFor } from './form-words.ts'
import { familyList } from './lists.ts'
import type { Block, Column, Value } from './model.ts'
import { NONE, orNone } from './values.ts'

type Country = (code: string) => Text
const table = (columns: Column[], rows: Value[][]): Block[] => (rows.length ? [{ is: 'table', columns, rows }] : [])
const from = { title: { zh: '起', en: 'From' }, share: 12 }
const until = { title: { zh: '止', en: 'Until' }, share: 12 }
const land = { title: { zh: '国家或地区', en: 'Country' }, share: 14 }
const landOf = (code: string | undefined, country: Country): Value => (code ? country(code) : NONE)

/** Schools, as filed. */
export const schoolList = (form: FilingForm, country: Country): Block[] =>
  table(
    [
      from,
      until,
      { title: { zh: '学校', en: 'School' }, share: 30 },
      land,
      { title: { zh: '学位', en: 'Degree' }, share: 12 },
      { title: { zh: '专业', en: 'Subject' }, share: 20 },
    ],
    (form.education ?? []).map((s) => [
      orNone(s.from),
      orNone(s.until),
      orNone(s.school),
      landOf(s.country, country),
      wordFor('degree', s.degree),
      orNone(s.major),
    ]),
  )

/** Work history, as filed. */
export const experienceList = (form: FilingForm, country: Country): Block[] =>
  table(
    [
      from,
      until,
      { title: { zh: '工作单位', en: 'Employer' }, share: 28 },
      land,
      { title: { zh: '职务', en: 'Post' }, share: 18 },
      { title: { zh: '联系方式', en: 'Contact' }, share: 19 },
    ],
    (form.experience ?? []).map((w) => [
      orNone(w.from),
      orNone(w.until),
      orNone(w.employer),
      landOf(w.country, country),
      orNone(w.post),
      orNone(w.contact),
    ]),
  )

/** Professional certificates, as filed. */
export const certificateList = (form: FilingForm): Block[] =>
  table(
    [
      { title: { zh: '证书', en: 'Certificate' }, share: 40 },
      { title: { zh: '级别', en: 'Level' }, share: 16 },
      { title: { zh: '发证机构', en: 'Issuer' }, share: 30 },
      { title: { zh: '日期', en: 'Date' }, share: 14 },
    ],
    (form.qualifications?.certificates ?? []).map((c) => [orNone(c.name), orNone(c.level), orNone(c.issuer), orNone(c.on)]),
  )

/** Family that travels along, as filed. */
export const formFamily = (form: FilingForm, country: Country): Block[] =>
  familyList(
    (form.family ?? []).map((m) => {
      const relation = wordFor('relation', m.relation)
      return {
        relation: typeof relation === 'string' ? { zh: relation, en: relation } : relation,
        fullName: orNone(fullName({ surname: m.surname ?? '', givenNames: m.givenNames ?? '', oneName: !m.givenNames })),
        bornOn: orNone(m.bornOn),
        nationality: m.nationality ? country(m.nationality) : { zh: NONE, en: NONE },
        passportNumber: orNone(m.passportNumber),
      }
    }),
  )
