import type { Text } from '../kernel.ts'

export const t = (zh: string, en: string): Text => ({ zh, en })

/** A list of words in both languages: `a, b or c`, `甲、乙或丙`. */
export function joined(words: readonly Text[], last: 'and' | 'or'): Text {
  const of = (list: string[], comma: string, word: string) =>
    list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(comma)}${word}${list[list.length - 1]}`
  return t(
    of(
      words.map((w) => w.zh),
      '、',
      last === 'and' ? '和' : '或',
    ),
    of(
      words.map((w) => w.en),
      ', ',
      ` ${last} `,
    ),
  )
}

/** The title of a coded thing, or its code where nothing carries a title. */
export const title = (of: { title: Text } | undefined, code: string): Text => of?.title ?? t(code, code)

/** Yuan with separators: `62,694`. */
export const yuan = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** The two answers of a yes-or-no question. */
export const ANSWERS: Readonly<Record<string, Text>> = { yes: t('是', 'yes'), no: t('否', 'no') }
/** A phrase as it stands at the head of a sentence. */
export const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1)
/** `1st`, `2nd`, `60th`. */
export const ordinal = (n: number): string => {
  const teen = n % 100 >= 11 && n % 100 <= 13
  const end = teen ? 'th' : n % 10 === 1 ? 'st' : n % 10 === 2 ? 'nd' : n % 10 === 3 ? 'rd' : 'th'
  return `${n}${end}`
}
