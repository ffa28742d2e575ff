import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Calendar, CalendarYear } from './calendar.ts'
import { type Clock, extendClock, meetClock, missClock, pauseClock, recalculateClock, resumeClock, stopClock } from './clock.ts'
import { explainClock } from './explain.ts'
import { SENTENCES, say, sayAmount } from './explain-words.ts'
import { begin, must, period, turn } from './sample-clocks.ts'

const folder = new URL('../../../policy/calendar/cn/', import.meta.url)
const years = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => CalendarYear.parse(parse(readFileSync(new URL(name, folder), 'utf8'))))
const cn: Calendar = { id: 'cn', years: Object.fromEntries(years.map((y) => [y.year, y])) }
const both = (clock: Clock, calendar = cn) => ({ zh: explainClock(clock, calendar, 'zh'), en: explainClock(clock, calendar, 'en') })
const twenty = period({ amount: 20, unit: 'workingDay' })
const thirty = period({ amount: 30, unit: 'day' }, { rolls: 'toWorkingDay', missed: 'flagOverdue' })

describe('a date explains itself, line by line', () => {
  it('in working days: days off by the holiday they belong to, make-up days, and the sum that adds up', () => {
    expect(both(begin(period({ amount: 10, unit: 'workingDay' }), '2025-01-22', cn))).toEqual({
      zh: [
        '2025年1月22日 起算，次日为第 1 天，共 10 个工作日，扣除 10 个休息日，暂停 0 天。',
        '春节放假，不计：2025年1月28日 至 2025年2月4日。',
        '调休上班，计入：2025年1月26日、2025年2月8日。',
      ],
      en: [
        'Starts 2025-01-22, next day is day 1, 10 working days; 10 days off not counted, 0 days stopped.',
        'Spring Festival, days off not counted: 2025-01-28 to 2025-02-04.',
        'Make-up working days, counted: 2025-01-26, 2025-02-08.',
      ],
    })
  })
  it('with correction and more time', () => {
    const clock = begin(twenty, '2025-01-22', cn)
    const paused = turn(clock, pauseClock(clock, { on: '2025-01-26', kind: 'correction' }, cn))
    const resumed = turn(paused, resumeClock(paused, { on: '2025-02-07' }, cn))
    const extended = turn(resumed, must(extendClock(resumed, { on: '2025-02-28', reason: 'COMPLEX' }, cn)))
    expect(both(turn(extended, meetClock(extended, { on: '2025-03-10' }))).en).toEqual([
      'Starts 2025-01-22, next day is day 1, 30 working days; 12 days off not counted, 12 days stopped.',
      'Make-up working days, counted: 2025-01-26, 2025-02-08.',
      'Stopped 2025-01-26: correction. That day counts.',
      'Runs on from 2025-02-07; the next day counts again.',
      'Extended on 2025-02-28 by 10 working days.',
      'Met on 2025-03-10.',
    ])
    expect(both(extended).zh.slice(-3)).toEqual([
      '2025年1月26日 暂停，原因：补正。当天计入。',
      '2025年2月7日 恢复，从次日继续计算。',
      '2025年2月28日 决定延长 10 个工作日。',
    ])
  })
  it('while it stands still, with the day it is expected to run on', () => {
    const clock = begin(twenty, '2025-03-03', cn)
    const hearing = turn(clock, pauseClock(clock, { on: '2025-03-05', kind: 'hearing', expectedEnd: '2025-03-20' }, cn))
    expect(both(hearing).zh.slice(-2)).toEqual(['2025年3月5日 暂停，原因：听证。当天计入。', '预计 2025年3月20日 恢复。'])
    const down = turn(clock, pauseClock(clock, { on: '2025-03-05', kind: 'outage' }, cn))
    expect(both(down).en.at(-1)).toBe('Stopped 2025-03-05: our service was down. That day does not count.')
  })
  it('when it rolls: the day, the holiday, the new day, and the safe plan', () => {
    expect(both(begin(thirty, '2026-01-18', cn))).toEqual({
      zh: [
        '2026年1月18日 起算，次日为第 1 天，共 30 天，暂停 0 天，到 2026年2月17日 为止。',
        '2026年2月17日（春节）不是工作日，顺延至 2026年2月24日。',
        '请按 2026年2月14日 安排，这是此前最后一个工作日。',
      ],
      en: [
        'Starts 2026-01-18, next day is day 1, 30 days, 0 days stopped, until 2026-02-17.',
        '2026-02-17 (Spring Festival) is a day off; the last day moves to 2026-02-24.',
        'Plan for 2026-02-14, the last working day before.',
      ],
    })
    expect(both(begin(thirty, '2024-12-13', cn)).en[1]).toBe('2025-01-12 (weekend) is a day off; the last day moves to 2025-01-13.')
    expect(both(begin(period({ amount: 2, unit: 'day' }, { rolls: 'toWorkingDay' }), '2025-10-02', cn)).en).toHaveLength(2)
  })
  it('when it does not roll because that Saturday is worked', () => {
    const { zh, en } = both(begin(thirty, '2025-09-11', cn))
    expect(zh.at(-1)).toBe('2025年10月11日（国庆节、中秋节）调休上班，不顺延。')
    expect(en.at(-1)).toBe('2025-10-11 (National Day and Mid-Autumn Festival) is a make-up working day; the date does not move.')
  })
  it('when the year is not published: the word, the reason, what is firm, and later what it was', () => {
    const clock = begin(thirty, '2026-12-02', cn)
    expect(both(clock).zh.slice(-2)).toEqual([
      '暂定 2027年1月4日：2027 年放假安排尚未公布，公布后重新计算。',
      '2027年1月1日 已确定，暂定的只是顺延。',
    ])
    expect(both(clock).en.slice(-2)).toEqual([
      'About 2027-01-04: the 2027 holidays are not published; we will recompute.',
      '2027-01-01 is firm; only the move to a working day is open.',
    ])
    const y2027 = CalendarYear.parse({
      ...{ format: 1, calendar: 'cn', year: 2027, state: 'published', notices: ['https://example.org/notice'] },
      holidays: [{ name: { zh: '元旦', en: 'New Year' }, off: ['2027-01-01', '2027-01-04'], work: [] }],
    })
    const published: Calendar = { id: 'cn', years: { ...cn.years, 2027: y2027 } }
    const moved = both(turn(clock, recalculateClock(clock, published)), published)
    expect(moved.en).toContain('Counted again after the holidays were published; it was 2027-01-04.')
    expect(moved.en.join()).not.toContain('About')
  })
  it('when it ends on a fixed day, is missed or no longer counted', () => {
    const clock = begin(period({ untilDay: '2026-06-30' }), '2026-05-29', cn)
    expect(both(turn(clock, missClock(clock)))).toEqual({
      zh: ['期限到 2026年6月30日 为止。', '2026年6月30日 结束时已超期。'],
      en: ['Runs until 2026-06-30.', 'Missed at the end of 2026-06-30.'],
    })
    expect(both(turn(clock, stopClock(clock, { on: '2026-06-01' }))).zh.at(-1)).toBe('2026年6月1日 停止计算。')
  })
  it('keeps two holidays of a long period apart, and the same one of two years too', () => {
    const { en } = both(begin(period({ amount: 200, unit: 'workingDay' }), '2024-12-25', cn))
    expect(en.filter((l) => l.includes('days off')).map((l) => l.split(',')[0])).toContain('Labour Day')
    const long = both(begin(period({ amount: 300, unit: 'workingDay' }), '2024-12-25', cn)).en
    expect(long.filter((l) => l.startsWith('New Year,'))).toHaveLength(2)
  })
})

describe('the sentences', () => {
  it('have the same placeholders in both languages, and at most twenty words in English', () => {
    for (const [key, text] of Object.entries(SENTENCES)) {
      const holes = (s: string) => [...s.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort()
      expect(holes(text.en), key).toEqual(holes(text.zh))
      expect(text.en.split(' ').length, key).toBeLessThanOrEqual(20)
    }
  })
  it('count one of a thing as one', () => {
    expect(sayAmount(1, 'workingDay', 'en')).toBe('1 working day')
    expect(sayAmount(1, 'dayOff', 'en')).toBe('1 day off')
    expect(sayAmount(2, 'month', 'zh')).toBe('2 个月')
  })
  it('never go out with a hole in them', () => {
    expect(() => say('met', 'en', {})).toThrow('lacks its on')
    expect(() => say('met', 'en', Object.create({ on: undefined }))).toThrow('lacks its on')
  })
})
