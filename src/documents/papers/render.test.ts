import { describe, expect, it } from 'vitest'
import { everyPaper, noticeInput } from './for-tests/every-paper.ts'
import { codesIn, picturesOfPdf, textOfPdf } from './for-tests/read-pdf.ts'
import { checkUrl, head, person, textsOf } from './for-tests/sample.ts'
import type { PaperMade, PaperModel } from './model.ts'
import { noticeModel } from './notice.ts'
import { renderPaper } from './render.ts'

const modelOf = (made: PaperMade): PaperModel => {
  if (!made.ok) throw new Error(made.refusal.code)
  return made.model
}
const drawn = async (model: PaperModel) => {
  const paper = await renderPaper(model)
  if (!paper.ok) throw new Error(JSON.stringify(paper.refusal))
  return paper
}
const squeezed = (text: string) => text.normalize('NFC').replace(/\s/g, '')
const notice = (fullName: string, of: Partial<typeof noticeInput> = {}) =>
  modelOf(noticeModel({ ...noticeInput, ...of, person: { ...noticeInput.person, fullName } }, textsOf('NOTICE')))
const plain = (value: string): PaperModel => ({
  ...head,
  kind: 'letter',
  title: { zh: '函', en: 'Letter' },
  blocks: [{ is: 'facts', rows: [{ label: { zh: '值', en: 'Value' }, value }] }],
})

describe('names on paper', () => {
  it.each([
    person.fullName,
    'Wickramasinghe Arachchige Don Chathuranga Prasanna Kumarasiri Bandaranaike Silva',
    'Nguyễn Thị Phương Thảo',
    'Łukasz Żółć-Święćkowski',
    'Gülşah Iğdır İnönü',
    'Þórður Ævar Guðmundsdóttir',
    'Щербакова Їжакевич',
    'Παπαδόπουλος Άγγελος',
    'श्रीकृष्ण क्षत्रिय',
    'สมชาย น้ำผึ้ง',
    '김철수',
    'タナカ さくら',
    '䶮㛃昇喆堃嫚翀',
    'Suharto',
    'O’Brien-D\'Arcy (Jr.) \\(x\\) Tj ET BT <</A>> %!PS [{"]',
  ])('an independent reader finds %s whole', async (name) => {
    const { bytes } = await drawn(notice(name))
    expect(squeezed((await textOfPdf(bytes)).join(''))).toContain(squeezed(name))
  })

  it.each(['محمد عبد الرحمن الحسيني', 'שלמה בן־דוד כהן'])('the right-to-left name %s stands in the file in reading order', async (name) => {
    const { bytes } = await drawn(plain(name))
    // PDFium turns replacement text of right-to-left lines round once more; what the file holds is the reading order.
    const backwards = Array.from(squeezed(name)).reverse().join('')
    expect(squeezed((await textOfPdf(bytes)).join(''))).toContain(backwards)
  })

  it('refuses a character that no font has, and a hidden one, wherever they stand', async () => {
    expect(await renderPaper(notice('Anna \u{1F600}'))).toEqual({ ok: false, refusal: { code: 'missingGlyph', codePoint: 'U+1F600' } })
    expect(await renderPaper(notice('Anna\u202eairaM'))).toEqual({
      ok: false,
      refusal: { code: 'characterNotAllowed', codePoint: 'U+202E' },
    })
    expect(await renderPaper({ ...plain('x'), issuer: { zh: '局\u0000', en: 'x' } })).toEqual({
      ok: false,
      refusal: { code: 'characterNotAllowed', codePoint: 'U+0000' },
    })
    expect(await renderPaper({ ...plain('x'), number: '\ud800' })).toEqual({
      ok: false,
      refusal: { code: 'characterNotAllowed', codePoint: 'U+D800' },
    })
  })
})

describe('the code on paper', () => {
  it('says exactly the address, at 150 dots an inch, under a specimen mark', async () => {
    const { bytes } = await drawn(notice(person.fullName))
    const pictures = await picturesOfPdf(bytes, 150 / 72)
    expect((await Promise.all(pictures.map(codesIn))).flat()).toEqual([checkUrl])
    expect((await textOfPdf(bytes)).join('')).toContain(checkUrl)
  })

  it('stands on the Notice and the Decision only', async () => {
    for (const [kind, code] of [
      ['decision', 'DECISION'],
      ['refusal', 'REFUSAL'],
      ['acceptanceReceipt', 'ACCEPTANCE_RECEIPT'],
    ] as const) {
      const { bytes } = await drawn(modelOf(everyPaper[kind](textsOf(code))))
      const codes = (await Promise.all((await picturesOfPdf(bytes, 2)).map(codesIn))).flat()
      expect(codes).toEqual(kind === 'decision' ? [checkUrl] : [])
    }
  })

  it('is refused for an address that is none', async () =>
    expect(await renderPaper(notice('Anna', { checkUrl: 'javascript:alert(1)' }))).toEqual({
      ok: false,
      refusal: { code: 'checkAddressUnusable' },
    }))
})

describe('the file', () => {
  it('is the same, byte for byte, when the same model is drawn again', async () => {
    const [a, b] = [await drawn(notice(person.fullName)), await drawn(notice(person.fullName))]
    expect(a.bytes.equals(b.bytes)).toBe(true)
    expect((await drawn({ ...notice(person.fullName), madeAt: '2026-11-24T00:00:00Z' })).bytes.equals(a.bytes)).toBe(false)
  })

  it('does not depend on the papers made before it, even where two characters share a glyph', async () => {
    const first = await drawn(plain('墫'))
    await drawn(plain('壿'))
    expect((await drawn(plain('墫'))).bytes.equals(first.bytes)).toBe(true)
    expect((await textOfPdf((await drawn(plain('壿'))).bytes)).join('')).toContain('壿')
    expect((await textOfPdf((await drawn(plain('墫\n壿'))).bytes)).join('')).toMatch(/墫\s*壿/)
  })

  it('says what PDF/A-1b asks: identification, output intent, all fonts inside, no transparency, dates that agree', async () => {
    const text = (await drawn(notice(person.fullName))).bytes.toString('latin1')
    expect(text).toMatch(/^%PDF-1\.4/)
    expect(text).toMatch(/<pdfaid:part>1<\/pdfaid:part>\s*<pdfaid:conformance>B</)
    expect(text).toContain('/GTS_PDFA1')
    expect(text.match(/\/FontDescriptor/g)?.length).toBeGreaterThan(0)
    expect(text.match(/\/Type \/FontDescriptor/g)).toHaveLength(text.match(/\/FontFile2/g)!.length)
    expect(text).not.toMatch(/\/Helvetica|\/SMask|\/ca |\/CA |\/Encrypt|\/JavaScript|\/Launch|\/EmbeddedFile/)
    expect(text).toContain('20261123022300Z')
    expect(text).not.toMatch(/\(D:(?!20261123022300Z)/)
  })

  it('is tagged: language, title, table cells, heading, a figure with a spoken alternative', async () => {
    const text = (await drawn(notice(person.fullName))).bytes.toString('latin1')
    for (const part of [
      '/MarkInfo',
      '/Marked true',
      '/Lang (zh-CN)',
      '/Lang (en)',
      '/DisplayDocTitle true',
      '/StructTreeRoot',
      '/S /Document',
      '/S /H1',
      '/S /H2',
      '/S /Table',
      '/S /TR',
      '/S /TH',
      '/S /TD',
      '/S /P',
      '/S /Figure',
      '/Alt',
    ])
      expect(text).toContain(part)
  })

  it('shows number, moment and page on every page, and SPECIMEN 样本 across it in a demonstration only', async () => {
    const pages = await textOfPdf((await drawn(notice(person.fullName))).bytes)
    expect(pages.length).toBeGreaterThan(1)
    pages.forEach((page, i) => {
      expect(page).toContain(head.number)
      expect(page).toContain('2026-11-23 10:23')
      expect(page).toContain(`第 ${i + 1} 页，共 ${pages.length} 页`)
      expect(page).toContain('SPECIMEN 样本')
    })
    const real = await textOfPdf((await drawn({ ...notice(person.fullName), specimen: false })).bytes)
    expect(real.join('')).not.toContain('SPECIMEN')
  })

  it('tells where the seal belongs, inside the last page', async () => {
    const paper = await drawn(notice(person.fullName))
    expect(paper.seals).toHaveLength(1)
    const { page, rect } = paper.seals[0]!
    expect(page).toBe(paper.pages - 1)
    expect(rect[0]).toBeGreaterThan(0)
    expect(rect[1]).toBeGreaterThan(40)
    expect(rect[2]).toBeLessThan(595)
    expect(rect[3]).toBeLessThan(842)
  })

  it('cuts a text longer than a page by lines and loses nothing, and refuses one without end', async () => {
    const long = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x5200 + i)).join('')
    const { bytes, pages } = await drawn(plain(long))
    expect(pages).toBe(2)
    const read = (await textOfPdf(bytes)).join('')
    expect(Array.from(long).filter((c) => !read.includes(c))).toEqual([])
    expect(await renderPaper(plain('字'.repeat(200_000)))).toEqual({ ok: false, refusal: { code: 'paperTooLong', pages: 60 } })
  })

  it('is ready within the time a person waits at a window', async () => {
    await drawn(notice('Warm Up'))
    const start = performance.now()
    for (let i = 0; i < 5; i += 1) await drawn(notice(`Anna ${i}`))
    // About 60 ms each on two cores at rest; the bound leaves room for a busy machine.
    expect((performance.now() - start) / 5).toBeLessThan(600)
  })
})
