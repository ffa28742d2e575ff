import { type FamilyMember, familyList } from './lists.ts'
import type { PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues, type Granted, grantValues, type Person, personValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on a letter that the authority gives (confirmation of a high-end talent, invitation); it grants no permit. */
export type LetterInput = PaperHead & {
  person: Person
  employer: Firm
  filing: Filing
  addressee?: Value | undefined
  granted?: Granted | undefined
  family: FamilyMember[]
}

const NOTHING = {
  class: undefined,
  permitNumber: undefined,
  post: undefined,
  place: undefined,
  validFrom: undefined,
  validUntil: undefined,
}

/** A letter; lines about a permit fall away where there is none. */
export const letterModel = (input: LetterInput, texts: PaperTexts): PaperMade =>
  paper<'letter'>({ kind: 'letter' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      ...personValues(input.person),
      ...(input.granted ? grantValues(input.granted) : NOTHING),
      addressee: input.addressee,
      decidedOn: dayText(input.issuedOn),
    },
    lists: { family: familyList(input.family) },
  })
