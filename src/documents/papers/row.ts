import type { Line } from './typeset.ts'

/** Standard structure types of tagged PDF (ISO 32000, 14.8.4). */
export type GroupTag = 'Table' | 'Sect' | 'L'
export type CellTag = 'TH' | 'TD' | 'P' | 'H1' | 'H2' | 'Lbl' | 'LBody' | 'Figure'

export type TextCell = {
  is: 'text'
  tag: CellTag
  language: 'zh' | 'en' | 'both'
  x: number
  y: number
  width: number
  align: 'left' | 'center' | 'right'
  size: number
  leading: number
  lines: Line[]
}
/** A code to scan, as vectors. */
export type QrCell = { is: 'qr'; x: number; y: number; size: number; url: string }
/** The place that the digital seal fills when the paper is signed; drawn as nothing. */
export type SealCell = { is: 'seal'; x: number; y: number; size: number }
/** A line to sign on. */
export type RuleCell = { is: 'rule'; x: number; y: number; width: number }
export type Cell = TextCell | QrCell | SealCell | RuleCell

/** Cells that stand side by side; x and y count from the row's top left corner, in points. */
export type Row = {
  group: { tag: GroupTag; id: number } | undefined
  tag: 'TR' | 'Div' | 'LI'
  before: number
  height: number
  /** Hair line under the row; `frame` also over it (first row of a table). */
  line: 'none' | 'over' | 'under' | 'frame' | 'heavy'
  keepWithNext: boolean
  /** Starts a sheet. */
  newPage?: boolean
  cells: Cell[]
}

const bottom = (cell: Cell): number => {
  if (cell.is === 'text') return cell.y + cell.lines.length * cell.leading
  return cell.is === 'rule' ? cell.y : cell.y + cell.size
}
/** Height that the cells need, plus the room under them. */
export const heightOf = (cells: Cell[], padding: number): number => Math.max(0, ...cells.map(bottom)) + padding

/** A row of text alone may be cut by lines when it is taller than what is left of an empty page. */
export const splitRow = (row: Row, room: number): { head: Row; rest: Row } | undefined => {
  const texts = row.cells.filter((c) => c.is === 'text')
  if (texts.length !== row.cells.length) return undefined
  const fitting = (c: TextCell) => Math.max(0, Math.floor((room - c.y) / c.leading))
  if (!texts.some((c) => fitting(c) > 1)) return undefined
  const head = texts.map((c) => ({ ...c, lines: c.lines.slice(0, fitting(c)) }))
  const rest = texts.map((c) => ({ ...c, y: Math.min(c.y, 4), lines: c.lines.slice(fitting(c)) }))
  return {
    head: { ...row, cells: head, height: room, line: row.line === 'frame' ? 'over' : 'none', keepWithNext: false },
    rest: { ...row, newPage: false, cells: rest, before: 0, line: row.line === 'frame' ? 'under' : row.line, height: heightOf(rest, 5) },
  }
}
