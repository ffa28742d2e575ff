import type { FilingForm } from '../../domain/application/form.ts'
import type { Day, Text } from '../../domain/kernel.ts'
import { fullName } from '../../domain/names/full-name.ts'
import { certificateList, experienceList, formFamily, schoolList } from './form-lists.ts'
import { DEGREES, wordFor } from './form-words.ts'
import { type ListedPaper, paperList, textList } from './lists.ts'
import type { Block, PaperHead, PaperMade, PaperTexts, Value } from './model.ts'
import { type Offered, paper } from './paper.ts'
import { type Filing, type Firm, filingValues } from './party.ts'
import { dayText, NONE, orNone, pair, sexText, yuanOnly } from './values.ts'

/** What the application form (M01) is made from: the filing as sealed, and words for its codes. */
export type ApplicationFormInput = PaperHead & {
  form: FilingForm
  filing: Filing
  /** As in the register; for an employer's own registration as in the form. */
  employer: Firm
  permitNumber?: string | undefined
  words: { country: (code: string) => Text; criterion: (code: string) => Text; occupation: (code: string) => Text }
  papers: ListedPaper[]
  commitments: Text[]
  answers: { asks: Text; answer: Value }[]
}

const day = (on: Day | undefined): Value => (on ? dayText(on) : NONE)
const highest = (form: FilingForm): Value => {
  const ranked = (form.education ?? []).filter((s) => s.degree).sort((a, b) => DEGREES.indexOf(b.degree!) - DEGREES.indexOf(a.degree!))
  return wordFor('degree', ranked[0]?.degree)
}
const claimed = (input: ApplicationFormInput): Value => {
  const { criteria = [], points = false } = input.form.class ?? {}
  const texts = [...criteria.map(input.words.criterion), ...(points ? [{ zh: '计点积分', en: 'Points' }] : [])]
  return texts.length ? { zh: texts.map((x) => x.zh).join('；'), en: texts.map((x) => x.en).join('; ') } : NONE
}
const consularPost = (input: ApplicationFormInput): Value | undefined => {
  const { postCountry, postCity } = input.form.visa ?? {}
  if (!postCountry) return postCity || undefined
  const country = input.words.country(postCountry)
  return postCity ? { zh: `${country.zh}（${postCity}）`, en: `${postCity}, ${country.en}` } : country
}

const offered = (input: ApplicationFormInput): Offered<'applicationForm'> => {
  const { identity: i = {}, job = {}, visa = {}, employer: unit = {}, qualifications = {} } = input.form
  const country = (code: string | undefined): Value => (code ? input.words.country(code) : NONE)
  const pay = job.payPerYear ?? (job.payPerMonth === undefined ? undefined : job.payPerMonth * (job.monthsPerYear ?? 12))
  const answers: Block[] = input.answers.length
    ? [{ is: 'facts', rows: input.answers.map((a) => ({ label: a.asks, value: a.answer })) }]
    : []
  return {
    values: {
      ...filingValues(input, input.employer, input.filing),
      person: orNone(fullName({ surname: i.surname ?? '', givenNames: i.givenNames ?? '', oneName: i.oneName ?? false })),
      chineseName: orNone(i.chineseName),
      nationality: country(i.nationality),
      passportNumber: orNone(i.passportNumber),
      permitNumber: input.permitNumber,
      sex: i.sex ? sexText(i.sex) : NONE,
      bornOn: day(i.bornOn),
      birthPlace: orNone(i.birthPlace),
      maritalStatus: wordFor('maritalStatus', i.maritalStatus),
      passportKind: wordFor('passportKind', i.passportKind),
      passportIssuedBy: country(i.passportIssuedBy),
      passportIssuedOn: day(i.passportIssuedOn),
      passportExpiresOn: day(i.passportExpiresOn),
      email: orNone(i.email),
      phone: orNone(i.phone),
      whereabouts: wordFor('whereabouts', i.whereabouts),
      education: highest(input.form),
      department: orNone(job.department),
      post: job.title ? pair(job.title, job.titleEn) : orNone(job.titleEn),
      occupation: job.occupation ? input.words.occupation(job.occupation) : NONE,
      industry: orNone(job.industry),
      place: orNone(job.place),
      contractKind: wordFor('contractKind', job.contractKind),
      contractFrom: day(job.startsOn),
      contractUntil: day(job.endsOn),
      payPerMonth: job.payPerMonth === undefined ? NONE : yuanOnly(job.payPerMonth),
      payPerYear: pay === undefined ? NONE : yuanOnly(pay),
      paidInMainland: job.paidInMainland === undefined ? NONE : `${job.paidInMainland} %`,
      monthsPerYear: job.monthsPerYear === undefined ? NONE : String(job.monthsPerYear),
      duties: orNone(job.duties),
      taxPlace: orNone(job.place),
      claim: claimed(input),
      hsk: qualifications.hsk ? String(qualifications.hsk) : NONE,
      consularPost: consularPost(input),
      stayKind: visa.stayKind && wordFor('stayKind', visa.stayKind),
      stayExpiresOn: visa.stayExpiresOn && dayText(visa.stayExpiresOn),
      enteredOn: visa.enteredOn && dayText(visa.enteredOn),
      unitType: wordFor('unitType', unit.unitType),
      legalRepresentative: orNone(unit.legalRepresentative),
      registeredAddress: orNone(unit.registeredAddress),
      officeAddress: orNone(unit.officeAddress),
      unitPhone: orNone(unit.phone),
      personInCharge: orNone(unit.personInCharge),
      handler: orNone(unit.handlerName),
      handlerPhone: orNone(unit.handlerPhone),
    },
    lists: {
      experience: experienceList(input.form, input.words.country),
      schools: schoolList(input.form, input.words.country),
      certificates: certificateList(input.form),
      family: formFamily(input.form, input.words.country),
      papers: paperList(input.papers, { zh: '形式', en: 'Form' }),
      commitments: textList(input.commitments),
      answers,
    },
  }
}

/** Application form (申请表, M01) from the filing: printed, signed by hand, sealed by the employer. Commitments follow as sheets of their own. */
export const applicationFormModel = (input: ApplicationFormInput, texts: PaperTexts, sheets: PaperTexts[]): PaperMade =>
  paper<'applicationForm'>({ kind: 'applicationForm' }, input, texts, offered(input), sheets)

/** Health commitment (体检承诺书) as a paper of its own; the report follows after entry. */
export const healthCommitmentModel = (input: ApplicationFormInput, texts: PaperTexts): PaperMade =>
  paper<'healthCommitment'>({ kind: 'healthCommitment' }, input, texts, offered(input))

/** Salary commitment (薪资事项承诺书) as a paper of its own, signed by the person and sealed by the employer. */
export const salaryCommitmentModel = (input: ApplicationFormInput, texts: PaperTexts): PaperMade =>
  paper<'salaryCommitment'>({ kind: 'salaryCommitment' }, input, texts, offered(input))
