import type { Day, Text } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper, sealOf } from './paper.ts'
import {
  type Filing,
  type Firm,
  filingFacts,
  firmFacts,
  nameFact,
  nationalityFact,
  type Person,
  partyValues,
  passportFact,
} from './party.ts'
import { classText, dayText, NONE, pair, spanText } from './values.ts'

/** What stands on a Decision that grants the permit (准予行政许可决定书, Licensing Law art. 38 para. 1). */
export type DecisionInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  acceptedOn: Day
  acceptanceNo?: string | undefined
  class: 'A' | 'B' | 'C'
  permitNumber: string
  post?: { zh: string; en?: string | undefined } | undefined
  region: Text
  validFrom: Day
  validUntil: Day
  checkUrl: string
}

/** Decision on the grant; for a new permit it is handed over after the originals were seen. */
export const decisionModel = (input: DecisionInput, texts: PaperTexts): PaperMade => {
  const post = input.post ? pair(input.post.zh, input.post.en) : NONE
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    item: input.filing.item,
    caseNo: input.filing.caseNo,
    filedOn: dayText(input.filing.filedOn),
    acceptedOn: dayText(input.acceptedOn),
    acceptanceNo: input.acceptanceNo ?? NONE,
    permitNumber: input.permitNumber,
    class: classText(input.class),
    post,
    region: input.region,
    validFrom: dayText(input.validFrom),
    validUntil: dayText(input.validUntil),
    validity: spanText(input.validFrom, input.validUntil),
    issuedOn: dayText(input.issuedOn),
    checkUrl: input.checkUrl,
  }
  const caption = {
    zh: '扫码或打开下面的网址，核对本决定书是否真实、许可是否有效。',
    en: 'Scan, or open the address below, to see whether this Decision is real and the permit valid.',
  }
  return paper({ kind: 'decision', check: { url: input.checkUrl, caption } }, input, texts, values, {
    matter: [
      {
        is: 'facts',
        rows: [
          nameFact(input.person),
          { label: { zh: '工作许可号码', en: 'Work permit number' }, value: input.permitNumber, show: 'strong' },
          nationalityFact(input.person),
          passportFact(input.person),
          ...firmFacts(input.employer),
          ...(input.post ? [{ label: { zh: '岗位', en: 'Post' }, value: post }] : []),
          { label: { zh: '工作地区', en: 'Place of work' }, value: input.region },
          { label: { zh: '类别', en: 'Class' }, value: classText(input.class), show: 'half' },
          { label: { zh: '许可有效期', en: 'Permit valid' }, value: spanText(input.validFrom, input.validUntil), show: 'half' },
          ...filingFacts(input.filing, dayText(input.filing.filedOn)),
          { label: { zh: '受理日期', en: 'Accepted on' }, value: dayText(input.acceptedOn), show: 'half' },
          { label: { zh: '受理单编号', en: 'Acceptance receipt' }, value: input.acceptanceNo ?? NONE, show: 'half' },
        ],
      },
    ],
    after: [sealOf(input)],
  })
}
