/** What a PDF object is made of. Streams are met as dictionaries; `refTo` is the number of another object. */
export type PdfValue = PdfDict | PdfValue[] | { name: string } | { refTo: number } | number | string | boolean | null
export type PdfDict = { dict: Map<string, PdfValue> }
export const isDict = (value: PdfValue | undefined): value is PdfDict => typeof value === 'object' && value !== null && 'dict' in value
export const isName = (value: PdfValue | undefined, name?: string): value is { name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && (name === undefined || value.name === name)

/** Bytes that are no PDF object, or are nested deeper than any honest file. */
export class PdfSyntax extends Error {}
const DEPTH_MAX = 120
const WHITE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITERS = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)))

/** Reads objects by ISO 32000-1, 7.2 and 7.3. `at` is where the next one begins. */
export class PdfLexer {
  readonly bytes: Uint8Array
  at: number
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  skip(): void {
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at]!
      if (WHITE.has(byte)) this.at++
      else if (byte === 0x25) while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++
      else return
    }
  }

  /** One object. Throws `PdfSyntax` where there is none. */
  value(depth = 0): PdfValue {
    if (depth > DEPTH_MAX) throw new PdfSyntax('too deep')
    this.skip()
    const byte = this.bytes[this.at]
    if (byte === undefined) throw new PdfSyntax('end of data')
    if (byte === 0x2f) return { name: this.name() }
    if (byte === 0x28) return this.text()
    if (byte === 0x5b) return this.array(depth)
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c ? this.dict(depth) : this.hexText()
    return this.word()
  }

  private dict(depth: number): PdfDict {
    this.at += 2
    const dict = new Map<string, PdfValue>()
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x3e) {
        this.at += this.bytes[this.at + 1] === 0x3e ? 2 : 1
        return { dict }
      }
      if (this.bytes[this.at] !== 0x2f) throw new PdfSyntax('a key is no name')
      const key = this.name()
      const value = this.value(depth + 1)
      // Given twice, readers differ in which one holds: keep what is not known yet under a name of its own, so that both are looked at.
      dict.set(dict.has(key) ? `${key}\0${dict.size}` : key, value)
    }
  }

  private array(depth: number): PdfValue[] {
    this.at++
    const items: PdfValue[] = []
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x5d) {
        this.at++
        return items
      }
      items.push(this.value(depth + 1))
    }
  }

  private name(): string {
    let name = ''
    for (this.at++; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]!
      if (WHITE.has(byte) || DELIMITERS.has(byte)) break
      const hex =
        byte === 0x23 ? /^[0-9a-fA-F]{2}/.exec(String.fromCharCode(this.bytes[this.at + 1] ?? 0, this.bytes[this.at + 2] ?? 0)) : null
      name += String.fromCharCode(hex ? Number.parseInt(hex[0], 16) : byte)
      if (hex) this.at += 2
    }
    return name
  }

  /** Texts are skipped, not kept: nothing is decided by them. */
  private text(): string {
    let open = 0
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]
      if (byte === 0x5c) this.at++
      else if (byte === 0x28) open++
      else if (byte === 0x29 && --open === 0) {
        this.at++
        return ''
      }
    }
    throw new PdfSyntax('a text has no end')
  }
  private hexText(): string {
    const end = this.bytes.indexOf(0x3e, this.at)
    if (end < 0) throw new PdfSyntax('a text has no end')
    this.at = end + 1
    return ''
  }

  private word(): PdfValue {
    const from = this.at
    while (this.at < this.bytes.length && !WHITE.has(this.bytes[this.at]!) && !DELIMITERS.has(this.bytes[this.at]!) && this.at - from < 64)
      this.at++
    const word = String.fromCharCode(...this.bytes.subarray(from, this.at))
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    if (!/^[+-]*[0-9]*\.?[0-9]*(-[0-9]*)?$/.test(word) || word === '') throw new PdfSyntax('no object')
    if (!/^[0-9]+$/.test(word)) return Number.parseFloat(word) || 0
    const back = this.at
    this.skip()
    const generation = this.digits()
    this.skip()
    const next = this.bytes[this.at + 1]
    if (generation && this.bytes[this.at] === 0x52 && (next === undefined || WHITE.has(next) || DELIMITERS.has(next))) {
      this.at++
      return { refTo: Number(word) }
    }
    this.at = back
    return Number(word)
  }
  private digits(): boolean {
    const from = this.at
    while (this.at - from < 6 && this.bytes[this.at]! >= 0x30 && this.bytes[this.at]! <= 0x39) this.at++
    return this.at > from
  }
}
