import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

export type Picture = { data: Uint8ClampedArray; width: number; height: number }

/** Text of each page as an independent reader sees it. For tests. */
export const textOfPdf = async (bytes: Uint8Array): Promise<string[]> => {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes)
  try {
    return Array.from(document.pages(), (page) => page.getText())
  } finally {
    document.destroy()
    library.destroy()
  }
}

/** Pages as pictures, `scale` times 72 dots an inch. For tests. */
export const picturesOfPdf = async (bytes: Uint8Array, scale: number): Promise<Picture[]> => {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes)
  try {
    const pictures: Picture[] = []
    for (const page of document.pages()) {
      const { data, width, height } = await page.render({ scale, render: 'bitmap' })
      pictures.push({ data: new Uint8ClampedArray(data), width, height })
    }
    return pictures
  } finally {
    document.destroy()
    library.destroy()
  }
}

/** What the QR codes of a picture say. For tests. */
export const codesIn = async (picture: Picture | Uint8Array): Promise<string[]> => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } })
  const found = await readBarcodes('width' in picture ? { ...picture, colorSpace: 'srgb' } : picture, { formats: ['QRCode'] })
  return found.map((f) => f.text)
}
