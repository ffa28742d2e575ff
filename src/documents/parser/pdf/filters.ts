import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createInflate, inflateSync } from 'node:zlib'
import { isDict, isName, type PdfDict, type PdfValue } from './lexer.ts'

export type Unpacked = { ok: true; bytes: Buffer } | { ok: false; code: 'tooMuch' | 'broken' | 'unknownFilter' }

const resolve = (value: PdfValue | undefined, objects: ReadonlyMap<number, PdfValue>): PdfValue | undefined =>
  typeof value === 'object' && value !== null && 'refTo' in value ? objects.get(value.refTo) : value

/** Names of a stream's filters in the order in which they are undone; short names of inline images count too. */
export function filtersOf({ dict }: PdfDict, objects: ReadonlyMap<number, PdfValue>): string[] {
  const filter = resolve(dict.get('Filter') ?? dict.get('F'), objects)
  const list = Array.isArray(filter) ? filter.map((f) => resolve(f, objects)) : [filter]
  return list.flatMap((f) => (isName(f) ? [f.name] : []))
}
export const isInflate = (filter: string): boolean => filter === 'FlateDecode' || filter === 'Fl'

/**
 * Undoes the filters of an object stream, at most `limit` bytes. Data end where the filter says, not where the file claims, since readers do the same.
 * Only filters that writers use for objects are known; with any other the file is refused rather than not looked at.
 */
export function unpack(data: Buffer, stream: PdfDict, objects: ReadonlyMap<number, PdfValue>, limit: number): Unpacked {
  let bytes = data
  const filters = filtersOf(stream, objects)
  const parms = resolve(stream.dict.get('DecodeParms') ?? stream.dict.get('DP'), objects)
  for (const [i, filter] of filters.entries()) {
    if (isInflate(filter)) {
      const inflated = inflate(bytes, limit)
      if (!inflated.ok) return inflated
      const own = resolve(Array.isArray(parms) ? parms[i] : parms, objects)
      bytes = unpredict(inflated.bytes, isDict(own) ? own : undefined)
    } else if (filter === 'ASCIIHexDecode' || filter === 'AHx') {
      const end = bytes.indexOf('>')
      bytes = Buffer.from(
        bytes
          .subarray(0, end < 0 ? bytes.length : end)
          .toString('latin1')
          .replace(/[^0-9a-fA-F]/g, ''),
        'hex',
      )
    } else if (filter === 'ASCII85Decode' || filter === 'A85') bytes = ascii85(bytes)
    else return { ok: false, code: 'unknownFilter' }
  }
  if (filters.length > 0) return { ok: true, bytes }
  const end = bytes.indexOf('endstream')
  return { ok: true, bytes: bytes.subarray(0, end < 0 ? bytes.length : end) }
}

function inflate(data: Buffer, limit: number): Unpacked {
  try {
    // What lies behind the end of the data is not read; data that break off count as far as they go.
    return { ok: true, bytes: inflateSync(data, { maxOutputLength: Math.max(1, limit), finishFlush: constants.Z_SYNC_FLUSH }) }
  } catch (error) {
    return { ok: false, code: error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'tooMuch' : 'broken' }
  }
}

/** Deflate never makes more than about 1,032 bytes of one: short data are counted at once. */
const SHORT = 32_768
const HELD_MAX = 48 * 1024 ** 2

/** How large the data of a stream become, without holding much of them; above `limit` it stops counting. Broken data count as far as they go. */
export async function inflatedSize(data: Buffer, filters: readonly string[], limit: number): Promise<number> {
  let bytes = data
  for (const [i, filter] of filters.entries()) {
    if (!isInflate(filter)) return i === 0 ? 0 : bytes.length
    const last = !filters.slice(i + 1).some(isInflate)
    if (last && bytes.length > SHORT) return countInflated(bytes, limit)
    const inflated = inflate(bytes, Math.min(limit, HELD_MAX))
    if (!inflated.ok) return inflated.code === 'tooMuch' ? limit + 1 : 0
    bytes = inflated.bytes
  }
  return bytes.length
}

async function countInflated(data: Buffer, limit: number): Promise<number> {
  let size = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length
      done(size > limit ? new Error('limit') : null)
    },
  })
  try {
    await pipeline(Readable.from([data]), createInflate({ chunkSize: 262_144 }), sink)
  } catch {
    // Above the limit or broken: what came out counts.
  }
  return size
}

/** PNG predictors (ISO 32000-1, 7.4.4.4); other rows stay as they are. */
function unpredict(bytes: Buffer, parms: PdfDict | undefined): Buffer {
  const number = (key: string, other: number) => (typeof parms?.dict.get(key) === 'number' ? (parms.dict.get(key) as number) : other)
  if (number('Predictor', 1) < 10) return bytes
  const step = Math.max(1, Math.ceil((number('Colors', 1) * number('BitsPerComponent', 8)) / 8))
  const row = Math.max(1, Math.min(1_000_000, Math.ceil((number('Columns', 1) * number('Colors', 1) * number('BitsPerComponent', 8)) / 8)))
  const out = Buffer.alloc(Math.ceil(bytes.length / (row + 1)) * row)
  let to = 0
  for (let from = 0; from < bytes.length; from += row + 1) {
    const kind = bytes[from]
    for (let i = 0; i < row && from + 1 + i < bytes.length; i++, to++) {
      const left = i >= step ? out[to - step]! : 0
      const up = to >= row ? out[to - row]! : 0
      const corner = i >= step && to >= row ? out[to - row - step]! : 0
      out[to] = bytes[from + 1 + i]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind ?? 0]!
    }
  }
  return out.subarray(0, to)
}
const paeth = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}

function ascii85(bytes: Buffer): Buffer {
  const out: number[] = []
  let group: number[] = []
  const flush = (digits: number[], count: number) => {
    const value = digits.reduce((sum, d) => sum * 85 + d, 0)
    for (let i = 0; i < count; i++) out.push(Math.floor(value / 256 ** (3 - i)) & 255)
  }
  for (const byte of bytes) {
    if (byte === 0x7e) break
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 0x21 && byte <= 0x75) group.push(byte - 0x21)
    if (group.length === 5) {
      flush(group, 4)
      group = []
    }
  }
  if (group.length > 1) flush([...group, 84, 84, 84, 84].slice(0, 5), group.length - 1)
  return Buffer.from(out)
}
