import { describe, expect, it } from 'vitest'
import { fillText } from './fill.ts'

const text = (zh: string, en = 'x') => ({ zh, en })

describe('filling the texts of the pack', () => {
  it('puts each value in its own language', () =>
    expect(fillText({ zh: '由{office}签发', en: 'Issued by {office}' }, { office: { zh: '某局', en: 'the Bureau' } })).toEqual({
      ok: true,
      filled: { zh: '由某局签发', en: 'Issued by the Bureau' },
    }))

  it('drops the space that the pack sets around a value only between Chinese characters', () => {
    const filled = (zh: string, value: string) => {
      const r = fillText(text(zh), { a: value })
      return r.ok && r.filled?.zh
    }
    expect(filled('经 {a} 批准', '示例局')).toBe('经示例局批准')
    expect(filled('经 {a} 批准', 'Bureau')).toBe('经 Bureau 批准')
    expect(filled('于 {a} 提出', '2026年11月2日')).toBe('于 2026年11月2日提出')
  })

  it.each(['nobody', 'constructor', 'toString', '__proto__'])('refuses the unknown placeholder {%s} and names it', (name) => {
    const offered = { person: 'A' }
    const wanted =
      name === '__proto__'
        ? { code: 'brokenPlaceholder', language: 'zh' }
        : { code: 'unknownPlaceholder', placeholder: name, language: 'zh' }
    expect(fillText(text(`{${name}}`), offered)).toEqual({ ok: false, refusal: wanted })
  })

  it.each(['{person', 'person}', '{ person }', '{}', '{{person}}'])('refuses the stray brace in %s', (line) =>
    expect(fillText(text(line), { person: 'A' })).toEqual({ ok: false, refusal: { code: 'brokenPlaceholder', language: 'zh' } }),
  )

  it('never reads a value as a text: braces, dollar signs and backslashes in a name stay', () => {
    const name = 'A{person}$& $1 \\ {x}'
    expect(fillText(text('{person}'), { person: name })).toEqual({ ok: true, filled: { zh: name, en: 'x' } })
  })

  it('says that a line falls away when this case has no such value', () =>
    expect(fillText(text('签证申请地：{post}'), { post: undefined })).toEqual({ ok: true, filled: undefined }))
})
