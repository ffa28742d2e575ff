import type { Text } from '../kernel.ts'
import { labels } from './labels.ts'
import type { PaperRule } from './rule.ts'
import { joined, t } from './wording.ts'

/** What an accepted form of a paper must be, as one sentence. */
export function paperSentence(r: PaperRule): Text {
  switch (r.rule) {
    case 'issuedWithin': {
      const day = labels.day[r.before]
      return t(`签发日期在${day.zh}前 ${r.months} 个月内`, `Issued within ${labels.amount(r.months, 'month').en} before ${day.en}`)
    }
    case 'issuedBy': {
      const issuers = joined(
        r.of.map((i) => labels.issuer[i]),
        'or',
      )
      return t(`由${issuers.zh}出具`, `Issued by ${issuers.en}`)
    }
    case 'languageIs':
      return r.of.includes('any') ? t('语言不限', 'In any language') : t('为中文文本', 'In Chinese')
    case 'signedBy': {
      const signers = joined(
        r.of.map((s) => labels.signer[s]),
        'and',
      )
      return t(`由${signers.zh}签字或盖章`, `Signed or sealed by ${signers.en}`)
    }
    case 'shows': {
      const points = joined(
        r.points.map((p) => labels.shown[p]),
        'and',
      )
      return t(`载明${points.zh}`, `Shows ${points.en}`)
    }
    default:
      return r satisfies never
  }
}
