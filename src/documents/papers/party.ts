import type { Day, Text } from '../../domain/kernel.ts'
import type { PaperHead, Value } from './model.ts'
import { dayText, NONE, pair } from './values.ts'

/** A person as papers name them: exactly as in the passport. */
export type Person = { fullName: string; chineseName?: string | undefined; nationality: Text; passportNumber: string }
/** An employer; the English name is optional in the register. */
export type Firm = { name: string; nameEn?: string | undefined; creditCode: string }
/** Which filing a paper belongs to. */
export type Filing = { caseNo: string; item: Text; filedOn: Day }

export const firmName = (firm: Firm): Value => pair(firm.name, firm.nameEn)

/** Values that every paper about a filing offers. */
export const filingValues = (head: PaperHead, firm: Firm, filing: Filing) => ({
  caseNo: filing.caseNo,
  item: filing.item,
  employer: firmName(firm),
  employerCode: firm.creditCode,
  submittedOn: dayText(filing.filedOn),
  office: head.issuer,
  authority: head.issuer,
  number: head.number,
  issuedOn: dayText(head.issuedOn),
})
export const personValues = (p: Person) => ({
  person: p.fullName,
  chineseName: p.chineseName || NONE,
  nationality: p.nationality,
  passportNumber: p.passportNumber,
})
/** What was granted, as both the Notice and the Decision say it. */
export type Granted = {
  class: 'A' | 'B' | 'C'
  permitNumber: string
  post?: { zh: string; en?: string | undefined } | undefined
  place: Value
  validFrom: Day
  validUntil: Day
}
export const grantValues = (g: Granted) => ({
  class: g.class,
  permitNumber: g.permitNumber,
  post: g.post && pair(g.post.zh, g.post.en),
  place: g.place,
  validFrom: dayText(g.validFrom),
  validUntil: dayText(g.validUntil),
})
/** The two ways to object and their last days (Administrative Review Law, Administrative Litigation Law). */
export type Objection = { reviewUntil: Day; reviewBody: Text; suitUntil: Day; court: Text }
export const objectionValues = (o: Objection) => ({
  reviewUntil: dayText(o.reviewUntil),
  reviewBody: o.reviewBody,
  suitUntil: dayText(o.suitUntil),
  court: o.court,
})
