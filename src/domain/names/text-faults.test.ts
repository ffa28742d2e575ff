import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayBeStored, type TextKind, textFaults } from './text-faults.ts'

const codes = (text: string, kind: TextKind) => textFaults(text, kind).map((f) => f.code)
const KINDS: readonly TextKind[] = ['passportName', 'chineseName', 'unitName', 'fileName', 'line', 'text']

describe('hostile characters are refused by name, in every kind of text', () => {
  it.each([
    ['nul', '\u0000', 'U+0000'],
    ['controlCharacter', '\u0007', 'U+0007'],
    ['controlCharacter', '\u0085', 'U+0085'],
    ['controlCharacter', '\u2028', 'U+2028'],
    ['loneSurrogate', '\ud800', 'U+D800'],
    ['loneSurrogate', '\udfff', 'U+DFFF'],
    ['bidiControl', '\u202e', 'U+202E'],
    ['bidiControl', '\u2066', 'U+2066'],
    ['bidiControl', '\u200f', 'U+200F'],
    ['zeroWidth', '\u200b', 'U+200B'],
    ['zeroWidth', '\u200d', 'U+200D'],
    ['zeroWidth', '\ufeff', 'U+FEFF'],
    ['zeroWidth', '\u00ad', 'U+00AD'],
    ['zeroWidth', '\u3164', 'U+3164'],
    ['zeroWidth', '\u{e0041}', 'U+E0041'],
    ['zeroWidth', '\ufe0f', 'U+FE0F'],
    ['privateUse', '\ue000', 'U+E000'],
    ['privateUse', '\u{10fffd}', 'U+10FFFD'],
    ['unassigned', '\u0378', 'U+0378'],
    ['unassigned', '\uffff', 'U+FFFF'],
    ['replacementCharacter', '\ufffd', 'U+FFFD'],
  ])('%s: %j', (code, hostile, character) => {
    for (const kind of KINDS) {
      const good = kind === 'chineseName' ? '张爱' : 'Ha'
      const found = textFaults(good + hostile, kind)
      expect(found).toEqual([{ code, verdict: 'refuse', at: 2, character }])
      expect(mayBeStored(good + hostile, kind)).toBe(false)
    }
  })
  it('lines may end in a text, nowhere else', () => {
    expect(codes('one\r\ntwo\tthree', 'text')).toEqual([])
    for (const kind of ['line', 'unitName', 'fileName'] as const) expect(codes('one\ntwo', kind)).toEqual(['controlCharacter'])
    expect(codes('Ha\n', 'passportName')).toEqual(['controlCharacter'])
  })
  it('a tower of marks is refused, the marks of living languages are not', () => {
    expect(codes(`Z${'\u0335'.repeat(8)}algo`, 'line')).toEqual(['tooManyMarks'])
    expect(codes('Nguyễn Ṩ הַשָּׁמַ֫יִם', 'line')).toEqual([])
  })
})

describe('letters that belong to the field', () => {
  it.each([
    ['passportName', "Þorsteinsdóttir O'Brien-Łukasz St. van der Ä"],
    ['passportName', 'Nguyễn Thị Hà'],
    ['passportName', 'Yıldız İpek'],
    ['chineseName', '张爱明'],
    ['chineseName', '买买提·艾力'],
    ['chineseName', '㐀𠮷'],
    ['unitName', '珠三角仪器（广州）有限公司 Pearl Delta Instruments Co., Ltd. 3'],
    ['fileName', 'diploma – Ünal (2).pdf'],
    ['line', 'Ольга, Αθήνα, 東京, ทดสอบ'],
    ['text', '您好\nHello'],
  ] as const)('%s: %s', (kind, text) => expect(textFaults(text, kind)).toEqual([]))
  it.each([
    ['passportName', '张爱明', 'scriptNotAllowed'],
    ['passportName', 'Иван', 'scriptNotAllowed'],
    ['passportName', 'Ha7', 'characterNotAllowed'],
    ['passportName', 'Ha<b>', 'characterNotAllowed'],
    ['passportName', 'ɑnna', 'characterNotAllowed'],
    ['passportName', 'Ｈａ', 'characterNotAllowed'],
    ['passportName', '𝐇a', 'scriptNotAllowed'],
    ['chineseName', 'Zhang', 'scriptNotAllowed'],
    ['chineseName', '张2', 'characterNotAllowed'],
    ['unitName', 'Газ', 'scriptNotAllowed'],
    ['fileName', '../../etc/passwd', 'characterNotAllowed'],
  ] as const)('%s: %s is %s', (kind, text, code) => {
    expect(textFaults(text, kind).find((f) => f.code === code)?.verdict).toBe('refuse')
  })
})

describe('look-alikes and spelling', () => {
  it('flags a word of two scripts for the officer, with the place', () => {
    expect(textFaults('Pearl Dеlta', 'line')).toEqual([{ code: 'mixedScript', verdict: 'flag', at: 7, character: 'U+0435' }])
    expect(mayBeStored('Pearl Dеlta', 'line')).toBe(true)
    for (const [text, odd] of [
      ['Αlpha', 1],
      ['gοod', 1],
      ['Տex', 1],
      ['Ꭰan', 1],
      ['ไthai', 1],
    ] as const) {
      expect(textFaults(text, 'line')).toMatchObject([{ code: 'mixedScript', at: odd }])
    }
  })
  it('does not flag Chinese beside Latin, Japanese, or two whole words', () => {
    for (const text of ['A股上市公司', '东京タワー', '한국韓國', 'Ivan Иван', 'Covid19 2号']) expect(codes(text, 'line')).toEqual([])
  })
  it('asks to compose what is spelt with loose marks, and does not refuse it', () => {
    expect(textFaults('Nguye\u0302\u0303n', 'passportName')).toEqual([
      { code: 'notComposed', verdict: 'compose', at: 4, character: 'U+0065' },
    ])
    expect(mayBeStored('Ångström'.normalize('NFD'), 'fileName')).toBe(true)
    expect(codes('Ä'.normalize('NFD'), 'line')).toEqual(['notComposed'])
  })
  it('tells each fault once, all of them', () => {
    expect(codes('\u202e\u202e\u200b\u0000a\u0430', 'line')).toEqual(['bidiControl', 'zeroWidth', 'nul', 'mixedScript'])
  })
  it('has nothing to say about nothing', () => {
    for (const kind of KINDS) expect(textFaults('', kind)).toEqual([])
  })
})

describe('whatever is put in', () => {
  it('never throws, and composing what may be stored leaves nothing to compose', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...KINDS), (text, kind) => {
        const faults = textFaults(text, kind)
        expect(new Set(faults.map((f) => f.code)).size).toBe(faults.length)
        expect(codes(text.normalize('NFC'), kind)).not.toContain('notComposed')
      }),
      { numRuns: 500 },
    )
  })
  it('is quick on a flood', () => {
    expect(codes('a\u0301'.repeat(100_000), 'text')).toEqual(['notComposed'])
  })
})
