import { describe, expect, it } from 'vitest'
import { layOut } from './lay-out.ts'
import type { Block } from './model.ts'

const one = (zh: string, en: string) => ({ title: { zh: '题', en: 'T' }, sections: [{ lines: [{ zh, en }] }] })
const values = {
  person: 'Anna Maria Eriksson',
  mrzName: 'ERIKSSON<<ANNA<MARIA',
  sex: { zh: '女', en: 'Female' },
  bornOn: '1974-08-12',
  office: { zh: '局', en: 'Bureau' },
  issuedOn: { zh: '某日', en: 'a day' },
  none: undefined,
}
const table: Block[] = [{ is: 'table', columns: [], rows: [] }]
const blocksOf = (zh: string, en: string, lists: Record<string, Block[]> = {}) => {
  const made = layOut(one(zh, en), values, lists)
  return made.ok ? made.filled : made.refusal
}

describe('laying out a line of the pack', () => {
  it('makes facts of labels with values, the short ones side by side', () =>
    expect(blocksOf('性别：{sex}　出生日期：{bornOn}', 'Sex: {sex}   Born: {bornOn}')).toEqual([
      {
        is: 'facts',
        rows: [
          { label: { zh: '性别', en: 'Sex' }, value: values.sex, show: 'half' },
          { label: { zh: '出生日期', en: 'Born' }, value: '1974-08-12', show: 'half' },
        ],
      },
    ]))

  it('lets the name stand out, with the machine line as a fact of its own', () =>
    expect(blocksOf('姓名：{person}（护照机读码 {mrzName}）', 'Name: {person} (machine line {mrzName})')).toEqual([
      {
        is: 'facts',
        rows: [
          { label: { zh: '姓名', en: 'Name' }, value: values.person, show: 'strong' },
          { label: { zh: '护照机读码', en: 'Machine line' }, value: values.mrzName },
        ],
      },
    ]))

  it('leaves a sentence a sentence', () =>
    expect(blocksOf('请 {person} 注意：按期到窗口。', 'Note, {person}: come in time.')).toEqual([
      { is: 'paragraph', text: { zh: '请 Anna Maria Eriksson 注意：按期到窗口。', en: 'Note, Anna Maria Eriksson: come in time.' } },
    ]))

  it('makes places to sign of blanks, and the seal of the office with its day', () => {
    expect(blocksOf('申请人签名：＿＿＿　日期：＿＿', 'Signature: ____   Date: __')).toEqual([
      { is: 'places', places: [{ is: 'signature', label: { zh: '申请人签名', en: 'Signature' } }] },
    ])
    expect(blocksOf('单位（盖章）：＿＿＿', 'Seal: ____')).toMatchObject([{ places: [{ is: 'stamp' }] }])
    expect(blocksOf('{office}　{issuedOn}', '{office}   {issuedOn}')).toMatchObject([
      { places: [{ is: 'seal', name: values.office, on: values.issuedOn }] },
    ])
    expect(blocksOf('决定机关：{office}　决定日期：{issuedOn}', 'Decided by {office} on {issuedOn}')).toMatchObject([
      { places: [{ is: 'seal', label: { zh: '决定机关（印章）', en: 'Decided by (seal)' } }] },
    ])
  })

  it('puts a list where it stands alone, under its label, or after the sentence that names it', () => {
    expect(blocksOf('{papers}', '{papers}', { papers: table })).toEqual(table)
    expect(blocksOf('工作经历：{papers}', 'Work: {papers}', { papers: table })).toEqual([
      { is: 'heading', text: { zh: '工作经历', en: 'Work' } },
      ...table,
    ])
    expect(blocksOf('{bornOn} {papers}', '{bornOn} {papers}', { papers: table })).toEqual([
      { is: 'paragraph', text: { zh: '1974-08-12', en: '1974-08-12' } },
      ...table,
    ])
  })

  it('drops a section of which nothing is left', () => {
    const texts = {
      title: { zh: '题', en: 'T' },
      sections: [
        {
          heading: { zh: '家属', en: 'Family' },
          lines: [
            { zh: '{family}', en: '{family}' },
            { zh: '{none}', en: '{none}' },
          ],
        },
      ],
    }
    expect(layOut(texts, values, { family: [] })).toEqual({ ok: true, filled: [] })
  })
})
