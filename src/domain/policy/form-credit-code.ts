import type { FilingForm } from '../application/form.ts'
import { checkCreditCode } from '../employer/credit-code.ts'
import type { FormFault } from './form-faults.ts'
import { t } from './wording.ts'
import type { Section } from './words.ts'

/** A unified social credit code that cannot be right (GB 32100-2015), with what is wrong in it: a mistyped one would bind the account for ever (EMP-6). */
export function creditCodeFaults(form: FilingForm, has: (section: Section) => boolean): FormFault[] {
  const typed = form.employer?.creditCode
  if (!has('employer') || !typed) return []
  const answer = checkCreditCode(typed)
  if (answer.valid) return []
  const said = {
    length: () => t('统一社会信用代码应为 18 位。', 'A unified social credit code has 18 characters.'),
    character: (at: number) =>
      t(`第 ${at} 位不是代码用字（不用 I、O、S、V、Z）。`, `Character ${at} is never part of a code (I, O, S, V and Z are not used).`),
    check: (c: string) => t(`按前 17 位计算，第 18 位应为 ${c}。`, `From the first 17 characters the 18th would be ${c}.`),
  }
  const text =
    answer.why === 'check' ? said.check(answer.expected) : answer.why === 'character' ? said.character(answer.position) : said.length()
  const remedy = t('有字抄错，请对照营业执照。', 'One is mistyped; compare with the licence.')
  return [{ path: 'employer.creditCode', section: 'employer', code: 'creditCodeWrong', severity: 'stop', text, remedy }]
}
