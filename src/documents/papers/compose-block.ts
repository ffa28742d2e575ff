import type { Text } from '../../domain/kernel.ts'
import { composePlaces } from './compose-places.ts'
import type { Block, Column, Fact, Point, Value } from './model.ts'
import { heightOf, type Row, type TextCell } from './row.ts'
import { ENGLISH_X, FACE, HALF, HALF_VALUE, INNER, LABEL, VALUE_X } from './sheet.ts'
import { besideCells, stackedCells, textCell } from './text-cell.ts'

const both = (text: Text, faces: typeof FACE.body | typeof FACE.heading, tag: 'P' | 'H2'): TextCell[] => [
  textCell(text.zh, faces.zh, 'zh', { width: HALF, tag }),
  textCell(text.en, faces.en, 'en', { x: ENGLISH_X, y: faces === FACE.body ? 1 : 0, width: HALF, tag }),
]

/** Facts in lines: a short one takes the next short one to its side, even past a long one between them, so that no half line stays empty. */
const inLines = (facts: Fact[]): Fact[][] => {
  const lines: Fact[][] = []
  let open: Fact[] | undefined
  for (const fact of facts) {
    if (fact.show === 'half' && open) {
      open.push(fact)
      open = undefined
      continue
    }
    lines.push([fact])
    if (fact.show === 'half') open = lines.at(-1)
  }
  return lines
}

const factRows = (facts: Fact[], id: number): Row[] =>
  inLines(facts).map((line, i) => {
    const cells = line.flatMap((fact, side) => {
      const x = side === 0 ? 0 : ENGLISH_X
      const label = stackedCells(fact.label, FACE.label, { x, y: 4, width: LABEL }, 'TH')
      if (fact.show === 'half')
        return [...label, ...stackedCells(fact.value, FACE.short, { x: x + VALUE_X, y: 4, width: HALF_VALUE }, 'TD')]
      return [...label, ...besideCells(fact.value, fact.show === 'strong' ? FACE.strong : FACE.value, fact.show === 'strong' ? 6 : 4)]
    })
    return {
      group: { tag: 'Table', id },
      tag: 'TR',
      before: i === 0 ? 6 : 0,
      height: heightOf(cells, 4),
      line: i === 0 ? 'frame' : 'under',
      keepWithNext: i === 0,
      cells,
    }
  })

const pointRows = (points: Point[], id: number): Row[] =>
  points.flatMap((point, i) => {
    const number = textCell(`${i + 1}.`, FACE.heading.zh, 'both', { width: 22, tag: 'Lbl' })
    const [zh, en] = [
      textCell(point.title.zh, FACE.heading.zh, 'zh', { x: 24, width: HALF - 24, tag: 'LBody' }),
      textCell(point.title.en, FACE.heading.en, 'en', { x: ENGLISH_X, width: HALF, tag: 'LBody' }),
    ]
    const group = { tag: 'L' as const, id }
    const cells = [number, zh, en]
    const title: Row = {
      group,
      tag: 'LI',
      before: i === 0 ? 6 : 9,
      height: heightOf(cells, 2),
      line: 'none',
      keepWithNext: point.lines.length > 0,
      cells,
    }
    return [title, ...point.lines.map((line, j) => pointLine(line, group, j < point.lines.length - 1))]
  })

const pointLine = (line: { label: Text; value: Value }, group: Row['group'], keep: boolean): Row => {
  const value = typeof line.value === 'string' ? { zh: line.value, en: line.value } : line.value
  // A remark written in one language stands once, across both columns.
  const cells =
    typeof line.value === 'string'
      ? [textCell(`${line.label.zh} ${line.label.en}: ${line.value}`, FACE.body.zh, 'both', { x: 24, width: INNER - 24, tag: 'LBody' })]
      : [
          textCell(`${line.label.zh}：${value.zh}`, FACE.body.zh, 'zh', { x: 24, width: HALF - 24, tag: 'LBody' }),
          textCell(`${line.label.en}: ${value.en}`, FACE.body.en, 'en', { x: ENGLISH_X, y: 1, width: HALF, tag: 'LBody' }),
        ]
  return { group, tag: 'LI', before: 0, height: heightOf(cells, 2), line: 'none', keepWithNext: keep, cells }
}

const tableRows = (columns: Column[], rows: Value[][], id: number): Row[] => {
  const total = columns.reduce((sum, c) => sum + c.share, 0)
  const gap = 8
  const at = columns.map((c, i) => ({
    x: (columns.slice(0, i).reduce((sum, d) => sum + d.share, 0) / total) * INNER,
    width: (c.share / total) * INNER - (i === columns.length - 1 ? 0 : gap),
  }))
  const group = { tag: 'Table' as const, id }
  const head = columns.flatMap((c, i) => stackedCells(c.title, FACE.cellHead, { ...at[i]!, y: 4 }, 'TH'))
  const body = rows.map((row): Row => {
    const cells = row.flatMap((value, i) => stackedCells(value, FACE.cell, { ...at[i]!, y: 5 }, 'TD'))
    return { group, tag: 'TR', before: 0, height: heightOf(cells, 5), line: 'under', keepWithNext: false, cells }
  })
  return [{ group, tag: 'TR', before: 6, height: heightOf(head, 4), line: 'frame', keepWithNext: true, cells: head }, ...body]
}

/** The rows of one block; `id` keeps its rows together in the structure tree. */
export const composeBlock = (block: Exclude<Block, { is: 'sheet' }>, id: number): Row[] => {
  switch (block.is) {
    case 'heading': {
      const cells = both(block.text, FACE.heading, 'H2')
      return [{ group: undefined, tag: 'Div', before: 10, height: heightOf(cells, 1), line: 'none', keepWithNext: true, cells }]
    }
    case 'paragraph': {
      const cells = both(block.text, FACE.body, 'P')
      return [{ group: undefined, tag: 'Div', before: 4, height: heightOf(cells, 1), line: 'none', keepWithNext: false, cells }]
    }
    case 'facts':
      return factRows(block.rows, id)
    case 'points':
      return pointRows(block.items, id)
    case 'table':
      return tableRows(block.columns, block.rows, id)
    case 'places':
      return composePlaces(block.places)
    default:
      return block satisfies never
  }
}
