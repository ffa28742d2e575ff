import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findFont } from './fonts.ts'

const folder = new URL('../../../assets/fonts/', import.meta.url)
const fonts = readdirSync(folder).filter((f) => f.endsWith('.ttf'))

describe('the font files', () => {
  it.each(fonts)('%s is the file that the list names, with its licence beside it', (file) => {
    const sum = createHash('sha256')
      .update(readFileSync(new URL(file, folder)))
      .digest('hex')
    expect(readFileSync(new URL('README.md', folder), 'utf8')).toContain(`| ${file} | @expo-google-fonts/`)
    expect(readFileSync(new URL('README.md', folder), 'utf8')).toContain(sum)
    expect(readFileSync(new URL(`${file.split('_')[0]}.OFL.txt`, folder), 'utf8')).toMatch(/SIL OPEN FONT LICENSE/i)
  })
})

describe('choosing a font', () => {
  it('takes one font for a whole word, so that no letter stands out', () => {
    expect(findFont('Łukasz', 'bold', false)).toBe('NotoSans_700Bold')
    expect(findFont('外国人', 'regular', true)).toBe('NotoSansSC_400Regular')
    expect(findFont('Łukasz韩', 'regular', false)).toBeUndefined()
  })
  it('knows every unified Han character of the first block, simplified or not', () => {
    for (let c = 0x4e00; c <= 0x9fa5; c += 1) expect(findFont(String.fromCodePoint(c), 'bold', true)).toBe('NotoSansSC_700Bold')
  })
})
