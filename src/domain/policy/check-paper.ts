import type { Answer } from './answer.ts'
import type { DeclaredPaper, Facts } from './facts.ts'
import type { Pack } from './pack.ts'
import { paperAnswer } from './paper-rules.ts'
import type { PaperRule } from './rule.ts'

/** Each rule of a form with its answer for one declared paper: the machine's part of the officer's list. */
export const checkPaper = (
  pack: Pack,
  material: string,
  form: string,
  paper: DeclaredPaper,
  facts: Facts,
): { rule: PaperRule; answer: Answer; reason?: string }[] => {
  const found = Object.hasOwn(pack.materials, material) ? pack.materials[material] : undefined
  const chosen = found && Object.hasOwn(found.forms, form) ? found.forms[form] : undefined
  return (chosen?.rules ?? []).map((rule) => {
    const reason = chosen?.reasons?.[rule.rule]
    return { rule, answer: paperAnswer(rule, { ...facts, paper }), ...(reason ? { reason } : {}) }
  })
}
