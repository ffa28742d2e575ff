/** The few parts of fontkit that are used here; the package brings no types. Units are font units, `unitsPerEm` to the em. */
declare module 'fontkit' {
  export type Font = {
    postscriptName: string
    unitsPerEm: number
    characterSet: number[]
    layout(text: string, features?: Record<string, boolean>): { advanceWidth: number }
  }
  export type FontCollection = { fonts: Font[] }
  export function create(file: Uint8Array): Font | FontCollection
}
