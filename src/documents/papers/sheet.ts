import type { Style } from './typeset.ts'

/** A4 in points (ISO 216), margins of about 19 mm; the foot holds number, moment and page. */
export const PAGE = { width: 595.28, height: 841.89, left: 54, right: 54, top: 46, bottom: 46 } as const
export const INNER = PAGE.width - PAGE.left - PAGE.right
export const BOTTOM = PAGE.height - PAGE.bottom

/** Two languages side by side: a column each, Chinese left. */
export const GUTTER = 20
export const HALF = (INNER - GUTTER) / 2
export const ENGLISH_X = HALF + GUTTER

/** Label, Chinese value, English value: the English one starts where the English column of all texts starts. */
export const LABEL = 101
export const VALUE_X = 107
export const VALUE = INNER - VALUE_X
/** A short fact: label and value within one half of the page. */
export const HALF_VALUE = HALF - VALUE_X

type Face = Style & { leading: number }
const face = (language: Style['language'], size: number, leading: number, weight: Style['weight'] = 'regular'): Face => ({
  language,
  size,
  leading,
  weight,
})

/** Sizes and leadings in points; one scale for all papers. */
export const FACE = {
  issuer: { zh: face('zh', 11, 16, 'bold'), en: face('en', 8.5, 12) },
  title: { zh: face('zh', 21, 29, 'bold'), en: face('en', 12.5, 17) },
  heading: { zh: face('zh', 11, 15, 'bold'), en: face('en', 10, 15, 'bold') },
  body: { zh: face('zh', 10, 14.5), en: face('en', 9, 12) },
  label: { zh: face('zh', 9.5, 12), en: face('en', 7.5, 9.5) },
  short: { zh: face('zh', 10.5, 14.5), en: face('en', 8.5, 10.5) },
  value: { zh: face('zh', 11, 16), en: face('en', 10, 16) },
  strong: { zh: face('zh', 12.5, 18, 'bold'), en: face('en', 12.5, 18, 'bold') },
  cell: { zh: face('zh', 9, 13), en: face('en', 8, 11) },
  cellHead: { zh: face('zh', 8.5, 12, 'bold'), en: face('en', 7, 9) },
  small: { zh: face('zh', 8, 11), en: face('en', 7.5, 10) },
} as const satisfies Record<string, { zh: Face; en: Face }>
export type { Face }
