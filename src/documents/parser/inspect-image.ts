import sharp from 'sharp'
import '../../identity/face/picture.ts'
import { type Clean, type Refused, refuse } from './answers.ts'

type ImageType = 'jpeg' | 'png'

/** Whether a picture has no end: a transfer that broke off rather than bytes that make no sense. */
function lacksEnd(bytes: Uint8Array, type: ImageType): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return !(type === 'jpeg' ? file.includes(Buffer.from([0xff, 0xd9])) : file.includes('IEND', 8, 'latin1'))
}

/**
 * Decodes a picture to its last row and writes it anew: upright, in sRGB, without EXIF, places, comments, profiles, previews or anything behind the
 * picture (threat UPL-1). A JPEG is written a little smaller where the fresh copy would exceed the limit that the sent one kept.
 */
export async function inspectImage(bytes: Uint8Array, type: ImageType, maxBytes: number, maxPixels: number): Promise<Clean | Refused> {
  let size: { width: number; height: number; pages?: number }
  try {
    // Reads the header only; no pixel is touched before the size is known.
    size = await sharp(bytes, { failOn: 'truncated', limitInputPixels: false }).metadata()
  } catch {
    return refuse({ code: lacksEnd(bytes, type) ? 'truncated' : 'unreadable' })
  }
  const pixels = size.width * size.height
  if (pixels > maxPixels) return refuse({ code: 'tooManyPixels', measured: pixels, limit: maxPixels })
  try {
    let written = await write(bytes, type, maxPixels, 92)
    for (const quality of [85, 75, 60]) {
      if (type === 'png' || written.data.length <= maxBytes) break
      written = await write(bytes, type, maxPixels, quality)
    }
    const { data, info } = written
    return { ok: true, type, bytes: new Uint8Array(data), pages: 1, width: info.width, height: info.height }
  } catch {
    return refuse({ code: lacksEnd(bytes, type) ? 'truncated' : 'unreadable' })
  }
}

const write = (bytes: Uint8Array, type: ImageType, maxPixels: number, quality: number) => {
  const picture = sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels, sequentialRead: false })
    .autoOrient()
    .toColourspace('srgb')
  return (type === 'jpeg' ? picture.jpeg({ quality, chromaSubsampling: '4:4:4' }) : picture.png({ compressionLevel: 8 })).toBuffer({
    resolveWithObject: true,
  })
}
