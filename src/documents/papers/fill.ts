import type { Text } from '../../domain/kernel.ts'
import type { PaperRefusal, Value } from './model.ts'

/** What a paper offers to its texts, by name of the placeholder; `undefined` where this case has no such thing, and the line then falls away. */
export type Values = Record<string, Value | undefined>

export type Filled<T> = { ok: true; filled: T } | { ok: false; refusal: PaperRefusal }

const NAMED = /\{([A-Za-z][A-Za-z0-9]*)\}/g
const SPACED = /( ?)\{([A-Za-z][A-Za-z0-9]*)\}( ?)/g
const HAN = /[\p{Script=Han}\u3001-\u303f\uff00-\uff65]/u
export const namesIn = (line: string): string[] => [...line.matchAll(NAMED)].map((m) => m[1]!)

const fillOne = (line: string, values: Values, language: keyof Text): Filled<string | undefined> => {
  if (/[{}]/.test(line.replace(NAMED, ''))) return { ok: false, refusal: { code: 'brokenPlaceholder', language } }
  const names = namesIn(line)
  // Own keys only: `{constructor}` is as unknown as any other name.
  const unknown = names.find((name) => !Object.hasOwn(values, name))
  if (unknown) return { ok: false, refusal: { code: 'unknownPlaceholder', placeholder: unknown, language } }
  if (names.some((name) => values[name] === undefined)) return { ok: true, filled: undefined }
  // One pass: braces inside a value (a name, an address) stay what they are.
  const filled = line.replace(SPACED, (whole, before: string, name: string, after: string, at: number) => {
    const value = values[name]!
    const text = typeof value === 'string' ? value : value[language]
    // The pack sets a space around a value for the sake of letters and digits; between Chinese characters there is none.
    const left = before && HAN.test(line[at - 1] ?? '') && HAN.test(text[0] ?? '') ? '' : before
    const right = after && HAN.test(text.at(-1) ?? '') && HAN.test(line[at + whole.length] ?? '') ? '' : after
    return `${left}${text}${right}`
  })
  return { ok: true, filled }
}

/**
 * Puts values into one text of the pack; `undefined` when it names something this case has not. Refuses a placeholder that this paper does not offer
 * (`unknownPlaceholder`) and a stray brace (`brokenPlaceholder`): a paper with `{date}` printed on it must never leave the office.
 */
export const fillText = (text: Text, values: Values): Filled<Text | undefined> => {
  const zh = fillOne(text.zh, values, 'zh')
  if (!zh.ok) return zh
  const en = fillOne(text.en, values, 'en')
  if (!en.ok) return en
  return { ok: true, filled: zh.filled === undefined || en.filled === undefined ? undefined : { zh: zh.filled, en: en.filled } }
}
