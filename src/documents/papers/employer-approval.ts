import type { Day } from '../../domain/kernel.ts'
import type { PaperHead, PaperMade, PaperTexts } from './model.ts'
import { paper } from './paper.ts'
import { type Filing, type Firm, filingValues } from './party.ts'
import { dayText } from './values.ts'

/** What stands on the approval of an employer's registration or change. */
export type EmployerApprovalInput = PaperHead & {
  employer: Firm & { legalRepresentative: string; registeredAddress: string; personInCharge: string; handler: string }
  filing: Filing
  decidedOn: Day
}

/** The employer may now file for the foreigners it employs. */
export const employerApprovalModel = (input: EmployerApprovalInput, texts: PaperTexts): PaperMade => {
  const { legalRepresentative, registeredAddress, personInCharge, handler } = input.employer
  return paper<'employerApproval'>({ kind: 'employerApproval' }, input, texts, {
    values: {
      ...filingValues(input, input.employer, input.filing),
      decidedOn: dayText(input.decidedOn),
      legalRepresentative,
      registeredAddress,
      personInCharge,
      handler,
    },
    lists: {},
  })
}
