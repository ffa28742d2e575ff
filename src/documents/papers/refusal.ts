import type { Day, Text } from '../../domain/kernel.ts'
import type { Block, PaperHead, PaperMade, PaperTexts, Point } from './model.ts'
import { paper, sealOf } from './paper.ts'
import { type Filing, type Firm, filingFacts, firmFacts, type Person, partyValues, personFacts } from './party.ts'
import { dayText } from './values.ts'

/** A reason of the pack, with the officer's words where there are any (in the language in which they were written). */
export type PaperReason = { text: Text; law?: string | undefined; remedy?: Text | undefined; remark?: string | undefined }

/** What stands on a refusal (不予行政许可决定书): reasons and both ways to object (Licensing Law art. 38 para. 2). */
export type RefusalInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  acceptedOn: Day
  reasons: PaperReason[]
  reviewUntil: Day
  suitUntil: Day
}

export const reasonPoints = (reasons: PaperReason[]): Point[] =>
  reasons.map((r) => ({
    title: r.text,
    lines: [
      ...(r.law ? [{ label: { zh: '依据', en: 'Legal basis' }, value: r.law }] : []),
      ...(r.remark ? [{ label: { zh: '说明', en: 'Remark' }, value: r.remark }] : []),
      ...(r.remedy ? [{ label: { zh: '办法', en: 'Way out' }, value: r.remedy }] : []),
    ],
  }))

/** Both ways to object, with their last days: they stand on each adverse paper, whatever the texts of the pack say. */
export const objectionFacts = (reviewUntil: Day, suitUntil: Day): Block[] => [
  { is: 'heading', text: { zh: '救济途径', en: 'Ways to object' } },
  {
    is: 'facts',
    rows: [
      {
        label: { zh: '申请行政复议', en: 'Administrative review' },
        value: { zh: `${dayText(reviewUntil).zh}前（含当日）`, en: `Until ${reviewUntil}, that day included` },
      },
      {
        label: { zh: '提起行政诉讼', en: 'Lawsuit' },
        value: { zh: `${dayText(suitUntil).zh}前（含当日）`, en: `Until ${suitUntil}, that day included` },
      },
    ],
  },
]

/** Decision that refuses the permit. */
export const refusalModel = (input: RefusalInput, texts: PaperTexts): PaperMade => {
  const values = {
    ...partyValues(input.person, input.employer),
    approvingBody: input.issuer,
    number: input.number,
    item: input.filing.item,
    caseNo: input.filing.caseNo,
    filedOn: dayText(input.filing.filedOn),
    acceptedOn: dayText(input.acceptedOn),
    issuedOn: dayText(input.issuedOn),
    reviewUntil: dayText(input.reviewUntil),
    suitUntil: dayText(input.suitUntil),
  }
  return paper({ kind: 'refusal' }, input, texts, values, {
    matter: [
      {
        is: 'facts',
        rows: [
          ...personFacts(input.person),
          ...firmFacts(input.employer),
          ...filingFacts(input.filing, dayText(input.filing.filedOn)),
          { label: { zh: '受理日期', en: 'Accepted on' }, value: dayText(input.acceptedOn), show: 'half' },
        ],
      },
      { is: 'heading', text: { zh: '不予许可的理由', en: 'Reasons for the refusal' } },
      { is: 'points', items: reasonPoints(input.reasons) },
      ...objectionFacts(input.reviewUntil, input.suitUntil),
    ],
    after: [sealOf(input)],
  })
}
