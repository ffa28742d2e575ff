import type { Text } from '../../domain/kernel.ts'
import { composeBlock } from './compose-block.ts'
import { composeCheck } from './compose-places.ts'
import type { PaperModel, PaperRefusal } from './model.ts'
import { heightOf, type Row } from './row.ts'
import { FACE, INNER } from './sheet.ts'
import { textCell } from './text-cell.ts'
import { CannotSet } from './typeset.ts'

const NUMBER: Text = { zh: '编号', en: 'No.' }

/** A paper's title, or that of a further sheet of it. */
const titleRow = (title: Text, before: number): Row => {
  const zh = textCell(title.zh, FACE.title.zh, 'zh', { width: INNER, align: 'center', tag: 'H1' })
  const en = textCell(title.en, FACE.title.en, 'en', { width: INNER, align: 'center', tag: 'H1', y: zh.lines.length * zh.leading + 2 })
  return { group: undefined, tag: 'Div', before, height: heightOf([zh, en], 4), line: 'none', keepWithNext: true, cells: [zh, en] }
}

const headRows = (model: PaperModel): Row[] => {
  const issuerZh = textCell(model.issuer.zh, FACE.issuer.zh, 'zh', { width: INNER * 0.6 })
  const issuerEn = textCell(model.issuer.en, FACE.issuer.en, 'en', { width: INNER * 0.6, y: issuerZh.lines.length * issuerZh.leading })
  const right = { x: INNER * 0.62, width: INNER * 0.38, align: 'right' as const }
  const label = textCell(`${NUMBER.zh} ${NUMBER.en}`, FACE.small.zh, 'both', right)
  const number = textCell(model.number, FACE.issuer.zh, 'both', { ...right, y: 12 })
  const cells = [issuerZh, issuerEn, label, number]
  const head: Row = { group: undefined, tag: 'Div', before: 0, height: heightOf(cells, 8), line: 'heavy', keepWithNext: true, cells }
  return [head, titleRow(model.title, 11)]
}

/** All rows of a paper, measured; or the reason why a text cannot be set. Pure but for the fonts. */
export const compose = (model: PaperModel): { ok: true; rows: Row[] } | { ok: false; refusal: PaperRefusal } => {
  try {
    const rows = headRows(model)
    model.blocks.forEach((block, i) => {
      if (block.is === 'sheet') rows.push({ ...titleRow(block.title, 0), newPage: true })
      else {
        // A seal never stands on a page without text of its paper.
        if (block.is === 'places') rows.at(-1)!.keepWithNext = true
        rows.push(...composeBlock(block, i + 1))
      }
    })
    return { ok: true, rows: 'check' in model ? composeCheck(rows, model.check) : rows }
  } catch (error) {
    if (error instanceof CannotSet) return { ok: false, refusal: error.refusal }
    throw error
  }
}
