/** The few parts of fontkit that are used here; the package brings no types. Units are font units, `unitsPerEm` to the em. */
declare module 'fontkit' {
  export type Font = {
    postscriptName: string
    unitsPerEm: number
    characterSet: number[]
    glyphForCodePoint(codePoint: number): { id: number }
    /** Glyphs met so far, each with the code points that asked for it first. Not part of the package's interface. */
    _glyphs: Record<number, unknown>
    layout(text: string, features?: Record<string, boolean>): { advanceWidth: number }
  }
  export type FontCollection = { fonts: Font[] }
  export function create(file: Uint8Array): Font | FontCollection
}
