import { createDecipheriv, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OVERHEAD, openBytes, SealError, sealBytes } from './envelope.ts'

const key = createSecretKey(Buffer.alloc(32, 1))
const other = createSecretKey(Buffer.alloc(32, 2))

describe('the envelope', () => {
  it('gives back what was sealed, whatever the bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.string(), (plain, context) => {
        const sealed = sealBytes(key, context, plain)
        expect(sealed.length).toBe(plain.length + OVERHEAD)
        expect(openBytes(key, context, sealed)).toEqual(Buffer.from(plain))
      }),
    ))

  it('is plain AES-256-GCM as any other program reads it: format, nonce, text, tag', () => {
    const sealed = sealBytes(key, 'passport/1', Buffer.from('E12345678'))
    const d = createDecipheriv('aes-256-gcm', Buffer.alloc(32, 1), sealed.subarray(1, 13))
    d.setAAD(Buffer.from('passport/1'))
    d.setAuthTag(sealed.subarray(-16))
    expect(Buffer.concat([d.update(sealed.subarray(13, -16)), d.final()]).toString()).toBe('E12345678')
    expect(sealed[0]).toBe(1)
  })

  it('never gives the same bytes twice', () => {
    const seals = Array.from({ length: 200 }, () => sealBytes(key, 'c', Buffer.from('same')).toString('hex'))
    expect(new Set(seals).size).toBe(200)
  })

  it('does not open with another key, in another place, or with any byte changed', () => {
    const sealed = sealBytes(key, 'form_version/a/1', Buffer.from('Nguyễn Thị Hà'))
    expect(() => openBytes(other, 'form_version/a/1', sealed)).toThrow(SealError)
    expect(() => openBytes(key, 'form_version/a/2', sealed)).toThrow(SealError)
    for (let i = 0; i < sealed.length; i++) {
      const bent = Buffer.from(sealed)
      bent[i] = bent[i]! ^ 1
      expect(() => openBytes(key, 'form_version/a/1', bent)).toThrow(SealError)
    }
  })

  it('names what is wrong with bytes that are no envelope', () => {
    expect(() => openBytes(key, 'c', Buffer.alloc(0))).toThrow(expect.objectContaining({ code: 'tooShort' }))
    expect(() => openBytes(key, 'c', Buffer.alloc(28, 1))).toThrow(expect.objectContaining({ code: 'tooShort' }))
    expect(() => openBytes(key, 'c', Buffer.alloc(40, 9))).toThrow(expect.objectContaining({ code: 'unknownFormat' }))
    expect(() => openBytes(key, 'c', Buffer.alloc(40, 1))).toThrow(expect.objectContaining({ code: 'notOurs' }))
  })
})
