import type { Text } from '../../domain/kernel.ts'

const t = (zh: string, en: string): Text => ({ zh, en })

/** Words for the closed sets of the filing form, as they stand on the application form. */
export const FORM_WORDS = {
  maritalStatus: {
    single: t('未婚', 'Single'),
    married: t('已婚', 'Married'),
    divorced: t('离婚', 'Divorced'),
    widowed: t('丧偶', 'Widowed'),
  },
  passportKind: {
    ordinary: t('普通护照', 'Ordinary passport'),
    service: t('公务护照', 'Service passport'),
    diplomatic: t('外交护照', 'Diplomatic passport'),
    travelDocument: t('旅行证件', 'Travel document'),
  },
  whereabouts: { inside: t('境内', 'In the mainland'), outside: t('境外', 'Outside the mainland') },
  degree: {
    none: t('无学位', 'None'),
    associate: t('大专', 'Associate'),
    bachelor: t('学士', 'Bachelor'),
    master: t('硕士', 'Master'),
    doctor: t('博士', 'Doctor'),
  },
  contractKind: {
    contract: t('聘用合同', 'Employment contract'),
    appointment: t('任职证明', 'Appointment'),
    dispatch: t('派遣函', 'Dispatch letter'),
    project: t('项目合同', 'Project contract'),
  },
  stayKind: {
    workResidence: t('工作类居留许可', 'Work residence permit'),
    familyResidence: t('团聚或私人事务类居留许可', 'Family or private residence permit'),
    zVisa: t('Z 字签证', 'Z visa'),
    rVisa: t('R 字签证', 'R visa'),
    stay: t('停留证件', 'Stay permit'),
  },
  relation: {
    spouse: t('配偶', 'Spouse'),
    child: t('子女', 'Child'),
    parent: t('父母', 'Parent'),
    parentInLaw: t('配偶父母', 'Parent-in-law'),
  },
  unitType: {
    enterprise: t('企业', 'Enterprise'),
    institution: t('事业单位', 'Public institution'),
    socialBody: t('社会团体', 'Social body'),
    foreignRepresentative: t('外国机构代表处', 'Representative office'),
    government: t('政府机关', 'Government body'),
  },
} as const satisfies Record<string, Record<string, Text>>

const NOT_GIVEN = '—'
/** The word for a code, the code itself where it is newer than this list, a dash where nothing was given. */
export const wordFor = (set: keyof typeof FORM_WORDS, code: string | undefined): Text | string => {
  if (!code) return NOT_GIVEN
  const words: Record<string, Text> = FORM_WORDS[set]
  return Object.hasOwn(words, code) ? words[code]! : code
}

/** Order of degrees, highest last. */
export const DEGREES = Object.keys(FORM_WORDS.degree)
