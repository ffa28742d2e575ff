import type { Day } from '../../domain/kernel.ts'
import { defectList, type PaperDefect } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on the one-time notice of all defects (补正一次性告知书, Licensing Law art. 32). */
export type DeficiencyNoticeInput = PaperHead & { person: Person; employer: Firm; filing: Filing; defects: PaperDefect[]; dueOn: Day }

/** Everything to correct, told at once: what is not named here cannot be asked later unless it is new. */
export const deficiencyNoticeModel = (input: DeficiencyNoticeInput, texts: PaperTexts): PaperMade =>
  paper<'deficiencyNotice'>({ kind: 'deficiencyNotice' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      dueOn: dayText(input.dueOn),
      defectCount: String(input.defects.length),
    },
    lists: { defects: defectList(input.defects) },
  })
