import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullName } from './full-name.ts'
import { latinForms, mrzLetters } from './icao-letters.ts'
import { mrzName, mrzPart } from './mrz-name.ts'

describe('the name field of the machine-readable zone (ICAO Doc 9303 part 3)', () => {
  it.each([
    ['Eriksson', 'Anna Maria', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'],
    ['van der Muellen', 'Martin', 'VAN<DER<MUELLEN<<MARTIN<<<<<<<<<<<<<<<<'],
    ['Smith-Jones', 'Susie Margaret', 'SMITH<JONES<<SUSIE<MARGARET<<<<<<<<<<<<'],
    ["O'Connor", 'Enya Siobhan', 'OCONNOR<<ENYA<SIOBHAN<<<<<<<<<<<<<<<<<<'],
    ['Arkfreith', '', 'ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
    ['', 'Arkfreith', 'ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
    ['Мартин', 'Юлия Щукина', 'MARTIN<<IULIIA<SHCHUKINA<<<<<<<<<<<<<<<'],
    ['Ольга', 'Соль', 'OLGA<<SOL<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
  ])('%s, %s', (surname, given, field) => expect(mrzName(surname, given)).toEqual({ field, truncated: false }))
  it.each([
    ['ÄÅÆÇÐÑÖØÜÞßŒĲŁŊŦĦ', 'AEAAAECDNOEOEUETHSSOEIJLNTH'],
    ['áéíóúýčďěňřšťůž', 'AEIOUYCDENRSTUZ'],
    ['ĄĘŚŻŹĆŃ ơưạộ', 'AESZZCN<OUAO'],
    ['ıİşğŞĞ', 'IISGSG'],
    ['Ə', 'E'],
    ['Ŀĸ', 'LQ'],
    ['ЁЙЖХЦЧШЩЪЫЬЭЮЯ', 'EIZHKHTSCHSHSHCHIEYEIUIA'],
    ['ҐЄІЇЎЂЅЈЉЊЏ', 'GIEIIUDDZJLJNJDZ'],
    ['張 % 7', ''],
    ['--a--b--', 'A<B'],
    ['\u0000\u202e\ud800', ''],
  ])('letters of “%s”', (part, letters) => expect(mrzPart(part)).toBe(letters))
  it('says when it is cut, and only then', () => {
    expect(mrzName('A'.repeat(20), 'B'.repeat(17))).toEqual({ field: `${'A'.repeat(20)}<<${'B'.repeat(17)}`, truncated: false })
    expect(mrzName('A'.repeat(20), 'B'.repeat(18)).truncated).toBe(true)
    expect(mrzName('A'.repeat(60), 'B')).toEqual({ field: 'A'.repeat(39), truncated: true })
  })
  it('always has 39 places of A to Z and fillers, whatever is put in', () => {
    const any = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(mrzName(a, b).field).toMatch(/^[A-Z<]{39}$/)
      }),
    )
  })
  it('names the other forms of a letter, and none for what no passport prints', () => {
    expect(latinForms('ü')).toEqual(['UE', 'UXX', 'U'])
    expect(latinForms('ế')).toEqual(['E'])
    for (const other of ['ſ', 'ª', 'ɑ', 'а', 'α', '张', '7', ' ', '__proto__', 'constructor'])
      expect([other, latinForms(other)]).toEqual([other, undefined])
    expect(mrzLetters('ь')).toBe('')
  })
})

describe('the name as it is shown', () => {
  it('is that of the passport: order, case and letters kept, single spaces, composed', () => {
    expect(fullName({ surname: ' van  der Berg ', givenNames: 'Anneke' })).toBe('van der Berg Anneke')
    expect(fullName({ surname: 'Nguye\u0302\u0303n', givenNames: 'Ha\u0300' })).toBe('Nguyễn Hà')
    expect(fullName({ surname: 'Suharti', givenNames: '', oneName: true })).toBe('Suharti')
    expect(fullName({ surname: 'Suharti', givenNames: 'x', oneName: true })).toBe('Suharti')
    expect(fullName({ givenNames: 'Suharti' })).toBe('Suharti')
    expect(fullName({})).toBe('')
  })
  it('is never cut', () => {
    const long = fullName({ surname: 'Wickramasinghe Arachchige', givenNames: 'Don Chathuranga Prasanna Kumarasiri' })
    expect(long.replace(/ /g, '')).toHaveLength(56)
    expect(fullName({ surname: 'A'.repeat(200), givenNames: 'B'.repeat(200) })).toHaveLength(401)
  })
})
