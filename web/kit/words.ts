import { language } from './language.ts'

/** Messages of one surface: every key in both languages, checked by a test. Values stand in whole phrases as `{name}`. */
export type Messages = Readonly<Record<string, { zh: string; en: string }>>

/** Fills `{name}` in a message; an unknown placeholder stays visible rather than vanish. */
export const fill = (text: string, values: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** Makes the word function of a surface. A key is a type error when it does not exist. */
export const wordsOf =
  <M extends Messages>(messages: M) =>
  (key: keyof M & string, values?: Readonly<Record<string, string | number>>): string =>
    fill(messages[key]?.[language()] ?? key, values)

/** A day as people write it: `2026-12-01`, in Chinese 2026年12月1日. */
export function day(value: string): string {
  const [y, m, d] = value.slice(0, 10).split('-').map(Number)
  return language() === 'zh' ? `${y}年${m}月${d}日` : value.slice(0, 10)
}
/** A moment in Beijing time, to the minute. */
export function moment(value: string): string {
  const at = new Date(Date.parse(value) + 8 * 3_600_000).toISOString()
  return `${day(at)} ${at.slice(11, 16)}`
}
const WEEKDAYS = {
  zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const
/** A day with its weekday, as a duty is told. */
export const dayWithWeekday = (value: string): string => {
  const name = WEEKDAYS[language()][new Date(`${value}T00:00:00Z`).getUTCDay()]
  return language() === 'zh' ? `${day(value)}（${name}）` : `${name} ${day(value)}`
}
/** Fen as yuan, without a fraction where there is none. */
export const yuan = (fen: number): string => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: fen % 100 === 0 ? 0 : 2 })
