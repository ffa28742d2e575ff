import { type Clean, type Fault, type Refused, refuse } from './answers.ts'
import { filtersOf, inflatedSize, isInflate } from './pdf/filters.ts'
import { findActive } from './pdf/find-active.ts'
import { isDict, type PdfValue } from './pdf/lexer.ts'
import { openPdf } from './pdf/open-pdf.ts'
import { type PdfObject, readObjects } from './pdf/read-objects.ts'

const MAX_OBJECTS = 200_000
const MAX_INFLATED = 512 * 1024 ** 2
const MAX_PACKED = 64 * 1024 ** 2

/**
 * Checks a PDF before anything draws it, then opens every page. Its bytes are kept as they are: a signature of its issuer stays whole. All faults that
 * can be seen together are told together (threats UPL-1, UPL-3).
 */
export async function inspectPdf(bytes: Uint8Array, limits: { maxPages: number; maxPixels: number }): Promise<Clean | Refused> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const ending = endOf(file)
  if (ending) return refuse({ code: ending })
  const read = readObjects(file, { maxObjects: MAX_OBJECTS, maxInflated: MAX_PACKED })
  if (!read.ok) return refuse(withLimit(read.code))
  const active: Fault[] = findActive(read.objects, read.trailers).map((code) => ({ code }))
  if (active.length > 0) return refuse(...active)
  const numbers = new Map(read.objects.map((o) => [o.number, o.value]))
  const pixels = Math.max(0, ...read.objects.map(({ value }) => pixelsOf(value, numbers)))
  if (pixels > limits.maxPixels) return refuse({ code: 'tooManyPixels', measured: pixels, limit: limits.maxPixels })
  if (await inflatesTooMuch(file, read.objects, numbers)) return refuse(withLimit('inflatesTooMuch'))

  const pdf = await openPdf(bytes)
  if (!pdf.ok) return refuse({ code: pdf.code })
  try {
    const pages = pdf.document.getPageCount()
    if (pages > limits.maxPages) return refuse({ code: 'tooManyPages', measured: pages, limit: limits.maxPages })
    if (pages < 1) return refuse({ code: 'unreadable' })
    for (let page = 0; page < pages; page++) if (!pdf.opensPage(page)) return refuse({ code: 'unreadable', measured: page + 1 })
    return { ok: true, type: 'pdf', bytes, pages, width: null, height: null }
  } finally {
    pdf.document.destroy()
  }
}

const withLimit = (code: 'tooManyObjects' | 'unreadable' | 'inflatesTooMuch'): Fault =>
  code === 'unreadable' ? { code } : { code, limit: code === 'tooManyObjects' ? MAX_OBJECTS : MAX_INFLATED }

/** A PDF ends with its mark. Objects behind it were cut off, anything else is another file in the same bytes. */
function endOf(file: Buffer): 'truncated' | 'polyglot' | undefined {
  const mark = file.lastIndexOf('%%EOF')
  if (mark < 0) return 'truncated'
  const behind = file.subarray(mark + 5)
  if (behind.length > 4096 ? behind.some((b) => b > 32) : !/^[\s\0]*$/.test(behind.toString('latin1'))) {
    return /\d+ \d+ obj|xref|startxref/.test(behind.subarray(0, 65_536).toString('latin1')) ? 'truncated' : 'polyglot'
  }
  return undefined
}

const numberIn = (value: PdfValue | undefined, objects: ReadonlyMap<number, PdfValue>): number => {
  const found = typeof value === 'object' && value !== null && 'refTo' in value ? objects.get(value.refTo) : value
  return typeof found === 'number' ? found : 0
}
/** Pixels of a picture inside the file, as it says itself: decoders make room for that many. */
function pixelsOf(value: PdfValue, objects: ReadonlyMap<number, PdfValue>): number {
  if (!isDict(value)) return 0
  const { dict } = value
  return numberIn(dict.get('Width') ?? dict.get('W'), objects) * numberIn(dict.get('Height') ?? dict.get('H'), objects)
}

async function inflatesTooMuch(file: Buffer, objects: readonly PdfObject[], numbers: ReadonlyMap<number, PdfValue>): Promise<boolean> {
  let left = MAX_INFLATED
  for (const { value, dataAt } of objects) {
    if (dataAt === undefined || !isDict(value)) continue
    const filters = filtersOf(value, numbers)
    if (!isInflate(filters[0] ?? '')) continue
    const end = file.indexOf('endstream', dataAt, 'latin1')
    left -= await inflatedSize(file.subarray(dataAt, end < 0 ? undefined : end), filters, left)
    if (left < 0) return true
  }
  return false
}
