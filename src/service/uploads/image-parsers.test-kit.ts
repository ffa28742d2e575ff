import sharp from 'sharp'
import type { UploadParsers } from './parsers.ts'

/** Decodes and writes anew with the same library as the real parsers; for documents it only counts pages. */
export const imageParsers: UploadParsers = {
  async inspect(bytes, accept) {
    const head = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
    if (head === '%PDF-') {
      const pages =
        Buffer.from(bytes)
          .toString('latin1')
          .match(/\/Type \/Page\b/g)?.length ?? 0
      if (!accept.types.includes('pdf')) return { ok: false, faults: [{ code: 'type', measured: 'pdf', limit: accept.types.join() }] }
      if (pages > accept.maxPages) return { ok: false, faults: [{ code: 'tooManyPages', measured: pages, limit: accept.maxPages }] }
      return { ok: true, type: 'pdf', bytes, pages, width: null, height: null }
    }
    try {
      const { data, info } = await sharp(bytes, { failOn: 'truncated' })
        .rotate()
        .jpeg({ quality: 95 })
        .toBuffer({ resolveWithObject: true })
      return { ok: true, type: 'jpeg', bytes: data, pages: 1, width: info.width, height: info.height }
    } catch {
      return { ok: false, faults: [{ code: 'notReadable' }] }
    }
  },
  async checkPhoto(bytes) {
    const { width, height } = await sharp(bytes).metadata()
    const ratio = Math.round((width / height) * 100) / 100
    return [
      { code: 'width', ok: width >= 354, measured: width, limit: 354 },
      { code: 'aspect', ok: ratio >= 0.7 && ratio <= 0.8, measured: ratio, limit: '0.70–0.80' },
    ]
  },
  async proposeCrop(bytes) {
    const { width, height } = await sharp(bytes).metadata()
    const cut = Math.min(width, Math.floor(height * 0.75))
    return { box: { left: Math.floor((width - cut) / 2), top: 0, width: cut, height }, width, height }
  },
  async cropPhoto(bytes, box) {
    const { width, height } = await sharp(bytes).metadata()
    if (box.left + box.width > width || box.top + box.height > height)
      return { ok: false, faults: [{ code: 'outsidePicture', limit: `${width}×${height}` }] }
    const { data, info } = await sharp(bytes).extract(box).jpeg({ quality: 95 }).toBuffer({ resolveWithObject: true })
    return { ok: true, type: 'jpeg', bytes: data, pages: 1, width: info.width, height: info.height }
  },
  async renderPage(_bytes, page, width) {
    const bytes = await sharp({ create: { width, height: width, channels: 3, background: { r: page, g: 0, b: 0 } } })
      .png()
      .toBuffer()
    return { ok: true, type: 'png', bytes }
  },
}
