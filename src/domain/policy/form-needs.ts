import type { FilingForm } from '../application/form.ts'
import type { Section } from './words.ts'

/** Fields that a section needs before a filing, as keys of its data in the form; `rows` for lists, of which at least one row is needed. */
export type Needs = { key: keyof FilingForm; fields: readonly string[]; rows?: boolean }

// What a filing must say of the person, the post and the unit. Which sections an item has is the pack's choice; what a section consists of is the same everywhere.
export const NEEDS: Partial<Readonly<Record<Section, Needs>>> = {
  identity: {
    key: 'identity',
    fields: [
      'surname',
      'sex',
      'bornOn',
      'nationality',
      'passportKind',
      'passportNumber',
      'passportIssuedBy',
      'passportIssuedOn',
      'passportExpiresOn',
      'whereabouts',
      'email',
    ],
  },
  education: { key: 'education', fields: ['school', 'country', 'degree', 'until'], rows: true },
  experience: { key: 'experience', fields: ['employer', 'post', 'from'], rows: true },
  job: {
    key: 'job',
    fields: ['title', 'occupation', 'place', 'areaCode', 'contractKind', 'startsOn', 'endsOn', 'payPerMonth', 'monthsPerYear', 'duties'],
  },
  visa: { key: 'visa', fields: ['postCountry', 'postCity'] },
  employer: {
    key: 'employer',
    fields: [
      'name',
      'creditCode',
      'unitType',
      'ownership',
      'industry',
      'legalRepresentative',
      'registeredAddress',
      'areaCode',
      'phone',
      'personInCharge',
      'personInChargeId',
      'handlerName',
      'handlerId',
      'sealKind',
    ],
  },
}
/** A person in the mainland says what stay they hold; one outside says which mission gives the visa. */
export const STAY_FIELDS = ['stayKind', 'stayExpiresOn', 'enteredOn'] as const
/** Each relative who comes along. A relative with one name has only the surname. */
export const RELATIVE_FIELDS = ['relation', 'surname', 'bornOn', 'nationality', 'passportNumber'] as const

/** The data of a section in a form, as it was filled in; `undefined` if nothing was. */
export function dataOf(form: FilingForm, section: Section): unknown {
  const key =
    section === 'class' || section === 'family' || section === 'declarations' || section === 'qualifications'
      ? section
      : NEEDS[section]?.key
  return key === undefined ? undefined : form[key]
}
