import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileLabel } from './file-label.ts'

describe('the label of a file', () => {
  it.each([
    ['学位证书.pdf', '学位证书.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\scan.pdf', 'scan.pdf'],
    ['a\0b.pdf', 'ab.pdf'],
    ['evil\r\nSet-Cookie: x=1.pdf', 'evilSet-Cookie: x=1.pdf'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['....htaccess', 'htaccess'],
    ['..', 'file'],
    ['', 'file'],
    ['\ud800.pdf', 'pdf'],
    ['  ', 'file'],
    ['CON', 'CON'],
    ['__proto__', '__proto__'],
  ])('of %j is %j', (name, label) => {
    expect(fileLabel(name)).toBe(label)
  })

  it('is cut to 120 letters and keeps its ending', () => {
    const label = fileLabel(`${'名'.repeat(300)}.pdf`)
    expect([...label]).toHaveLength(120)
    expect(label.endsWith('名.pdf')).toBe(true)
  })

  it('never holds a path, a control character or a lone surrogate, whatever comes in', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const label = fileLabel(name)
        expect(label).not.toMatch(/[\\/\p{Cc}\p{Cf}]/u)
        expect(label.isWellFormed()).toBe(true)
        expect(label.length).toBeGreaterThan(0)
        expect(fileLabel(label)).toBe(label)
      }),
    ))
})
