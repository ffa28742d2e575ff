import sharp from 'sharp'

// One picture at a time and none remembered: a cache would keep faces in memory (threat REG-6) and threads would let one upload take every core.
sharp.cache(false)
sharp.concurrency(1)

/** Pixels, three bytes each (sRGB), row by row from the top left. */
export type Picture = { data: Uint8Array; width: number; height: number }

/**
 * Decodes a whole JPEG or PNG upright and no larger than `longSide` pixels. Throws what the decoder throws for a broken or too large file;
 * the caller turns that into a code.
 */
export async function decodePicture(bytes: Uint8Array, longSide: number, maxPixels: number): Promise<Picture> {
  const { data, info } = await sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width: info.width, height: info.height }
}

/** Overwrites pixels or files that are not needed any more (threat REG-6). */
export const wipe = (...many: Uint8Array[]): void => {
  for (const bytes of many) bytes.fill(0)
}
