import { unpack } from './filters.ts'
import { isDict, isName, type PdfDict, PdfLexer, PdfSyntax, type PdfValue } from './lexer.ts'

/** An object that a file holds anywhere, reachable or not; `dataAt` is where its stream begins. */
export type PdfObject = { number: number; value: PdfValue; dataAt?: number }
export type ReadObjects =
  | { ok: true; objects: PdfObject[]; trailers: PdfDict[] }
  | { ok: false; code: 'tooManyObjects' | 'unreadable' | 'inflatesTooMuch' }
export type ObjectLimits = { maxObjects: number; maxInflated: number }

const at = (file: Buffer, word: string, from: number) => file.indexOf(word, from, 'latin1')

/**
 * Reads every object of a PDF, also those that its own table of contents does not name and those packed in object streams: what a reader might find,
 * a check must find. Does not trust lengths; the word `obj` alone marks an object.
 */
export function readObjects(file: Buffer, limits: ObjectLimits): ReadObjects {
  const objects: PdfObject[] = []
  for (let found = at(file, 'obj', 0); found >= 0; found = at(file, 'obj', found + 3)) {
    if (file[found - 1] === 0x64) continue // endobj
    const object = readOne(file, found)
    if (object === 'broken') return { ok: false, code: 'unreadable' }
    if (object) objects.push(object)
    if (objects.length > limits.maxObjects) return { ok: false, code: 'tooManyObjects' }
  }
  const trailers: PdfDict[] = []
  for (let found = at(file, 'trailer', 0); found >= 0; found = at(file, 'trailer', found + 7)) {
    const value = tryValue(new PdfLexer(file, found + 7))
    if (isDict(value)) trailers.push(value)
  }
  const byNumber = new Map(objects.map((o) => [o.number, o.value]))
  let left = limits.maxInflated
  for (const packed of objects.slice()) {
    if (!isPacked(packed)) continue
    const unpacked = unpack(file.subarray(packed.dataAt), packed.value as PdfDict, byNumber, left)
    if (!unpacked.ok) return { ok: false, code: unpacked.code === 'tooMuch' ? 'inflatesTooMuch' : 'unreadable' }
    left -= unpacked.bytes.length
    objects.push(...unpackedObjects(unpacked.bytes, packed.value as PdfDict))
    if (objects.length > limits.maxObjects) return { ok: false, code: 'tooManyObjects' }
  }
  return { ok: true, objects, trailers }
}

/** By what it says of itself or by what only such a stream has: its kind may stand in another object. */
const isPacked = ({ value, dataAt }: PdfObject): boolean =>
  dataAt !== undefined && isDict(value) && (isName(value.dict.get('Type'), 'ObjStm') || (value.dict.has('N') && value.dict.has('First')))

/** An object that has a number but makes no sense is refused: a reader more forgiving than this one might make sense of it. */
function readOne(file: Buffer, found: number): PdfObject | 'broken' | undefined {
  const lexer = new PdfLexer(file, found + 3)
  const value = tryValue(lexer)
  const before = file.subarray(Math.max(0, found - 40), found).toString('latin1')
  const number = /(?:^|[\s>)\]])(\d{1,10})\s+\d{1,5}\s*$/.exec(before)?.[1]
  if (value === undefined) {
    lexer.at = found + 3
    lexer.skip()
    const empty = file.subarray(lexer.at, lexer.at + 6).toString('latin1') === 'endobj'
    return number === undefined || empty ? undefined : 'broken'
  }
  lexer.skip()
  if (!isDict(value) || file.subarray(lexer.at, lexer.at + 6).toString('latin1') !== 'stream')
    return { number: Number(number ?? -1), value }
  let dataAt = lexer.at + 6
  if (file[dataAt] === 13) dataAt++
  if (file[dataAt] === 10) dataAt++
  return { number: Number(number ?? -1), value, dataAt }
}

/** The objects of a packed stream, one after another behind the pairs of number and place. */
function unpackedObjects(bytes: Buffer, { dict }: PdfDict): PdfObject[] {
  const objects: PdfObject[] = []
  const head = new PdfLexer(bytes)
  const pairs: number[] = []
  for (let value = tryValue(head); typeof value === 'number'; value = tryValue(head)) pairs.push(value)
  const first = dict.get('First')
  const places = new Set<number>()
  // Readers take `First` plus the place; an object that nobody's pair names is still read, one after another.
  if (typeof first === 'number') for (let i = 1; i < pairs.length; i += 2) places.add(first + pairs[i]!)
  for (const place of places) {
    const value = place >= 0 && place < bytes.length ? tryValue(new PdfLexer(bytes, place)) : undefined
    if (value !== undefined) objects.push({ number: -1, value })
  }
  const all = new PdfLexer(bytes)
  while (all.at < bytes.length) {
    const begin = all.at
    const value = tryValue(all)
    if (value === undefined) all.at = Math.max(all.at, begin + 1)
    else if (isDict(value) || Array.isArray(value)) objects.push({ number: -1, value })
  }
  return objects
}

const tryValue = (lexer: PdfLexer): PdfValue | undefined => {
  try {
    return lexer.value()
  } catch (error) {
    if (error instanceof PdfSyntax) return undefined
    throw error
  }
}
