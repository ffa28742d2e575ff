import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CannotSet, setLines } from './typeset.ts'

const style = { size: 11, weight: 'regular', language: 'zh' } as const
const written = (text: string, width: number) => setLines(text, style, width).map((line) => line.pieces.map((p) => p.text).join(''))
const refusalOf = (text: string) => {
  try {
    setLines(text, style, 200)
    return 'set'
  } catch (error) {
    if (error instanceof CannotSet) return error.refusal
    throw error
  }
}

describe('breaking lines', () => {
  it('keeps dates whole and closing marks with what they close', () => {
    for (const line of written('本通知自签发之日起有效，即至2027年5月23日（含当日）。请在此前入境。', 120)) {
      expect(line).not.toMatch(/^[，。）、年月]|（$|\d$/u)
    }
  })

  it('wraps a name of 80 letters and loses none of them', () => {
    const name = 'Wickramasinghe Arachchige Don Chathuranga Prasanna Kumarasiri Bandaranaike Silva'
    expect(name).toHaveLength(80)
    expect(written(name, 180).join(' ')).toBe(name)
  })

  it('breaks a word that is longer than the line, between letters', () => {
    const word = 'Ñ'.repeat(90)
    const lines = setLines(word, style, 100)
    expect(lines.map((l) => l.pieces.map((p) => p.text).join('')).join('')).toBe(word)
    for (const line of lines) expect(line.width).toBeLessThanOrEqual(100)
  })

  it('never makes a line wider than asked, and keeps every visible character, for any text of Latin, Greek, Cyrillic and Han', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-zÀ-žΑ-ωА-я0-9一-龥，。（）“”' .,()\\<>-]{0,120}$/u),
        fc.integer({ min: 40, max: 300 }),
        (text, width) => {
          let lines: ReturnType<typeof setLines>
          try {
            lines = setLines(text, style, width)
          } catch (error) {
            // A range holds code points that are not assigned or in no font; those are refused by name.
            expect(error).toBeInstanceOf(CannotSet)
            return
          }
          const visible = lines
            .flatMap((l) => l.pieces.map((p) => p.text))
            .join('')
            .replaceAll(' ', '')
          expect(visible).toBe(text.normalize('NFC').replaceAll(' ', ''))
          for (const line of lines) expect(line.width).toBeLessThanOrEqual(Math.max(width, 15))
        },
      ),
      { numRuns: 150 },
    ))

  it('reads right-to-left words from right to left, and mirrors brackets among them', () => {
    expect(written('علي (فهد) رضا', 400)).toEqual(['رضا (فهد) علي'])
    expect(written('Ali (علي بن) b', 400)).toEqual(['Ali (بن علي) b'])
    expect(setLines('محمد علي', style, 400)[0]?.spoken).toBe('محمد علي')
  })
})

describe('characters that cannot be drawn', () => {
  it.each([
    ['\u{1F600}', 'U+1F600'],
    ['ខ', 'U+1781'],
    ['\u{20BB7}', 'U+20BB7'],
  ])('refuses %s as missing in every font, by its code point', (text, codePoint) =>
    expect(refusalOf(`张${text}`)).toEqual({ code: 'missingGlyph', codePoint }),
  )

  it.each([
    ['\u0000', 'U+0000'],
    ['\u202e', 'U+202E'],
    ['\u200b', 'U+200B'],
    ['\u00ad', 'U+00AD'],
    ['\ufeff', 'U+FEFF'],
    ['\ud800', 'U+D800'],
    ['\ue000', 'U+E000'],
    ['\u0378', 'U+0378'],
    ['a\u200db', 'U+200D'],
  ])('refuses the hidden character in %j by its code point', (text, codePoint) =>
    expect(refusalOf(text)).toEqual({ code: 'characterNotAllowed', codePoint }),
  )

  it('keeps the joiner that Persian spelling needs', () => expect(refusalOf('می‌خواهم')).toBe('set'))
})
