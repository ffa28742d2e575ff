import PDFDocument from 'pdfkit'
import { compose } from './compose.ts'
import { type Doc, drawLine, drawQr, drawRule, drawSpecimen, drawText } from './draw.ts'
import { forgetGlyphs } from './fonts.ts'
import type { PaperModel, PaperRefusal } from './model.ts'
import { type Placed, paginate } from './paginate.ts'
import { isCheckAddress } from './qr.ts'
import type { Cell, Row } from './row.ts'
import { FACE, INNER, PAGE } from './sheet.ts'
import { setLines } from './typeset.ts'
import { momentText } from './values.ts'

/** Where the digital seal belongs: page from 0, rectangle in PDF points from the lower left corner. */
export type SealSpot = { page: number; rect: [number, number, number, number] }
export type RenderedPaper = { ok: true; bytes: Buffer; pages: number; seals: SealSpot[] } | { ok: false; refusal: PaperRefusal }

const RUNNING_HEAD = 30
const SPECIMEN = 'SPECIMEN 样本 · 仅供演示，没有效力 · For demonstration only, without effect'

const drawMargins = (doc: Doc, model: PaperModel, page: number, pages: number): void => {
  const foot = PAGE.height - PAGE.bottom + 12
  drawRule(doc, PAGE.left, foot, INNER, 'hair')
  doc.markContent('Artifact', { type: 'Pagination' })
  const put = (text: string, y: number, align: 'left' | 'center' | 'right') => {
    const { size, leading } = FACE.small.zh
    const [line] = setLines(text, FACE.small.zh, INNER)
    const shift = align === 'left' ? 0 : (INNER - line!.width) / (align === 'center' ? 2 : 1)
    drawLine(doc, line!, PAGE.left + shift, y, size, leading)
  }
  put(`${model.number}`, foot + 5, 'left')
  put(`制作时间 Made ${momentText(model.madeAt)}（北京时间 Beijing time）`, foot + 5, 'center')
  put(`第 ${page + 1} 页，共 ${pages} 页 · ${page + 1} of ${pages}`, foot + 5, 'right')
  if (model.specimen) put(SPECIMEN, PAGE.top - 22, 'center')
  if (page > 0) {
    put(`${model.title.zh}  ${model.title.en}`, PAGE.top - 6, 'left')
    put(model.number, PAGE.top - 6, 'right')
  }
  doc.endMarkedContent()
  if (page > 0) drawRule(doc, PAGE.left, PAGE.top + 9, INNER, 'hair')
}

const LANGUAGE = { zh: { lang: 'zh-CN' }, en: { lang: 'en' }, both: {} } as const

/** pdfkit knows more options than its type declarations. */
type Options = { lang?: string; scope?: string; alt?: string; bbox?: number[] }
const struct = (doc: Doc, tag: string, options: Options, draw: () => void) => doc.struct(tag as 'P', options as object, draw)

const drawCell = (doc: Doc, parent: PDFKit.PDFStructureElement, cell: Cell, top: number, scope: 'Row' | 'Column'): void => {
  if (cell.is === 'seal') return
  if (cell.is === 'rule') {
    drawRule(doc, PAGE.left + cell.x, top + cell.y, cell.width, 'hair')
    return
  }
  if (cell.is === 'qr') {
    const [x, y] = [PAGE.left + cell.x, top + cell.y]
    parent.add(
      struct(doc, 'Figure', { alt: `QR ${cell.url}`, bbox: [x, y, x + cell.size, y + cell.size] }, () => drawQr(doc, cell, PAGE.left, top)),
    )
    return
  }
  const options = { ...LANGUAGE[cell.language], ...(cell.tag === 'TH' ? { scope } : {}) }
  parent.add(struct(doc, cell.tag, options, () => drawText(doc, cell, PAGE.left, top)))
}

/** Rows in order into the structure tree, one group element as long as its rows follow each other. */
const drawRows = (doc: Doc, root: PDFKit.PDFStructureElement) => {
  let open: { id: number; element: PDFKit.PDFStructureElement } | undefined
  return (row: Row, y: number): void => {
    if (row.group && open?.id !== row.group.id) {
      open = { id: row.group.id, element: doc.struct(row.group.tag) }
      root.add(open.element)
    }
    if (!row.group) open = undefined
    const element = doc.struct(row.tag)
    const parent = open?.element ?? root
    parent.add(element)
    const scope = row.cells.some((c) => c.is === 'text' && c.tag === 'TD') ? 'Row' : 'Column'
    for (const cell of row.cells) drawCell(doc, element, cell, y, scope)
    if (row.line === 'frame' || row.line === 'over') drawRule(doc, PAGE.left, y, INNER, 'hair')
    if (row.line !== 'none' && row.line !== 'over') drawRule(doc, PAGE.left, y + row.height, INNER, row.line === 'heavy' ? 'heavy' : 'hair')
  }
}

const sealsOf = (pages: Placed[][]): SealSpot[] =>
  pages.flatMap((rows, page) =>
    rows.flatMap(({ row, y }) =>
      row.cells.flatMap((c) => {
        if (c.is !== 'seal') return []
        const [x, top] = [PAGE.left + c.x, PAGE.height - (y + c.y)]
        return [{ page, rect: [x, top - c.size, x + c.size, top] as [number, number, number, number] }]
      }),
    ),
  )

/**
 * The paper as PDF/A-1b with structure tags, A4, black on white, Chinese and English side by side. The same model gives the same bytes: dates
 * and file id come from the model. Refuses a text that cannot be drawn whole and as typed; nothing is cut, shrunk or replaced.
 */
export const renderPaper = async (model: PaperModel): Promise<RenderedPaper> => {
  if ('check' in model && !isCheckAddress(model.check.url)) return { ok: false, refusal: { code: 'checkAddressUnusable' } }
  const composed = compose(model)
  if (!composed.ok) return composed
  const paged = paginate(composed.rows, RUNNING_HEAD)
  if (!paged.ok) return paged
  const made = new Date(model.madeAt)
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.4',
    subset: 'PDF/A-1b',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    autoFirstPage: false,
    // No default font: Helvetica would not be embedded, and PDF/A wants all of them inside.
    font: null as unknown as string,
    info: {
      Title: `${model.specimen ? 'SPECIMEN 样本 ' : ''}${model.title.zh} ${model.title.en} ${model.number}`,
      Author: `${model.issuer.zh} ${model.issuer.en}`,
      Creator: 'Laihua',
      Producer: 'Laihua',
      CreationDate: made,
      ModDate: made,
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  forgetGlyphs()
  const root = doc.struct('Document')
  doc.addStructure(root)
  const draw = drawRows(doc, root)
  paged.pages.forEach((rows, page) => {
    doc.addPage()
    if (model.specimen) drawSpecimen(doc)
    drawMargins(doc, model, page, paged.pages.length)
    for (const { row, y } of rows) draw(row, y)
  })
  root.end()
  doc.end()
  await ended
  return { ok: true, bytes: Buffer.concat(chunks), pages: paged.pages.length, seals: sealsOf(paged.pages) }
}
