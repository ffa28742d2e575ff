import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { ApplicationFormInput } from '../application-form.ts'
import type { PaperHead, PaperTexts } from '../model.ts'
import type { Filing, Firm, Granted, Objection, Person } from '../party.ts'

/** People and firms of the tests of this folder. Nobody real. */
export const head: PaperHead = {
  number: '示外许〔2026〕第000123号',
  issuer: { zh: '示例市人力资源和社会保障局', en: 'Example City Human Resources and Social Security Bureau' },
  issuedOn: '2026-11-23',
  madeAt: '2026-11-23T02:23:00Z',
  specimen: true,
}
export const person: Person & { sex: 'M'; mrzName: string } = {
  fullName: 'Wickramasinghe Arachchige Don Chathuranga Prasanna Kumarasiri',
  nationality: { zh: '斯里兰卡', en: 'Sri Lanka' },
  passportNumber: 'N1234567',
  sex: 'M',
  mrzName: 'WICKRAMASINGHE<ARACHCHIGE<<DON<CHATHURA',
}
export const employer: Firm = {
  name: '示例云帆精密机械（集团）有限公司',
  nameEn: 'Example Yunfan Precision Machinery (Group) Co., Ltd.',
  creditCode: '91990101MA5CXQ2N4B',
}
export const filing: Filing = {
  caseNo: 'EX26-004217-6',
  item: { zh: '境外申请外国人来华工作许可（90日以上）', en: 'Overseas application (over 90 days)' },
  filedOn: '2026-11-02',
}
export const granted: Granted = {
  class: 'B',
  permitNumber: '990100202600012347',
  post: { zh: '高级机械工程师', en: 'Senior mechanical engineer' },
  place: { zh: '示例省示例市东城区', en: 'East District, Example City' },
  validFrom: '2026-12-01',
  validUntil: '2028-11-30',
}
export const objection: Objection = {
  reviewUntil: '2027-01-22',
  reviewBody: { zh: '示例市人民政府', en: 'the People’s Government of Example City' },
  suitUntil: '2027-05-23',
  court: { zh: '示例市行政法院', en: 'the Administrative Court of Example City' },
}
export const checkUrl = 'https://permit.example.gov.cn/v/Xo9w2kT4QmS7pVb1Ze5Rnw'

const pack = new URL('../../../../policy/cn-national/2024-12/', import.meta.url)
const papersOf = (file: string) =>
  (parse(readFileSync(new URL(file, pack), 'utf8')) as { papers?: Record<string, PaperTexts & { kind: string }> }).papers ?? {}
/** All texts of papers of the national pack, by code. */
export const layouts = Object.assign(
  {},
  ...readdirSync(pack)
    .filter((f) => f.startsWith('papers'))
    .map(papersOf),
) as Record<string, PaperTexts & { kind: string }>
/** The texts that the national pack has for a paper. */
export const textsOf = (code: string): PaperTexts => {
  const texts = layouts[code]
  if (!texts) throw new Error(`the pack has no paper ${code}`)
  return texts
}

export const applicationForm: ApplicationFormInput = {
  ...head,
  number: 'EX26-004217-6',
  issuer: { zh: employer.name, en: employer.nameEn! },
  form: {
    identity: {
      surname: 'Wickramasinghe Arachchige',
      givenNames: 'Don Chathuranga Prasanna Kumarasiri',
      sex: 'M',
      bornOn: '1988-04-17',
      nationality: 'LKA',
      passportNumber: 'N1234567',
      passportExpiresOn: '2031-06-30',
    },
    education: [
      {
        school: 'University of Moratuwa',
        country: 'LKA',
        degree: 'bachelor',
        major: 'Mechanical Engineering',
        from: '2007-09-01',
        until: '2011-06-30',
      },
    ],
    experience: [
      {
        employer: 'Colombo Dockyard PLC',
        country: 'LKA',
        post: 'Design engineer',
        from: '2011-08-01',
        until: '2018-12-31',
        contact: '+94 11 242 9000',
      },
      {
        employer: 'Żółkiewski i Synowie Sp. z o.o.',
        country: 'POL',
        post: 'Lead engineer',
        from: '2019-01-15',
        until: '2026-09-30',
        contact: 'hr@example.pl',
      },
    ],
    job: {
      title: '高级机械工程师',
      titleEn: 'Senior mechanical engineer',
      occupation: '2-02-07-01',
      place: '示例省示例市东城区',
      startsOn: '2026-12-01',
      endsOn: '2028-11-30',
      payPerMonth: 4_200_000,
      monthsPerYear: 12,
    },
    class: { criteria: ['B_DEGREE'], points: false },
    visa: { postCountry: 'LKA', postCity: 'Colombo' },
    family: [
      {
        relation: 'spouse',
        surname: 'Nguyễn',
        givenNames: 'Thị Phương Thảo',
        bornOn: '1990-02-03',
        nationality: 'VNM',
        passportNumber: 'C1234567',
      },
    ],
    employer: {
      legalRepresentative: '陈建国',
      registeredAddress: '示例省示例市东城区华夏路 10 号',
      personInCharge: '李敏',
      handlerName: '王晓燕',
    },
  },
  filing,
  employer,
  words: {
    country: (code) =>
      ({ LKA: { zh: '斯里兰卡', en: 'Sri Lanka' }, POL: { zh: '波兰', en: 'Poland' }, VNM: { zh: '越南', en: 'Viet Nam' } })[code] ?? {
        zh: code,
        en: code,
      },
    criterion: () => ({ zh: '学士学位和 2 年以上相关工作经历', en: 'Bachelor degree and two years of related work' }),
    occupation: (code) => ({ zh: `${code} 机械工程技术人员`, en: `${code} Mechanical engineers` }),
  },
  papers: [
    { title: { zh: '护照信息页', en: 'Passport data page' }, note: { zh: '扫描件', en: 'Scan' }, pages: 1 },
    {
      title: { zh: '无犯罪记录证明', en: 'No-criminal-record certificate' },
      note: { zh: '附加证明书、中文翻译', en: 'Apostille, translation' },
      pages: 4,
    },
  ],
  commitments: [{ zh: '工作资历证明', en: 'Proof of work experience' }],
  answers: [],
}
