import type { Day, Instant, Text } from '../../domain/kernel.ts'
import type { Value } from './model.ts'

/** A day in both languages: 2026年12月1日 and 2026-12-01. Anything that is no day stays as it is, so that a fault shows. */
export const dayText = (day: Day): Text => {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return m ? { zh: `${m[1]}年${Number(m[2])}月${Number(m[3])}日`, en: day } : { zh: day, en: day }
}

/** A moment as Beijing time to the minute, the same in both languages: `2026-12-01 10:23`. */
export const momentText = (at: Instant): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

export const sexText = (sex: 'F' | 'M' | 'X'): Text =>
  ({ F: { zh: '女', en: 'Female' }, M: { zh: '男', en: 'Male' }, X: { zh: '未指明', en: 'Unspecified' } })[sex]

/** Fen (1/100 yuan) as yuan with separators and without cents where there are none: 3500000 → `35,000`; the unit stands in the text around it. */
export const yuanOnly = (fen: number): string => {
  const whole = String(Math.trunc(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return fen % 100 === 0 ? whole : `${whole}.${String(fen % 100).padStart(2, '0')}`
}

/** A Chinese text beside an English one where there is one; the Chinese alone, in both columns, where there is none. */
export const pair = (zh: string, en: string | undefined): Value => (en && en !== zh ? { zh, en } : zh)

/** Stands where nothing was given; an empty cell could be filled in by hand later. */
export const NONE = '—'
export const orNone = (value: string | undefined): string => (value?.trim() ? value : NONE)
