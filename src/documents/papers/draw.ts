import { featuresFor, glyphsOf, openFont } from './fonts.ts'
import { qrStretches } from './qr.ts'
import type { Cell, TextCell } from './row.ts'
import { PAGE } from './sheet.ts'
import type { Line } from './typeset.ts'

export type Doc = PDFKit.PDFDocument

const HAIR = '#9a9a9a'
/** Ink of the specimen mark: solid, since PDF/A-1 knows no transparency, and pale, since the text above it must stay readable. */
const PALE = '#e4e4e4'

/** Chooses an embedded font; each is registered once a document. */
export const chooseFont = (doc: Doc, key: string, size: number): void => {
  const known = registered.get(doc) ?? new Set<string>()
  registered.set(doc, known)
  // pdfkit takes an opened font; its type declarations know files only.
  if (!known.has(key)) doc.registerFont(key, openFont(key) as unknown as string)
  known.add(key)
  doc.font(key).fontSize(size)
}
const registered = new WeakMap<Doc, Set<string>>()

const letters = new WeakMap<Doc, Map<string, string>>()
/** A glyph stands for one letter in a file. True when this line needs one that an earlier line took for another letter (such as 墫 and 壿). */
const takesForeignGlyph = (doc: Doc, line: Line): boolean => {
  const known = letters.get(doc) ?? new Map<string, string>()
  letters.set(doc, known)
  let foreign = false
  for (const { glyph, letter } of line.pieces.flatMap((p) => glyphsOf(p.text, p.font))) {
    const first = known.get(glyph)
    if (first === undefined) known.set(glyph, letter)
    else if (first !== letter) foreign = true
  }
  return foreign
}

/** One line with its baseline where a Han character of this size is centred in the leading. */
export const drawLine = (doc: Doc, line: Line, x: number, top: number, size: number, leading: number): void => {
  const baseline = top + (leading - size) / 2 + 0.86 * size
  const spoken = line.spoken ?? (takesForeignGlyph(doc, line) ? line.pieces.map((p) => p.text).join('') : undefined)
  if (spoken) doc.markContent('Span', { actual: spoken })
  let at = x
  for (const piece of line.pieces) {
    chooseFont(doc, piece.font, size)
    // Given features, pdfkit lays the run out whole, which joined scripts need; its type declarations know only a list of names.
    const features = featuresFor(piece.text, piece.font) as unknown as PDFKit.Mixins.OpenTypeFeatures[]
    doc.text(piece.text, at, baseline, { lineBreak: false, baseline: 'alphabetic', features })
    at += piece.width
  }
  if (spoken) doc.endMarkedContent()
}

export const drawText = (doc: Doc, cell: TextCell, left: number, top: number): void => {
  cell.lines.forEach((line, i) => {
    const shift = cell.align === 'left' ? 0 : (cell.width - line.width) / (cell.align === 'center' ? 2 : 1)
    drawLine(doc, line, left + cell.x + shift, top + cell.y + i * cell.leading, cell.size, cell.leading)
  })
}

export const drawQr = (doc: Doc, cell: Extract<Cell, { is: 'qr' }>, left: number, top: number): void => {
  const { size, stretches } = qrStretches(cell.url)
  const unit = cell.size / size
  // White under the code: the specimen mark must not grey its quiet zone.
  doc.rect(left + cell.x, top + cell.y, cell.size, cell.size).fill('white')
  for (const s of stretches) doc.rect(left + cell.x + s.x * unit, top + cell.y + s.y * unit, s.length * unit, unit)
  doc.fill('black')
}

/** Ornament: no reader should speak it. */
export const drawRule = (doc: Doc, x: number, y: number, width: number, weight: 'hair' | 'heavy'): void => {
  doc.markContent('Artifact', { type: 'Layout' })
  doc.lineWidth(weight === 'hair' ? 0.5 : 1.2).strokeColor(weight === 'hair' ? HAIR : 'black')
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .stroke()
  doc.endMarkedContent()
}

/** SPECIMEN 样本 across the page, under everything else. */
export const drawSpecimen = (doc: Doc): void => {
  doc.markContent('Artifact', { type: 'Pagination' })
  doc.save().fillColor(PALE)
  doc.rotate(-52, { origin: [PAGE.width / 2, PAGE.height / 2] })
  chooseFont(doc, 'NotoSansSC_700Bold', 92)
  const text = 'SPECIMEN 样本'
  const width = doc.widthOfString(text)
  doc.text(text, (PAGE.width - width) / 2, PAGE.height / 2 + 32, { lineBreak: false, baseline: 'alphabetic' })
  doc.restore()
  doc.endMarkedContent()
  doc.fillColor('black')
}
