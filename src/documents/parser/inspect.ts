import { type Accept, type Clean, type FileType, type Refused, refuse } from './answers.ts'
import { inspectImage } from './inspect-image.ts'

export const MAX_PIXELS = 60_000_000

const starts = (bytes: Uint8Array, magic: number[], at = 0): boolean => magic.every((byte, i) => bytes[at + i] === byte)
/** What the first bytes say. Anything that is not one of the three is nothing, whatever its name or label. */
export function typeOf(bytes: Uint8Array): FileType | undefined {
  if (starts(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'pdf'
  if (starts(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  return undefined
}

const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1')
/** Whether the end of the file is also the directory of an archive: the same bytes would be two files (threat UPL-1). */
export function endsAsArchive(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(-65_557)
  for (let at = tail.indexOf(END_OF_ZIP); at >= 0; at = tail.indexOf(END_OF_ZIP, at + 1)) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true
  }
  return false
}
const holdsOther = (bytes: Uint8Array, type: FileType): boolean => {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  return (
    endsAsArchive(bytes) ||
    /<(!doctype|html|script|svg|\?xml|\?php)/i.test(head.slice(0, 512)) ||
    (type !== 'pdf' && head.includes('%PDF-'))
  )
}

/**
 * Finds out what a file is by decoding all of it, and gives back what to keep. Refuses with a code: empty, too large, another type than the place
 * accepts, two files in one, cut off, too many pixels or pages, encrypted, active or attached content (threats UPL-1, UPL-3).
 */
export async function inspect(bytes: Uint8Array, accept: Accept): Promise<Clean | Refused> {
  if (bytes.length === 0) return refuse({ code: 'empty', measured: 0, limit: 1 })
  if (bytes.length > accept.maxBytes) return refuse({ code: 'tooLarge', measured: bytes.length, limit: accept.maxBytes })
  const type = typeOf(bytes)
  if (!type || !accept.types.includes(type))
    return refuse({ code: 'notThisType', measured: type ?? 'other', limit: accept.types.join(', ') })
  if (holdsOther(bytes, type)) return refuse({ code: 'polyglot' })
  const maxPixels = accept.maxPixels ?? MAX_PIXELS
  if (type !== 'pdf') return inspectImage(bytes, type, accept.maxBytes, maxPixels)
  return (await import('./inspect-pdf.ts')).inspectPdf(bytes, { maxPages: accept.maxPages, maxPixels })
}
