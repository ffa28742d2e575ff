import sharp, { type Sharp } from 'sharp'
import '../../identity/face/picture.ts'
import { type PageImage, type Refused, refuse } from './answers.ts'
import { typeOf } from './inspect.ts'
import { openPdf } from './pdf/open-pdf.ts'

const WIDTH_MAX = 2400
const PIXELS_MAX = 12_000_000

/**
 * Draws a page (counted from 1) as PNG, `width` pixels wide or less where the page is very long: officers see pictures of foreign files, never the
 * files (threat UPL-2). A picture is its own only page.
 */
export async function renderPage(bytes: Uint8Array, page: number, width: number): Promise<PageImage | Refused> {
  const type = typeOf(bytes)
  const wanted = Math.max(16, Math.min(WIDTH_MAX, Math.round(Number.isFinite(width) ? width : 0)))
  if (type === 'pdf') return renderPdf(bytes, page, wanted)
  if (!type) return refuse({ code: 'notThisType', measured: 'other' })
  if (page !== 1) return refuse({ code: 'pageNotThere', measured: page, limit: 1 })
  try {
    const picture = sharp(bytes, { failOn: 'truncated', limitInputPixels: 60_000_000 })
      .autoOrient()
      .resize({ width: wanted, withoutEnlargement: true })
    return await toPng(picture, 1)
  } catch {
    return refuse({ code: 'unreadable' })
  }
}

async function renderPdf(bytes: Uint8Array, page: number, width: number): Promise<PageImage | Refused> {
  const pdf = await openPdf(bytes)
  if (!pdf.ok) return refuse({ code: pdf.code })
  try {
    const pages = pdf.document.getPageCount()
    if (!Number.isInteger(page) || page < 1 || page > pages) return refuse({ code: 'pageNotThere', measured: page, limit: pages })
    if (!pdf.opensPage(page - 1)) return refuse({ code: 'unreadable', measured: page })
    const sheet = pdf.document.getPage(page - 1)
    const { originalWidth, originalHeight } = sheet.getOriginalSize()
    if (!(originalWidth > 0 && originalHeight > 0)) return refuse({ code: 'unreadable', measured: page })
    const scale = Math.min(width / originalWidth, Math.sqrt(PIXELS_MAX / (originalWidth * originalHeight)))
    const size = { width: Math.max(1, Math.round(originalWidth * scale)), height: Math.max(1, Math.round(originalHeight * scale)) }
    const drawn = await sheet.render({ ...size, render: 'bitmap' })
    return await toPng(sharp(drawn.data, { raw: { width: drawn.width, height: drawn.height, channels: 4 } }).removeAlpha(), pages)
  } finally {
    pdf.document.destroy()
  }
}

async function toPng(picture: Sharp, pages: number): Promise<PageImage> {
  const { data, info } = await picture.png({ compressionLevel: 6 }).toBuffer({ resolveWithObject: true })
  return { ok: true, type: 'png', bytes: new Uint8Array(data), pages, width: info.width, height: info.height }
}
