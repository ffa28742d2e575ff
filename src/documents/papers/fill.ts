import type { Text } from '../../domain/kernel.ts'
import type { PaperRefusal, PaperTexts, Value } from './model.ts'

/** What a paper offers to its texts, by name of the placeholder. */
export type Values = Record<string, Value>

type Filled<T> = { ok: true; filled: T } | { ok: false; refusal: PaperRefusal }

const fillOne = (line: string, values: Values, language: keyof Text): Filled<string> => {
  const named = [...line.matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g)].map((m) => m[1]!)
  if (/[{}]/.test(line.replace(/\{[A-Za-z][A-Za-z0-9]*\}/g, ''))) return { ok: false, refusal: { code: 'brokenPlaceholder', language } }
  // Own keys only: `{constructor}` is as unknown as any other name.
  const unknown = named.find((name) => !Object.hasOwn(values, name))
  if (unknown) return { ok: false, refusal: { code: 'unknownPlaceholder', placeholder: unknown, language } }
  // One pass: braces inside a value (a name, an address) stay what they are.
  const filled = line.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (_, name: string) => {
    const value = values[name]!
    return typeof value === 'string' ? value : value[language]
  })
  return { ok: true, filled }
}

const fillText = (text: Text, values: Values): Filled<Text> => {
  const zh = fillOne(text.zh, values, 'zh')
  if (!zh.ok) return zh
  const en = fillOne(text.en, values, 'en')
  return en.ok ? { ok: true, filled: { zh: zh.filled, en: en.filled } } : en
}

/**
 * Puts values into the pack's texts. Refuses a placeholder that this paper does not offer (`unknownPlaceholder`) and a stray brace
 * (`brokenPlaceholder`): a paper with `{date}` printed on it must never leave the office.
 */
export const fillTexts = (texts: PaperTexts, values: Values): Filled<PaperTexts> => {
  const title = fillText(texts.title, values)
  if (!title.ok) return title
  const sections: PaperTexts['sections'] = []
  for (const section of texts.sections) {
    const heading = section.heading && fillText(section.heading, values)
    if (heading && !heading.ok) return heading
    const lines: Text[] = []
    for (const line of section.lines) {
      const filled = fillText(line, values)
      if (!filled.ok) return filled
      lines.push(filled.filled)
    }
    sections.push({ heading: heading?.filled, lines })
  }
  return { ok: true, filled: { title: title.filled, sections } }
}
