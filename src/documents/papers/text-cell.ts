import type { Value } from './model.ts'
import type { CellTag, TextCell } from './row.ts'
import type { Face } from './sheet.ts'
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

/**
 * A value in its columns: one text over the whole width where it reads the same in both languages, else Chinese left and English right. Chinese
 * characters in a text for both languages take Chinese punctuation.
 */
export const valueCells = (
  value: Value,
  faces: { zh: Face; en: Face },
  at: { x: number; y: number; width: number; gap: number },
  tag: CellTag,
): TextCell[] => {
  if (typeof value === 'string') {
    const face = /\p{Script=Han}/u.test(value) ? faces.zh : { ...faces.en, leading: faces.zh.leading, size: faces.zh.size }
    return [textCell(value, face, 'both', { x: at.x, y: at.y, width: at.width, tag })]
  }
  const half = (at.width - at.gap) / 2
  return [
    textCell(value.zh, faces.zh, 'zh', { x: at.x, y: at.y, width: half, tag }),
    textCell(value.en, faces.en, 'en', { x: at.x + half + at.gap, y: at.y, width: half, tag }),
  ]
}
