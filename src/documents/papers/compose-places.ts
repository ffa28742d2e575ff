import type { CheckMark, Place } from './model.ts'
import { type Cell, heightOf, type Row } from './row.ts'
import { ENGLISH_X, FACE, HALF } from './sheet.ts'
import { stackedCells, textCell } from './text-cell.ts'
import { dayText } from './values.ts'

/** A seal of 42 mm (the size of an authority's round seal, State Council rules on seals 1999) fits in here; it may touch the text around it. */
const SEAL = 120
/** Edge of the code on paper, and its white margin, which stands outside the text so that the dark edge lines up with it. */
const QR = 90
const QUIET_POINTS = 9

const placeCells = (place: Place, x: number): Cell[] => {
  const label = textCell(`${place.label.zh} ${place.label.en}`, FACE.small.zh, 'both', { x, width: HALF })
  if (place.is === 'signature') {
    const name = stackedCells(place.name, FACE.short, { x, y: 15, width: HALF }, 'P')
    const low = heightOf(name, 44)
    return [
      label,
      ...name,
      { is: 'rule', x, y: low, width: HALF },
      textCell('签名 Signature · 日期 Date', FACE.small.zh, 'both', { x, y: low + 3, width: HALF }),
    ]
  }
  const name = typeof place.name === 'string' ? { zh: place.name, en: '' } : place.name
  const zh = textCell(name.zh, FACE.issuer.zh, 'zh', { x, y: 15, width: HALF })
  const en = textCell(name.en || ' ', FACE.issuer.en, 'en', { x, y: 15 + zh.lines.length * zh.leading, width: HALF })
  const on = dayText(place.on)
  const low = Math.max(heightOf([zh, en], 12), 66)
  const date = textCell(`${on.zh}  ${on.en}`, FACE.value.zh, 'both', { x, y: low, width: HALF })
  return [label, zh, ...(name.en ? [en] : []), date, { is: 'seal', x: x + 70, y: -16, size: SEAL }]
}

/** Two places a row; a single one stands on the right, where a letter is signed. */
export const composePlaces = (places: Place[]): Row[] => {
  const rows: Row[] = []
  for (let i = 0; i < places.length; i += 2) {
    const [left, right] = [places[i]!, places[i + 1]]
    const cells = right ? [...placeCells(left, 0), ...placeCells(right, ENGLISH_X)] : placeCells(left, ENGLISH_X)
    rows.push({ group: undefined, tag: 'Div', before: 9, height: heightOf(cells, 0), line: 'none', keepWithNext: false, cells })
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
