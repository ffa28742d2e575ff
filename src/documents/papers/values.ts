import type { Day, Instant, Text } from '../../domain/kernel.ts'
import type { Value } from './model.ts'

/** A day in both languages: 2026年12月1日 and 2026-12-01. Anything that is no day stays as it is, so that a fault shows. */
export const dayText = (day: Day): Text => {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return m ? { zh: `${m[1]}年${Number(m[2])}月${Number(m[3])}日`, en: day } : { zh: day, en: day }
}

/** From one day to another, both included. */
export const spanText = (from: Day, until: Day): Text => {
  const [a, b] = [dayText(from), dayText(until)]
  return { zh: `${a.zh}至${b.zh}`, en: `${a.en} to ${b.en}` }
}

/** A moment as Beijing time to the minute, the same in both languages: `2026-12-01 10:23`. */
export const momentText = (at: Instant): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

export const sexText = (sex: 'F' | 'M' | 'X'): Text =>
  ({ F: { zh: '女', en: 'Female' }, M: { zh: '男', en: 'Male' }, X: { zh: '未指明', en: 'Unspecified' } })[sex]

export const classText = (c: 'A' | 'B' | 'C'): Text =>
  ({
    A: { zh: 'A 类（外国高端人才）', en: 'Class A (high-end talent)' },
    B: { zh: 'B 类（外国专业人才）', en: 'Class B (professional)' },
    C: { zh: 'C 类（其他外国人员）', en: 'Class C (other)' },
  })[c]

export const monthsText = (months: number): Text => ({ zh: `${months} 个月`, en: months === 1 ? '1 month' : `${months} months` })

export const yesNoText = (yes: boolean): Text => (yes ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' })

/** Fen (1/100 yuan) as yuan with separators: 3500000 → `35,000.00`. */
export const yuanText = (fen: number): Text => {
  const yuan = `${Math.trunc(fen / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')}.${String(Math.abs(fen % 100)).padStart(2, '0')}`
  return { zh: `人民币 ${yuan} 元`, en: `CNY ${yuan}` }
}

/** A Chinese text beside an English one where there is one; the Chinese alone, in both columns, where there is none. */
export const pair = (zh: string, en: string | undefined): Value => (en && en !== zh ? { zh, en } : zh)

/** A name as in the passport, the Chinese name beside it, never instead of it. */
export const nameText = (fullName: string, chineseName: string | undefined): string =>
  chineseName ? `${fullName}  ${chineseName}` : fullName

/** Stands where nothing was given; an empty cell could be filled in by hand later. */
export const NONE = '—'
export const orNone = (value: string | undefined): string => (value?.trim() ? value : NONE)
