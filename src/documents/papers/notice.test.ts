import { describe, expect, it } from 'vitest'
import { noticeModel } from './notice.ts'
import { renderPaper } from './render.ts'

const texts = {
  title: { zh: '外国人工作许可通知', en: 'Notification Letter of Foreigner\u2019s Work Permit' },
  sections: [{ lines: [{ zh: '经 {authority} 批准，{person} 可以工作。', en: '{person} may work, approved by {authority}.' }] }],
}
const input = {
  number: 'SF-TZ-2026-000001',
  issuer: { zh: '示范局', en: 'Example Bureau' },
  issuedOn: '2026-11-25',
  madeAt: '2026-11-25T02:00:00.000Z',
  specimen: true,
  person: {
    fullName: 'Wickramasinghe Arachchige Don Chathuranga Prasanna Kumarasiri',
    sex: 'M' as const,
    nationality: { zh: '斯里兰卡', en: 'Sri Lanka' },
    passportNumber: 'N0000000',
    mrzName: 'WICKRAMASINGHE<ARACHCHIGE<<DON<CHATHURA',
  },
  employer: { name: '示例公司', creditCode: '91350100M000100Y43' },
  filing: { caseNo: '2611-00001-3', item: { zh: '境外申请', en: 'Overseas application' }, filedOn: '2026-11-16' },
  granted: { class: 'B' as const, permitNumber: '001234567890123456', place: '广州', validFrom: '2027-01-11', validUntil: '2029-01-10' },
  approvedMonths: 24,
  noticeMonths: 6,
  noticeUntil: '2027-05-25',
  family: [],
  checkUrl: 'https://permits.example/v/abcdefghijklmnopqrstuv',
}

describe('the Work Permit Notice', () => {
  it('is the same PDF each time it is made, so that a reprint is the paper', async () => {
    const made = noticeModel(input, texts)
    if (!made.ok) throw new Error(JSON.stringify(made.refusal))
    const [one, two] = [await renderPaper(made.model), await renderPaper(made.model)]
    if (!one.ok || !two.ok) throw new Error('not rendered')
    expect(one.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(one.bytes.equals(two.bytes)).toBe(true)
  })
  it('is refused when the pack asks for a value that it does not have', () => {
    const asked = { ...texts, sections: [{ lines: [{ zh: '{constructor}', en: '{constructor}' }] }] }
    expect(noticeModel(input, asked)).toMatchObject({ ok: false, refusal: { code: 'unknownPlaceholder', placeholder: 'constructor' } })
  })
})
