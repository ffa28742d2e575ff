import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'

let library: Promise<PDFiumLibrary> | undefined

export type OpenPdf =
  | { ok: true; document: PDFiumDocument; opensPage(index: number): boolean }
  | { ok: false; code: 'encrypted' | 'unreadable' }
type Pages = {
  module: { _FPDF_LoadPage(document: number, index: number): number; _FPDF_ClosePage(page: number): void }
  documentIdx: number
}

/**
 * Opens a PDF with PDFium (WebAssembly, without script engine). `destroy()` the document afterwards. Fonts that a file does not carry are replaced by
 * PDFium's own, which have no Chinese.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  library ??= PDFiumLibrary.init()
  try {
    const document = await (await library).loadDocument(bytes)
    // The wrapper opens a page without telling whether that worked and closes it only after drawing.
    const { module, documentIdx } = document as unknown as Pages
    return {
      ok: true,
      document,
      opensPage(index) {
        const page = module._FPDF_LoadPage(documentIdx, index)
        if (page !== 0) module._FPDF_ClosePage(page)
        return page !== 0
      },
    }
  } catch (error) {
    return { ok: false, code: error instanceof Error && /password|security/i.test(error.message) ? 'encrypted' : 'unreadable' }
  }
}
