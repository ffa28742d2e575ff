import { describe, expect, it } from 'vitest'
import { loadPack } from '../../store/pack-folder.ts'
import type { Facts } from '../policy/facts.ts'
import { improvements } from './improvements.ts'
import { countPoints } from './points.ts'

const { points: table } = loadPack('policy', 'cn-national/2024-12').pack
const row = (code: string, facts: Facts) => countPoints(table, facts).rows[code]
const aged = (birth: string, filed: string): Facts => ({ days: { birth, filed } })

describe('the points table in force', () => {
  it('closes intervals of pay below and opens them above, to the fen', () => {
    const at = (fen: number) => row('PAY', { payPerYear: fen })
    expect([at(44_999_999), at(45_000_000)]).toEqual([17, 20])
    expect([at(34_999_999), at(35_000_000)]).toEqual([14, 17])
    expect([at(24_999_999), at(25_000_000)]).toEqual([11, 14])
    expect([at(14_999_999), at(15_000_000)]).toEqual([8, 11])
    expect([at(6_999_999), at(7_000_000)]).toEqual([5, 8])
    expect([at(4_999_999), at(5_000_000), at(0)]).toEqual([0, 5, 0])
    expect(at(10_000_000_000)).toBe(20)
  })
  it('gives work years from the second on, one more each, twenty at most', () => {
    expect([0, 1, 2, 3, 16, 17, 40].map((y) => row('WORK', { experienceYears: y }))).toEqual([0, 0, 5, 6, 19, 20, 20])
  })
  it('counts months a year by thirds', () => {
    expect([0, 2, 3, 5, 6, 8, 9, 12].map((m) => row('MONTHS', { monthsInChina: m }))).toEqual([0, 0, 5, 5, 10, 10, 15, 15])
  })
  it('counts age in whole years up to the day before the next birthday', () => {
    expect([row('AGE', aged('2007-03-12', '2025-03-11')), row('AGE', aged('2007-03-11', '2025-03-11'))]).toEqual([0, 10])
    expect([row('AGE', aged('1999-03-12', '2025-03-11')), row('AGE', aged('1999-03-11', '2025-03-11'))]).toEqual([10, 15])
    expect([row('AGE', aged('1979-03-12', '2025-03-11')), row('AGE', aged('1979-03-11', '2025-03-11'))]).toEqual([15, 10])
    expect([row('AGE', aged('1969-03-12', '2025-03-11')), row('AGE', aged('1969-03-11', '2025-03-11'))]).toEqual([10, 5])
    expect([row('AGE', aged('1964-03-12', '2025-03-11')), row('AGE', aged('1964-03-11', '2025-03-11'))]).toEqual([5, 0])
  })
  it('takes the best level of a row, and any one of the extras once', () => {
    expect(row('EDUCATION', { degree: 'bachelor', vocational: 'seniorTechnician' })).toBe(20)
    expect(row('CHINESE', { chinese: ['hsk2', 'formerNational'] })).toBe(5)
    expect([1, 2, 3, 4, 5, 6].map((n) => row('CHINESE', { chinese: [`hsk${n}`] }))).toEqual([1, 2, 3, 4, 5, 5])
    expect(row('EXTRA', { extras: ['patents', 'fortune500'] })).toBe(5)
    expect(row('REGION', { region: 'western' })).toBe(10)
  })
  it('gives the local bonus only by an officer, and never more than its maximum or less than nothing', () => {
    expect([
      row('LOCAL', {}),
      row('LOCAL', { localBonus: 10 }),
      row('LOCAL', { localBonus: 99 }),
      row('LOCAL', { localBonus: -5 }),
    ]).toEqual([0, 10, 10, 0])
  })
  it('counts 0 for what is not given, and says which rows those are', () => {
    const counted = countPoints(table, {})
    expect(counted.total).toBe(0)
    expect(counted.notGiven).toEqual(['PAY', 'EDUCATION', 'WORK', 'MONTHS', 'CHINESE', 'REGION', 'AGE', 'EXTRA'])
  })
  it('adds the three sums worked out by hand', () => {
    const sum = (f: Facts) => countPoints(table, f).total
    const base: Facts = { monthsInChina: 12, region: 'ordinary', extras: [] }
    expect(
      sum({
        ...base,
        degree: 'bachelor',
        experienceYears: 17,
        payPerYear: 30_000_000,
        chinese: [],
        days: { birth: '1983-01-01', filed: '2025-03-11' },
      }),
    ).toBe(74)
    expect(
      sum({
        ...base,
        degree: 'doctor',
        experienceYears: 10,
        payPerYear: 45_000_000,
        chinese: ['hsk5'],
        extras: ['highLevelUniversity'],
        days: { birth: '1990-01-01', filed: '2025-03-11' },
      }),
    ).toBe(93)
  })
  it('ignores levels that nobody defined', () => {
    expect(row('EDUCATION', { degree: 'constructor' })).toBe(0)
    expect(row('CHINESE', { chinese: ['__proto__', 'hsk9'] })).toBe(0)
    expect(row('PAY', { payPerYear: Number.NaN })).toBe(0)
  })
})

describe('what would change the result', () => {
  const thresholds = [
    { class: 'A' as const, points: 85 },
    { class: 'B' as const, points: 60 },
  ]
  const of = (facts: Facts) => improvements(table, countPoints(table, facts), facts, thresholds)
  const ana: Facts = {
    degree: 'bachelor',
    experienceYears: 17,
    payPerYear: 30_000_000,
    monthsInChina: 12,
    chinese: [],
    extras: [],
    region: 'ordinary',
    days: { birth: '1986-04-17', filed: '2026-11-25' },
  }
  it('names the best level of Chinese where no class is in reach', () => {
    expect(of(ana).map((i) => i.text.en)).toEqual(['HSK 5: 79'])
    expect(of(ana)[0]?.text.zh).toBe('汉语水平考试（HSK）5 级：79 分')
  })
  it('names the smallest step that reaches a better class', () => {
    const marek: Facts = {
      degree: 'none',
      experienceYears: 10,
      payPerYear: 25_000_000,
      monthsInChina: 12,
      chinese: ['hsk2'],
      extras: [],
      region: 'ordinary',
      days: { birth: '1994-05-17', filed: '2025-03-11' },
    }
    expect(of(marek).map((i) => i.text.en)).toEqual([
      'Pay of 350,000 yuan a year: 62, class B',
      '11 years of related work: 60, class B',
      'HSK 3: 60, class B',
    ])
  })
  it('says nothing where nothing is known or nothing is left to gain', () => {
    expect(of({})).toEqual([])
    expect(of({ chinese: ['hsk5'], payPerYear: 45_000_000, experienceYears: 17 })).toEqual([])
  })
})
