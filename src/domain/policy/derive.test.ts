import { describe, expect, it } from 'vitest'
import type { FilingForm } from '../application/form.ts'
import { ageOn, chineseLevels, completedMonths, gapsIn, highestSchool, relatedYears, yearlyPay } from './derive.ts'
import { factsOf } from './facts.ts'
import { testPack } from './test-pack.test-kit.ts'

const on = '2025-03-11'
describe('related work years', () => {
  it('are completed years up to the day of filing', () => {
    expect(relatedYears([{ from: '2023-03-11', until: '2025-03-10' }], on)).toBe(2)
    expect(relatedYears([{ from: '2023-03-12', until: '2025-03-10' }], on)).toBe(1)
    expect(relatedYears([{ from: '2023-03-11' }], on)).toBe(2)
  })
  it('count parallel jobs once', () => {
    expect(
      relatedYears(
        [
          { from: '2020-01-01', until: '2021-12-31' },
          { from: '2020-06-01', until: '2021-05-31' },
          { from: '2021-06-01', until: '2022-12-31' },
        ],
        on,
      ),
    ).toBe(3)
  })
  it('add separate jobs, and thirty days left over make a month', () => {
    expect(
      relatedYears(
        [
          { from: '2020-01-01', until: '2020-06-30' },
          { from: '2022-01-01', until: '2022-06-30' },
        ],
        on,
      ),
    ).toBe(1)
    expect(
      relatedYears(
        [
          { from: '2020-01-01', until: '2020-06-29' },
          { from: '2022-01-01', until: '2022-06-30' },
        ],
        on,
      ),
    ).toBe(0)
    expect(
      relatedYears(
        [
          { from: '2020-01-15', until: '2020-06-30' },
          { from: '2022-01-01', until: '2022-07-14' },
        ],
        on,
      ),
    ).toBe(1)
  })
  it('leave out what is marked as unrelated, undated, in the future or turned round', () => {
    expect(relatedYears([{ from: '2010-01-01', until: '2020-01-01', related: false }], on)).toBe(0)
    expect(relatedYears([{}, { until: '2020-01-01' }, { from: '2026-01-01' }, { from: '2021-01-01', until: '2019-01-01' }], on)).toBe(0)
    expect(relatedYears([], on)).toBe(0)
  })
  it('do not depend on the order of the entries', () => {
    const jobs = [
      { from: '2010-02-28', until: '2012-02-29' },
      { from: '2015-05-05', until: '2018-01-01' },
      { from: '2012-01-01', until: '2016-01-01' },
    ]
    expect(relatedYears(jobs, on)).toBe(relatedYears([...jobs].reverse(), on))
  })
})

describe('yearly pay', () => {
  it('is what the contract states for a year, never a product beside it', () => {
    expect(yearlyPay({ payPerYear: 35_000_000, payPerMonth: 2_916_667 })).toBe(35_000_000)
  })
  it('is the monthly figure times the months of the contract, twelve at most', () => {
    expect(yearlyPay({ payPerMonth: 6_269_400 })).toBe(75_232_800)
    expect(yearlyPay({ payPerMonth: 100, startsOn: '2025-01-01', endsOn: '2026-12-31' })).toBe(1200)
    expect(yearlyPay({ payPerMonth: 100, startsOn: '2025-01-01', endsOn: '2025-12-31' })).toBe(1200)
    expect(yearlyPay({ payPerMonth: 100, startsOn: '2025-01-01', endsOn: '2025-06-30' })).toBe(600)
    expect(yearlyPay({ payPerMonth: 100, startsOn: '2025-01-01', endsOn: '2025-01-15' })).toBe(100)
    expect(yearlyPay({})).toBeUndefined()
  })
})

describe('other derived facts', () => {
  it('count age in whole years and months by the calendar', () => {
    expect([ageOn('1965-04-08', '2026-04-07'), ageOn('1965-04-08', '2026-04-08')]).toEqual([60, 61])
    expect([ageOn('2004-02-29', '2025-02-27'), ageOn('2004-02-29', '2025-02-28')]).toEqual([20, 21])
    expect([completedMonths('2025-01-31', '2025-02-28'), completedMonths('2025-02-01', '2025-01-01')]).toEqual([1, 0])
  })
  it('take the highest degree, of equal ones the latest', () => {
    expect(
      highestSchool([
        { degree: 'bachelor', until: '2010-07-01' },
        { degree: 'master', until: '2012-07-01', country: 'AAA' },
        { degree: 'master', until: '2015-07-01', country: 'BBB' },
      ])?.country,
    ).toBe('BBB')
    expect(highestSchool([])).toBeUndefined()
  })
  it('know three ways to Chinese; a course below bachelor is none', () => {
    expect(chineseLevels({ identity: { formerChineseNational: true }, qualifications: { hsk: 3 } })).toEqual(['formerNational', 'hsk3'])
    expect(chineseLevels({ education: [{ degree: 'bachelor', taughtInChinese: true }] })).toEqual(['taughtInChinese'])
    expect(chineseLevels({ education: [{ degree: 'associate', taughtInChinese: true }] })).toEqual([])
  })
  it('see gaps of a month or more between jobs, parallel ones closing them', () => {
    const jobs = [{ from: '2015-01-01', until: '2019-02-28' }, { from: '2019-08-01', until: '2020-12-31' }, { from: '2021-01-20' }]
    expect(gapsIn(jobs, on)).toEqual([{ from: '2019-03-01', until: '2019-07-31' }])
    expect(gapsIn([...jobs, { from: '2018-01-01', until: '2019-12-31' }], on)).toEqual([])
  })
})

describe('the facts of a filing', () => {
  const facts = (form: FilingForm, more: Partial<Parameters<typeof factsOf>[0]> = {}) =>
    factsOf({ form, item: 'WORK', filer: 'employer', filedOn: on, today: '2025-03-20', pack: testPack(), ...more })
  it('of an empty form hold nothing that was not said', () => {
    const f = facts({})
    expect(f.days).toEqual({ today: '2025-03-20', filed: on })
    for (const key of [
      'family',
      'degree',
      'experienceYears',
      'payPerYear',
      'whereabouts',
      'occupation',
      'employer',
      'otherPermits',
      'residentMonths',
      'permit',
      'chinese',
    ] as const)
      expect([key, f[key]]).toEqual([key, undefined])
    expect(f.ground).toBeUndefined()
  })
  it('know an item without grounds, and the ground chosen where there are some', () => {
    const pack = testPack()
    if (pack.items['WORK']?.offer === 'open') pack.items['WORK'].grounds = {}
    expect(facts({}, { pack }).ground).toBeNull()
    expect(facts({}, { ground: 'SELF' }).ground).toBe('SELF')
  })
  it('tell no family from family not answered', () => {
    expect(facts({ noFamily: true }).family).toBe(0)
    expect(facts({ family: [{ relation: 'spouse' }] }).family).toBe(1)
    expect(facts({ education: [], experience: [] })).toMatchObject({ degree: 'none', experienceYears: 0 })
  })
  it('count residence from the register, else from the last entry, and none outside', () => {
    expect(facts({ identity: { whereabouts: 'outside' }, visa: { enteredOn: '2020-01-01' } }).residentMonths).toBe(0)
    expect(facts({ identity: { whereabouts: 'inside' }, visa: { enteredOn: '2024-03-12' } }).residentMonths).toBe(11)
    expect(
      facts({ identity: { whereabouts: 'inside' }, visa: { enteredOn: '2024-12-01' } }, { context: { residentSince: '2024-03-11' } })
        .residentMonths,
    ).toBe(12)
  })
  it('take the country of the certificate from the paper that the pack asks for it', () => {
    const pack = testPack()
    pack.materials['PROOF']!.forms['PAGE']!.when = [{ rule: 'countryIn', of: 'policeCertificate', list: 'NEAR' }]
    expect(facts({}, { pack, papers: { FORM: { country: 'BBB' }, PROOF: { country: 'AAA' } } }).country).toEqual({
      policeCertificate: 'AAA',
    })
    expect(facts({}, { papers: { FORM: { country: 'BBB' } } }).country).toEqual({})
  })
  it('are asked about an unknown item without harm', () => {
    expect(facts({}, { item: 'constructor' }).ground).toBeNull()
  })
})
