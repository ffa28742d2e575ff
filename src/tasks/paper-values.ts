import countries from 'i18n-iso-countries'
import type { FilingForm } from '../domain/application/form.ts'
import type { Text } from '../domain/kernel.ts'
import { fullName } from '../domain/names/full-name.ts'
import { mrzName } from '../domain/names/mrz-name.ts'

/** A country in both languages; an unknown code stays what it is. */
export const countryText = (code: string | undefined): Text => {
  const known = code && countries.alpha3ToAlpha2(code)
  const name = (language: string) => (known ? (countries.getName(known, language) ?? code) : (code ?? '—'))
  return { zh: name('zh'), en: name('en') }
}

/** A person as papers name them, from the sealed form of the filing. */
export const personOf = (identity: NonNullable<FilingForm['identity']>) => ({
  fullName: fullName(identity),
  ...(identity.chineseName ? { chineseName: identity.chineseName } : {}),
  sex: identity.sex ?? 'X',
  nationality: countryText(identity.nationality),
  passportNumber: identity.passportNumber ?? '',
})

/** The name field that a machine reads, for those who must type it exactly. */
export const machineName = (identity: NonNullable<FilingForm['identity']>): string =>
  mrzName(identity.surname ?? '', identity.givenNames ?? '').field
