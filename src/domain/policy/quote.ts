import type { Day, Language, Text } from '../kernel.ts'
import { labels } from './labels.ts'
import type { Pack } from './pack.ts'
import type { Length } from './parts.ts'
import { condition } from './sentences.ts'
import type { FaqEntry } from './texts.ts'
import { t } from './wording.ts'

const REFERENCE = /\{\{\s*([^{}]*?)\s*\}\}/g
const isMap = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x)
const isText = (x: unknown): x is Text =>
  isMap(x) && typeof x['zh'] === 'string' && typeof x['en'] === 'string' && Object.keys(x).length === 2

/** Every reference in a text of a pack, `{{periods.CURE.length}}` without its braces, each once. */
export const referencesIn = (text: Text): string[] => [...new Set([...`${text.zh}\n${text.en}`.matchAll(REFERENCE)].map((m) => m[1] ?? ''))]

/** What a reference says, in words of both languages; `undefined` if it leads nowhere or to something that has no words. */
export function referenceText(pack: Pack, reference: string, on: Day = pack.pack.from): Text | undefined {
  const path = reference.split('.')
  let at: unknown = pack
  for (const key of path) {
    if (!isMap(at) || !Object.hasOwn(at, key)) return undefined
    at = at[key]
  }
  return wordsFor(at, path, pack, on)
}

function wordsFor(value: unknown, path: string[], pack: Pack, on: Day): Text | undefined {
  const last = path[path.length - 1]
  if (isText(value)) return value
  if (typeof value === 'number') return last === 'maxBytes' ? megabytes(value) : t(String(value), String(value))
  if (typeof value === 'string') return value.includes('{{') ? undefined : t(value, value)
  if (path[0] === 'periods' && last === 'length') return lengthText(value as Length[], pack)
  if (path.join('.') === 'authority.windows') return windowsText(pack, on)
  if (!isMap(value)) return undefined
  if (typeof value['amount'] === 'number' && typeof value['unit'] === 'string') return amountText(value['amount'], value['unit'])
  return isText(value['title']) ? value['title'] : undefined
}

/** The length of a period in words, line by line: `5 working days (the class is A), else 10 working days`. */
export function lengthText(lines: readonly Length[], pack: Pack): Text {
  const said = lines.map((line) => {
    const length =
      line.unit === 'until' ? t(`至${labels.day[line.day].zh}`, `until ${labels.day[line.day].en}`) : labels.amount(line.amount, line.unit)
    const only = condition(line, pack)
    return only === undefined ? length : t(`${length.zh}（${only.zh}）`, `${length.en} (${lower(only.en)})`)
  })
  return t(said.map((s) => s.zh).join('，其他情形 '), said.map((s) => s.en).join(', else '))
}
const lower = (s: string) => s.charAt(0).toLowerCase() + s.slice(1)
const amountText = (amount: number, unit: string): Text | undefined =>
  unit === 'workingDay' || unit === 'day' || unit === 'month' || unit === 'hour' || unit === 'year'
    ? labels.amount(amount, unit)
    : undefined
const megabytes = (bytes: number): Text => {
  const mb = String(Math.round((bytes / 1_048_576) * 100) / 100)
  return t(`${mb} MB`, `${mb} MB`)
}
/** The windows that are open on a day, with place and hours. */
function windowsText(pack: Pack, on: Day): Text | undefined {
  const open = pack.authority?.windows.filter((w) => w.from <= on && (w.until === undefined || on <= w.until)) ?? []
  if (open.length === 0) return undefined
  return t(open.map((w) => `${w.place.zh}（${w.hours.zh}）`).join('；'), open.map((w) => `${w.place.en} (${w.hours.en})`).join('; '))
}

export type Quoted = { ok: true; text: Text } | { ok: false; unknown: string[] }
/** A text with its references put into words; one that leads nowhere fails the whole text, so that an answer never contradicts a check. */
export function quote(pack: Pack, text: Text, on?: Day): Quoted {
  const values = new Map(referencesIn(text).map((r) => [r, referenceText(pack, r, on)]))
  const unknown = [...values].filter(([, v]) => v === undefined).map(([r]) => r)
  if (unknown.length > 0) return { ok: false, unknown }
  const fill = (language: Language) => text[language].replace(REFERENCE, (_, r: string) => values.get(r)?.[language] ?? '')
  return { ok: true, text: { zh: fill('zh'), en: fill('en') } }
}

/** The FAQ of a pack with all its values quoted, in the order of its codes. Throws if an answer names what the pack does not have: the checker refuses such a pack. */
export const renderFaq = (pack: Pack, on?: Day): ({ code: string } & FaqEntry)[] =>
  Object.entries(pack.faq)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, entry]) => {
      const answer = quote(pack, entry.answer, on)
      if (!answer.ok) throw new Error(`the answer ${code} names what the pack does not have: ${answer.unknown.join(', ')}`)
      return { code, ...entry, answer: answer.text }
    })
