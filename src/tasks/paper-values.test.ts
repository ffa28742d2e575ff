import { describe, expect, it } from 'vitest'
import { countryText, machineName, personOf } from './paper-values.ts'

describe('values on papers', () => {
  it('name a country in both languages', () => expect(countryText('ESP')).toEqual({ zh: '西班牙', en: 'Spain' }))
  it('leave an unknown or missing code visible', () => {
    expect(countryText('XXX')).toEqual({ zh: 'XXX', en: 'XXX' })
    expect(countryText(undefined)).toEqual({ zh: '—', en: '—' })
  })
  it('show the name as in the passport and the machine line whole', () => {
    const identity = { surname: 'Suharti', oneName: true, givenNames: 'x', nationality: 'IDN', passportNumber: 'A1' }
    expect(personOf(identity)).toMatchObject({ fullName: 'Suharti', sex: 'X', passportNumber: 'A1' })
    expect(machineName({ surname: 'Suharti' })).toBe('SUHARTI'.padEnd(39, '<'))
  })
})
