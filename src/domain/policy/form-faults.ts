import type { FilingForm } from '../application/form.ts'
import { addMonths } from '../clock/calendar.ts'
import type { Day, Text } from '../kernel.ts'
import type { OpenItem, Pack } from './pack.ts'

/** A fault of a form: where, which rule, and the way out. `stop` holds the filing up; `warn` only tells. */
export type FormFault = { path: string; section: string; code: string; severity: 'stop' | 'warn'; text: Text; remedy: Text }

/** Fields that a complete section must have, by section; lists need at least one row where `rows` says so. */
const NEEDED = {
  identity: [
    'surname',
    'sex',
    'bornOn',
    'nationality',
    'passportKind',
    'passportNumber',
    'passportIssuedBy',
    'passportIssuedOn',
    'passportExpiresOn',
    'whereabouts',
    'email',
  ],
  job: ['title', 'occupation', 'place', 'areaCode', 'contractKind', 'startsOn', 'endsOn', 'payPerMonth', 'monthsPerYear', 'duties'],
  visa: ['postCountry', 'postCity'],
  employer: [
    'name',
    'creditCode',
    'unitType',
    'ownership',
    'industry',
    'legalRepresentative',
    'registeredAddress',
    'areaCode',
    'phone',
    'personInCharge',
    'personInChargeId',
    'handlerName',
    'handlerId',
    'sealKind',
  ],
} as const
const ROWS = { education: ['school', 'country', 'degree', 'until'], experience: ['employer', 'post', 'from'] } as const

const missing = (path: string, section: string): FormFault => ({
  path,
  section,
  code: 'fieldMissing',
  severity: 'stop',
  text: { zh: '此项未填写。', en: 'This field is empty.' },
  remedy: { zh: '请填写后再提交。', en: 'Fill it in, then file.' },
})
const empty = (v: unknown) => v === undefined || v === null || v === ''

/** Everything that a form lacks or contradicts for this item, all at once, with path and section, so that the list of parts can count it. */
export function formFaults(form: FilingForm, item: OpenItem, _pack: Pack, on: Day): FormFault[] {
  const out: FormFault[] = []
  const wrong = (path: string, section: string, code: string, text: Text, remedy: Text) =>
    out.push({ path, section, code, severity: 'stop', text, remedy })
  for (const section of item.form) {
    if (section in NEEDED) {
      const values: Record<string, unknown> = form[section as keyof typeof NEEDED] ?? {}
      for (const field of NEEDED[section as keyof typeof NEEDED])
        if (empty(values[field])) out.push(missing(`${section}.${field}`, section))
    }
    if (section in ROWS) {
      const rows = (form[section as keyof typeof ROWS] ?? []) as Record<string, unknown>[]
      if (rows.length === 0) out.push(missing(section, section))
      rows.forEach((row, i) => {
        for (const field of ROWS[section as keyof typeof ROWS])
          if (empty(row[field])) out.push(missing(`${section}.${i}.${field}`, section))
      })
    }
  }
  const { identity = {}, job = {}, declarations = {} } = form
  if (item.form.includes('identity')) {
    if (!identity.oneName && empty(identity.givenNames))
      wrong(
        'identity.givenNames',
        'identity',
        'givenNamesMissing',
        { zh: '未填写名。', en: 'The given names are empty.' },
        { zh: '护照只有一个姓名的，请勾选"护照只有一个姓名"。', en: 'Fill them in, or tick that the passport shows only one name.' },
      )
    if (identity.bornOn && identity.bornOn >= on)
      wrong(
        'identity.bornOn',
        'identity',
        'inFuture',
        { zh: '出生日期在今天之后。', en: 'The birth date lies in the future.' },
        { zh: '请对照护照更正。', en: 'Correct it from the passport.' },
      )
    if (identity.passportIssuedOn && identity.passportExpiresOn && identity.passportIssuedOn >= identity.passportExpiresOn)
      wrong(
        'identity.passportExpiresOn',
        'identity',
        'datesReversed',
        { zh: '护照有效期早于签发日期。', en: 'The passport ends before it was issued.' },
        { zh: '请对照护照更正。', en: 'Correct it from the passport.' },
      )
  }
  if (item.form.includes('job') && job.startsOn && job.endsOn && job.startsOn >= job.endsOn)
    wrong(
      'job.endsOn',
      'job',
      'datesReversed',
      { zh: '合同结束日期不晚于开始日期。', en: 'The contract ends before it starts.' },
      { zh: '请对照合同更正。', en: 'Correct it from the contract.' },
    )
  if (item.form.includes('family') && !form.noFamily && (form.family ?? []).length === 0)
    wrong(
      'noFamily',
      'family',
      'familyUnanswered',
      { zh: '未说明是否有随行家属。', en: 'It is not said whether family comes along.' },
      { zh: '请填写家属，或勾选无随行家属。', en: 'Add them, or tick that nobody comes along.' },
    )
  if (item.form.includes('declarations')) {
    if (declarations.truthful !== true)
      wrong(
        'declarations.truthful',
        'declarations',
        'declarationMissing',
        { zh: '未作真实性声明。', en: 'The declaration of truth is missing.' },
        { zh: '请阅读后勾选。', en: 'Read it and tick it.' },
      )
    if (item.subject === 'person' && declarations.noCriminalRecord !== true)
      wrong(
        'declarations.noCriminalRecord',
        'declarations',
        'declarationMissing',
        { zh: '未作无犯罪记录声明。', en: 'The declaration of no criminal record is missing.' },
        { zh: '请由本人确认后勾选。', en: 'Let the person confirm it, then tick it.' },
      )
  }
  for (const [code, q] of Object.entries(item.questions))
    if (empty(form.answers?.[code]))
      out.push({ ...missing(`answers.${code}`, 'visa'), text: { zh: `未回答：${q.asks.zh}`, en: `Not answered: ${q.asks.en}` } })
  if (job.endsOn && identity.passportExpiresOn && job.endsOn > identity.passportExpiresOn)
    out.push({
      path: 'job.endsOn',
      section: 'job',
      code: 'contractOutlivesPassport',
      severity: 'warn',
      text: {
        zh: '合同期晚于护照有效期，许可将随护照到期。',
        en: 'The contract ends after the passport; the permit will end with the passport.',
      },
      remedy: { zh: '可先换发护照再提交。', en: 'Renew the passport first if that matters.' },
    })
  if (job.contractPayPerMonth !== undefined && job.payPerMonth !== undefined && job.contractPayPerMonth !== job.payPerMonth)
    out.push({
      path: 'job.payPerMonth',
      section: 'job',
      code: 'PAY_DIFFERS',
      severity: 'warn',
      text: { zh: '表格薪资与合同不一致。', en: 'The pay in the form differs from the contract.' },
      remedy: { zh: '更正表格或合同。', en: 'Change the form or the contract.' },
    })
  if (job.startsOn && job.endsOn && addMonths(job.startsOn, 600) < job.endsOn)
    wrong(
      'job.endsOn',
      'job',
      'termImplausible',
      { zh: '合同期超过五十年。', en: 'The contract runs for more than fifty years.' },
      { zh: '请对照合同更正。', en: 'Correct it from the contract.' },
    )
  return out
}
