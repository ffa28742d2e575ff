import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileReply, pictureReply } from './file-reply.ts'
import { disposition, safeName } from './safe-name.ts'

describe('the name of a file on its way out', () => {
  it.each([
    ['学位证书.pdf', 'pdf', '学位证书.pdf'],
    ['invoice.exe', 'pdf', 'invoice.pdf'],
    ['../../etc/passwd', 'pdf', '_.._etc_passwd.pdf'],
    ['a\r\nSet-Cookie: x=1', 'jpeg', 'aSet-Cookie_ x=1.jpg'],
    ['CON', 'png', '_CON.png'],
    ['nul.tar.pdf', 'pdf', '_nul.tar.pdf'],
    ['', 'pdf', 'file.pdf'],
    ['...', 'pdf', 'file.pdf'],
    ['x\0y"z\\.pdf', 'pdf', 'xy_z_.pdf'],
    ['%2e%2e%2f', 'pdf', '_2e_2e_2f.pdf'],
  ] as const)('%j as %s is %j', (label, type, name) => {
    expect(safeName(label, type)).toBe(name)
  })

  it('stands beside a plain one for old readers (RFC 6266)', () => {
    expect(disposition('attachment', '学位 1.pdf')).toBe(`attachment; filename="__ 1.pdf"; filename*=UTF-8''%E5%AD%A6%E4%BD%8D%201.pdf`)
    expect(disposition('attachment', "O'Brien (1)*.pdf")).toContain(`filename*=UTF-8''O%27Brien%20%281%29%2A.pdf`)
  })

  it('can break no header, whatever it was, and leads back to itself', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (label) => {
        const header = disposition('attachment', safeName(label, 'pdf'))
        expect(header).toMatch(/^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/)
        expect(() => new Headers({ 'content-disposition': header })).not.toThrow()
        expect(decodeURIComponent(header.split("''")[1]!)).toBe(safeName(label, 'pdf'))
        expect(safeName(label, 'pdf').length).toBeLessThan(220)
      }),
    ))
})

describe('a file reply', () => {
  it('is an attachment of the type that the file is, whatever its name says, and streams', async () => {
    async function* content() {
      yield Buffer.from('one ')
      yield Buffer.from('two')
    }
    const reply = fileReply({ name: 'page.html', type: 'pdf', bytes: 7, content: content() })
    expect(reply).toMatchObject({ type: 'application/pdf', bytes: 7, name: 'page.pdf', inline: false })
    const pieces: Buffer[] = []
    for await (const piece of reply.body as AsyncIterable<Buffer>) pieces.push(piece)
    expect(Buffer.concat(pieces).toString()).toBe('one two')
  })

  it('shows pages as pictures only', () => {
    expect(pictureReply({ type: 'png', bytes: Buffer.alloc(5) }, 3)).toMatchObject({
      type: 'image/png',
      bytes: 5,
      name: 'page-3.png',
      inline: true,
    })
  })
})
