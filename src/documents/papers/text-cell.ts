import type { Value } from './model.ts'
import type { CellTag, TextCell } from './row.ts'
import { ENGLISH_X, type Face, HALF_VALUE, INNER, VALUE, VALUE_X } from './sheet.ts'
import { setLines } from './typeset.ts'

type Where = { width: number; x?: number; y?: number; align?: TextCell['align']; tag?: CellTag }

/** A text broken to the width of its cell. */
export const textCell = (text: string, face: Face, language: TextCell['language'], where: Where): TextCell => ({
  is: 'text',
  tag: where.tag ?? 'P',
  language,
  x: where.x ?? 0,
  y: where.y ?? 0,
  width: where.width,
  align: where.align ?? 'left',
  size: face.size,
  leading: face.leading,
  lines: setLines(text, face, where.width),
})

/** A text for both languages: Chinese punctuation where it holds Chinese characters. */
const faceOf = (value: string, faces: { zh: Face; en: Face }): Face =>
  /\p{Script=Han}/u.test(value) ? faces.zh : { ...faces.zh, language: 'en' }

/** A value side by side: Chinese, then English in the English column; one text over both where it reads the same. */
export const besideCells = (value: Value, faces: { zh: Face; en: Face }, y: number): TextCell[] =>
  typeof value === 'string'
    ? [textCell(value, faceOf(value, faces), 'both', { x: VALUE_X, y, width: VALUE, tag: 'TD' })]
    : [
        textCell(value.zh, faces.zh, 'zh', { x: VALUE_X, y, width: HALF_VALUE, tag: 'TD' }),
        textCell(value.en, faces.en, 'en', { x: ENGLISH_X, y, width: INNER - ENGLISH_X, tag: 'TD' }),
      ]

/** A value in one narrow column: Chinese, English under it. */
export const stackedCells = (
  value: Value,
  faces: { zh: Face; en: Face },
  at: { x: number; y: number; width: number },
  tag: CellTag,
): TextCell[] => {
  if (typeof value === 'string') return [textCell(value, faceOf(value, faces), 'both', { ...at, tag })]
  const zh = textCell(value.zh, faces.zh, 'zh', { ...at, tag })
  return [zh, textCell(value.en, faces.en, 'en', { ...at, y: at.y + zh.lines.length * zh.leading, tag })]
}
