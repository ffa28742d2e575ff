import type { Day, Text } from '../../domain/kernel.ts'
import { type FamilyMember, familyList } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Granted, grantValues, type Person, personValues } from './party.ts'
import { dayText, sexText } from './values.ts'

/** What stands on a Work Permit Notice (外国人工作许可通知). The permit number is on it, so that its holder can open the card with it. */
export type NoticeInput = PaperHead & {
  person: Person & { sex: 'F' | 'M' | 'X'; mrzName: string }
  employer: Firm
  filing: Filing
  granted: Granted
  approvedMonths: number
  /** How long the Notice itself can be used for a visa and entry, and its last day. */
  noticeMonths: number
  noticeUntil: Day
  family: FamilyMember[]
  /** Where the visa will be asked for; none for a filing inside the mainland. */
  consularPost?: Text | undefined
  /** What must be shown at the window after entry; none where the item asks for no visit. */
  verification?: Text | undefined
  /** From the configured public origin, never from a request. */
  checkUrl: string
}

const CAPTION = {
  zh: '扫码或打开下面的网址，核对本通知是否真实、许可是否有效。',
  en: 'Scan, or open the address below, to see whether this Notice is real and the permit valid.',
}

/** Work Permit Notice: proof of the grant before entry, with the code by which anyone can ask whether it is real. */
export const noticeModel = (input: NoticeInput, texts: PaperTexts): PaperMade =>
  paper<'notice'>({ kind: 'notice', check: { url: input.checkUrl, caption: CAPTION } }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      ...grantValues(input.granted),
      sex: sexText(input.person.sex),
      mrzName: input.person.mrzName,
      months: String(input.approvedMonths),
      noticeMonths: String(input.noticeMonths),
      noticeUntil: dayText(input.noticeUntil),
      consularPost: input.consularPost,
      verification: input.verification,
      familyCount: String(input.family.length),
    },
    lists: { family: familyList(input.family) },
  })
