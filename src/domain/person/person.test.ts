import { describe, expect, it } from 'vitest'
import { distance, type PersonFacts, readPassportKey, samePersonSignals } from './person.ts'

describe('a passport', () => {
  it('is the same however its number is typed', () => {
    const key = { ok: true, key: { issuingState: 'VNM', number: 'C1234567' } }
    for (const number of ['C1234567', 'c 123-4567', ' C1234567 ', 'Ｃ１２３４５６７', 'C.123/4567'])
      expect(readPassportKey('vnm ', number)).toEqual(key)
  })
  it('of Germany is read by the one letter its machine line has', () => expect(readPassportKey('D', 'C01X00T47').ok).toBe(true))
  it('is refused with everything that is wrong', () => {
    expect(readPassportKey('', '')).toEqual({ ok: false, faults: ['issuingStateNotACode', 'passportNumberEmpty'] })
    expect(readPassportKey('VN1', '张1')).toEqual({ ok: false, faults: ['issuingStateNotACode', 'passportNumberCharacter'] })
    expect(readPassportKey('VNM', '1'.repeat(21))).toEqual({ ok: false, faults: ['passportNumberTooLong'] })
    for (const hostile of ['\u0000', '\ud800', 'C1\u200b2', '__proto__'])
      expect(readPassportKey('VNM', hostile)).toEqual({ ok: false, faults: ['passportNumberCharacter'] })
    expect(readPassportKey('A'.repeat(1e6), '1'.repeat(1e6)).ok).toBe(false)
  })
})

describe('the officer’s hint that two records are one person', () => {
  const ha: PersonFacts = {
    ...{ surname: 'Nguyễn', givenNames: 'Thị Hà', chineseName: '阮氏霞', bornOn: '1990-03-07', nationality: 'VNM', sex: 'F' },
    passport: { issuingState: 'VNM', number: 'C1234567' },
  }
  const but = (change: Partial<PersonFacts>): PersonFacts => ({
    ...ha,
    passport: { issuingState: 'VNM', number: 'P7654321' },
    chineseName: undefined,
    ...change,
  })
  it.each<[string, PersonFacts, string]>([
    [
      'the same passport, whatever else',
      { surname: 'Tran', givenNames: 'Van', bornOn: '1970-01-01', passport: { issuingState: 'VNM', number: 'C1234567' } },
      'likely',
    ],
    ['a new passport, name without marks', but({ surname: 'NGUYEN', givenNames: 'THI HA' }), 'likely'],
    ['name parts swapped', but({ surname: 'Thi Ha', givenNames: 'Nguyen' }), 'likely'],
    ['the Chinese name and birth date', but({ surname: 'Ruan', givenNames: 'Shixia', chineseName: '阮氏霞' }), 'likely'],
    [
      'same number, other state',
      but({
        passport: { issuingState: 'LAO', number: 'C1234567' },
        surname: 'Keo',
        givenNames: 'Bounmy',
        bornOn: '1980-12-12',
        nationality: 'LAO',
      }),
      'none',
    ],
    ['birth day and month swapped', but({ bornOn: '1990-07-03' }), 'possible'],
    ['one digit of the birth date', but({ bornOn: '1990-03-01' }), 'possible'],
    ['a letter of the name', but({ surname: 'Nguyan' }), 'possible'],
    ['a given name missing', but({ givenNames: 'Hà' }), 'possible'],
    ['name and nationality, birth date unknown', but({ bornOn: undefined }), 'possible'],
    ['everything but the sex', but({ sex: 'M' }), 'possible'],
    ['a namesake with another birth date', but({ bornOn: '1975-11-30' }), 'none'],
    ['another person of the same day and country', but({ surname: 'Phạm', givenNames: 'Minh Quân' }), 'none'],
    ['a similar name alone', but({ surname: 'Nguyan', bornOn: undefined }), 'none'],
    ['nothing known', {}, 'none'],
  ])('%s', (_, other, verdict) => {
    expect(samePersonSignals(ha, other).verdict).toBe(verdict)
    expect(samePersonSignals(other, ha)).toEqual(samePersonSignals(ha, other))
  })
  it('gives its reasons as codes', () => {
    expect(samePersonSignals(ha, ha).reasons).toEqual(['samePassport', 'sameName', 'sameChineseName', 'sameBirthDate', 'sameNationality'])
    expect(samePersonSignals(ha, but({ surname: 'Phạm', givenNames: 'Quân', bornOn: '1980-01-01', sex: 'M' })).reasons).toEqual([
      'otherName',
      'otherBirthDate',
      'sameNationality',
      'otherSex',
    ])
  })
  it('does not take short words for one another', () => {
    expect(
      samePersonSignals(
        { surname: 'Li', givenNames: 'Na', bornOn: '1990-01-01' },
        { surname: 'Lu', givenNames: 'Na', bornOn: '1990-01-01' },
      ).verdict,
    ).toBe('none')
  })
  it('finds the maiden and married name of one woman similar only where a part is kept', () => {
    const emily = { surname: 'Zhang', givenNames: 'Emily', bornOn: '1990-01-01' }
    expect(samePersonSignals(emily, { ...emily, surname: 'Zhang Miller' }).verdict).toBe('possible')
    expect(samePersonSignals(emily, { ...emily, surname: 'Miller' }).verdict).toBe('none')
  })
})

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['nguyen', 'nguyen', 0],
    ['nguyen', 'ngyuen', 1],
    ['nguyen', 'nguyan', 1],
    ['nguyen', 'nguyn', 1],
    ['kitten', 'sitting', 3],
  ])('%s, %s: %i', (a, b, d) => {
    expect(distance(a, b)).toBe(d)
    expect(distance(b, a)).toBe(d)
  })
})
