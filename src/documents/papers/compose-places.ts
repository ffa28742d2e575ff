import type { CheckMark, Place } from './model.ts'
import { type Cell, heightOf, type Row } from './row.ts'
import { ENGLISH_X, FACE, HALF } from './sheet.ts'
import { stackedCells, textCell } from './text-cell.ts'

/** A seal of 42 mm (the size of an authority's round seal, State Council rules on seals 1999) fits in here; it may touch the text around it. */
const SEAL = 120
/** Edge of the code on paper, and its white margin, which stands outside the text so that the dark edge lines up with it. */
const QR = 86
const QUIET_POINTS = 9

const DATE = { zh: '日期', en: 'Date' }

const placeCells = (place: Place, x: number): Cell[] => {
  const label = stackedCells(place.label, FACE.short, { x, y: 0, width: HALF * 0.62 }, 'P')
  if (place.is !== 'seal') {
    const low = heightOf(label, 48)
    const date = { x: x + HALF * 0.68, width: HALF * 0.32 }
    return [
      ...label,
      ...stackedCells(DATE, FACE.short, { ...date, y: 0 }, 'P'),
      { is: 'rule', x, y: low, width: HALF * 0.62 },
      { is: 'rule', ...date, y: low },
    ]
  }
  const small = textCell(`${place.label.zh} ${place.label.en}`, FACE.small.zh, 'both', { x, width: HALF })
  const name = stackedCells(place.name.zh === place.name.en ? place.name.zh : place.name, FACE.issuer, { x, y: 15, width: HALF }, 'P')
  const date = place.on.zh === place.on.en ? place.on.zh : `${place.on.zh}  ${place.on.en}`
  const low = Math.max(heightOf(name, 12), 66)
  const on = textCell(date, FACE.value.zh, 'both', { x, y: low, width: HALF })
  return [small, ...name, on, { is: 'seal', x: x + 70, y: -16, size: SEAL }]
}

/** Two places a row; a single one stands on the right, where a letter is signed. */
export const composePlaces = (places: Place[]): Row[] => {
  const rows: Row[] = []
  for (let i = 0; i < places.length; i += 2) {
    const [left, right] = [places[i]!, places[i + 1]]
    const cells = right ? [...placeCells(left, 0), ...placeCells(right, ENGLISH_X)] : placeCells(left, ENGLISH_X)
    const sealed = cells.some((c) => c.is === 'seal')
    rows.push({
      group: undefined,
      tag: 'Div',
      before: sealed ? 9 : 18,
      height: heightOf(cells, 0),
      line: 'none',
      keepWithNext: false,
      cells,
    })
  }
  return rows
}

/** Puts the code left of the seal, so that a short Notice stays on one sheet. */
export const composeCheck = (rows: Row[], check: CheckMark): Row[] => {
  const zh = textCell(check.caption.zh, FACE.small.zh, 'zh', { x: QR + 8, y: 10, width: HALF - QR - 8 })
  const en = textCell(check.caption.en, FACE.small.en, 'en', { x: QR + 8, y: 14 + zh.lines.length * zh.leading, width: HALF - QR - 8 })
  const url = textCell(check.url, FACE.small.en, 'both', { x: 0, y: QR + 4, width: HALF })
  const cells: Cell[] = [{ is: 'qr', x: -QUIET_POINTS, y: -4, size: QR + QUIET_POINTS, url: check.url }, zh, en, url]
  const last = rows.at(-1)
  const free = last?.cells.some((c) => c.is === 'seal') && last.cells.every((c) => c.x >= ENGLISH_X)
  if (!last || !free)
    return [...rows, { group: undefined, tag: 'Div', before: 20, height: heightOf(cells, 4), line: 'none', keepWithNext: false, cells }]
  const joined = [...cells, ...last.cells]
  return [...rows.slice(0, -1), { ...last, cells: joined, height: heightOf(joined, 0) }]
}
