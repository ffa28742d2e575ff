import type { Day, Language, Text } from '../kernel.ts'
import type { Pause, Unit } from '../policy/words.ts'

/** Sentences of an explanation. Placeholders are whole phrases; nothing is glued to a word of the sentence. */
export const SENTENCES = {
  working: {
    zh: '{start} 起算，次日为第 1 天，共 {n}，扣除 {off}，暂停 {p}。',
    en: 'Starts {start}, next day is day 1, {n}; {off} not counted, {p} stopped.',
  },
  calendar: {
    zh: '{start} 起算，次日为第 1 天，共 {n}，暂停 {p}，到 {nominal} 为止。',
    en: 'Starts {start}, next day is day 1, {n}, {p} stopped, until {nominal}.',
  },
  until: { zh: '期限到 {nominal} 为止。', en: 'Runs until {nominal}.' },
  off: { zh: '{name}放假，不计：{days}。', en: '{name}, days off not counted: {days}.' },
  makeUp: { zh: '调休上班，计入：{days}。', en: 'Make-up working days, counted: {days}.' },
  paused: { zh: '{on} 暂停，原因：{cause}。当天计入。', en: 'Stopped {on}: {cause}. That day counts.' },
  outage: { zh: '{on} 暂停，原因：{cause}。当天不计。', en: 'Stopped {on}: {cause}. That day does not count.' },
  expected: { zh: '预计 {end} 恢复。', en: 'Expected to run on from {end}.' },
  resumed: { zh: '{on} 恢复，从次日继续计算。', en: 'Runs on from {on}; the next day counts again.' },
  extended: { zh: '{on} 决定延长 {n}。', en: 'Extended on {on} by {n}.' },
  rolled: { zh: '{nominal}（{name}）不是工作日，顺延至 {due}。', en: '{nominal} ({name}) is a day off; the last day moves to {due}.' },
  plan: { zh: '请按 {safe} 安排，这是此前最后一个工作日。', en: 'Plan for {safe}, the last working day before.' },
  worked: { zh: '{nominal}（{name}）调休上班，不顺延。', en: '{nominal} ({name}) is a make-up working day; the date does not move.' },
  recalculated: {
    zh: '放假安排公布后已重新计算，原为 {before}。',
    en: 'Counted again after the holidays were published; it was {before}.',
  },
  provisional: {
    zh: '暂定 {date}：{year} 年放假安排尚未公布，公布后重新计算。',
    en: 'About {date}: the {year} holidays are not published; we will recompute.',
  },
  firm: { zh: '{nominal} 已确定，暂定的只是顺延。', en: '{nominal} is firm; only the move to a working day is open.' },
  met: { zh: '{on} 按时完成。', en: 'Met on {on}.' },
  missed: { zh: '{on} 结束时已超期。', en: 'Missed at the end of {on}.' },
  stopped: { zh: '{on} 停止计算。', en: 'No longer counted from {on}.' },
} as const satisfies Record<string, Text>

/** Why a clock stands still. */
export const CAUSES: Readonly<Record<Pause, Text>> = {
  correction: { zh: '补正', en: 'correction' },
  hearing: { zh: '听证', en: 'hearing' },
  inspection: { zh: '检验检测', en: 'inspection' },
  expert: { zh: '专家评审', en: 'expert review' },
  outage: { zh: '本系统中断', en: 'our service was down' },
}
/** What a day off without a holiday's name is called. */
export const WEEKEND: Text = { zh: '周末', en: 'weekend' }

const UNITS: Readonly<Record<Unit | 'dayOff', { zh: string; one: string; many: string }>> = {
  workingDay: { zh: '个工作日', one: 'working day', many: 'working days' },
  day: { zh: '天', one: 'day', many: 'days' },
  month: { zh: '个月', one: 'month', many: 'months' },
  hour: { zh: '小时', one: 'hour', many: 'hours' },
  dayOff: { zh: '个休息日', one: 'day off', many: 'days off' },
}
/** An amount with its unit as one phrase: `1 working day`, `5 个工作日`. */
export const sayAmount = (amount: number, unit: Unit | 'dayOff', language: Language): string =>
  `${amount} ${language === 'zh' ? UNITS[unit].zh : amount === 1 ? UNITS[unit].one : UNITS[unit].many}`

/** A day as people read it: `2026-12-01`, in Chinese `2026年12月1日`. */
export const sayDay = (day: Day, language: Language): string => {
  const [year = '', month = '', date = ''] = day.split('-')
  return language === 'zh' ? `${year}年${Number(month)}月${Number(date)}日` : day
}

/** Puts whole phrases into a sentence. A placeholder without its phrase is a fault of ours. */
export const say = (key: keyof typeof SENTENCES, language: Language, phrases: Readonly<Record<string, string>>): string =>
  SENTENCES[key][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const phrase = phrases[name]
    if (phrase === undefined) throw new Error(`the sentence ${key} lacks its ${name}`)
    return phrase
  })
