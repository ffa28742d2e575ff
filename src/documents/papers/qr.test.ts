import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { codesIn } from './for-tests/read-pdf.ts'
import { checkUrl } from './for-tests/sample.ts'
import { isCheckAddress, qrPng, qrSvg } from './qr.ts'

describe('the code for pages', () => {
  it('reads back as the address, from the PNG and from the SVG', async () => {
    expect(await codesIn(new Uint8Array(await qrPng(checkUrl, 300)))).toEqual([checkUrl])
    const drawn = await sharp(Buffer.from(qrSvg(checkUrl, 'Check')))
      .resize(300)
      .png()
      .toBuffer()
    expect(await codesIn(new Uint8Array(drawn))).toEqual([checkUrl])
  })

  it('names itself, and a name cannot break out of its element', () => {
    expect(qrSvg(checkUrl, '</title><script>x</script>')).not.toContain('<script>')
  })

  it.each([
    'javascript:alert(1)',
    'ftp://a.example/v/1',
    'https://a.example/v/ 1',
    'https://a.example/v/许',
    'https://user:pw@a.example/v/1',
    `https://a.example/${'x'.repeat(200)}`,
    '',
  ])('does not take %j for an address', (url) => expect(isCheckAddress(url)).toBe(false))
})
