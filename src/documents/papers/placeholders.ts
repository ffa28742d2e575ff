import type { ModelKind } from './model.ts'

/** Names that the texts of all papers about a filing may use. */
const FILING = ['caseNo', 'item', 'employer', 'employerCode', 'submittedOn', 'office', 'authority', 'number', 'issuedOn'] as const
const PERSON = ['person', 'chineseName', 'nationality', 'passportNumber'] as const
const OBJECTION = ['reviewUntil', 'reviewBody', 'suitUntil', 'court'] as const
const GRANT = ['class', 'permitNumber', 'post', 'place', 'validFrom', 'validUntil'] as const
const PERSONAL = [
  'sex',
  'bornOn',
  'birthPlace',
  'maritalStatus',
  'passportKind',
  'passportIssuedBy',
  'passportIssuedOn',
  'passportExpiresOn',
  'email',
  'phone',
  'whereabouts',
] as const
const JOB = [
  'department',
  'post',
  'occupation',
  'industry',
  'place',
  'contractKind',
  'contractFrom',
  'contractUntil',
  'payPerMonth',
  'payPerYear',
  'paidInMainland',
  'monthsPerYear',
  'duties',
  'taxPlace',
] as const
const UNIT = [
  'unitType',
  'legalRepresentative',
  'registeredAddress',
  'officeAddress',
  'unitPhone',
  'personInCharge',
  'handler',
  'handlerPhone',
] as const
const FORM = [
  ...FILING,
  ...PERSON,
  ...PERSONAL,
  ...JOB,
  ...UNIT,
  'permitNumber',
  'education',
  'claim',
  'hsk',
  'consularPost',
  'stayKind',
  'stayExpiresOn',
  'enteredOn',
] as const
const FORM_LISTS = ['experience', 'schools', 'certificates', 'family', 'papers', 'commitments', 'answers'] as const

/**
 * What the texts of each kind of paper may name. A pack that names anything else cannot be printed, so its checker asks here before publication;
 * the compiler holds the builders to the same lists.
 */
export const PLACEHOLDERS = {
  notice: {
    values: [
      ...FILING,
      ...PERSON,
      ...GRANT,
      'sex',
      'months',
      'noticeMonths',
      'noticeUntil',
      'mrzName',
      'consularPost',
      'verification',
      'familyCount',
    ],
    lists: ['family'],
  },
  decision: { values: [...FILING, ...PERSON, ...GRANT, 'acceptedOn', 'acceptanceNo', 'decidedOn'], lists: [] },
  refusal: { values: [...FILING, ...PERSON, ...OBJECTION, 'acceptedOn', 'decidedOn'], lists: ['reasons'] },
  nonAcceptance: { values: [...FILING, ...PERSON, ...OBJECTION, 'decidedOn'], lists: ['reasons'] },
  acceptanceReceipt: { values: [...FILING, ...PERSON, 'acceptedOn', 'decideBy', 'basis'], lists: ['papers'] },
  deficiencyNotice: { values: [...FILING, ...PERSON, 'dueOn', 'defectCount'], lists: ['defects'] },
  extensionOfTime: { values: [...FILING, ...PERSON, 'days', 'oldDue', 'decideBy', 'reason'], lists: [] },
  employerApproval: {
    values: [...FILING, 'decidedOn', 'legalRepresentative', 'registeredAddress', 'personInCharge', 'handler'],
    lists: [],
  },
  collectionReceipt: {
    values: [...FILING, ...PERSON, 'visitedOn', 'presenter', 'dueOn', 'collected'],
    lists: ['originals', 'originalsLeft'],
  },
  cancellationCertificate: {
    values: [...FILING, ...PERSON, 'class', 'permitNumber', 'post', 'validFrom', 'validUntil', 'endedOn', 'endKind', 'reason', 'decidedOn'],
    lists: [],
  },
  letter: { values: [...FILING, ...PERSON, ...GRANT, 'decidedOn', 'addressee'], lists: ['family'] },
  applicationForm: { values: FORM, lists: FORM_LISTS },
  healthCommitment: { values: FORM, lists: FORM_LISTS },
  salaryCommitment: { values: FORM, lists: FORM_LISTS },
} as const satisfies Record<ModelKind, { values: readonly string[]; lists: readonly string[] }>

export type ValueName<K extends ModelKind> = (typeof PLACEHOLDERS)[K]['values'][number]
export type ListName<K extends ModelKind> = (typeof PLACEHOLDERS)[K]['lists'][number]
