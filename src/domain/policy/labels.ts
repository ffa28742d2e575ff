import type { Text } from '../kernel.ts'
import { paperLabels } from './paper-labels.ts'
import type {
  Carrier,
  ContractKind,
  CountryOf,
  DayOf,
  Degree,
  EmployerStanding,
  Filer,
  Party,
  PayFigure,
  PermitDetail,
  PermitStanding,
  RestsOn,
  Section,
  Stage,
  StayKind,
  Unit,
  Whereabouts,
} from './words.ts'

const t = (zh: string, en: string): Text => ({ zh, en })
type Words<W extends string> = Readonly<Record<W, Text>>

const stage: Words<Stage> = {
  draft: t('草稿', 'Draft'),
  preReview: t('预审', 'Pre-review'),
  correction: t('待补正', 'Correction'),
  acceptance: t('受理', 'Acceptance'),
  review: t('审查', 'Review'),
  decision: t('决定', 'Decision'),
  granted: t('准予许可', 'Granted'),
  refused: t('不予许可', 'Refused'),
  notAccepted: t('不予受理', 'Not accepted'),
  withdrawn: t('已撤回申请', 'Withdrawn'),
  lapsed: t('已失效', 'Lapsed'),
}
const filer: Words<Filer> = {
  employer: t('用人单位', 'the employer'),
  agency: t('专门服务机构', 'an agency'),
  holder: t('持证人本人', 'the holder'),
  authority: t('决定机构', 'the authority'),
}
const party: Words<Party> = {
  authority: t('我们', 'the office'),
  employer: t('用人单位', 'the employer'),
  holder: t('持证人', 'the holder'),
}
const day: Words<DayOf> = {
  today: t('今天', 'today'),
  filed: t('首次提交之日', 'the day of first filing'),
  birth: t('出生之日', 'the day of birth'),
  entered: t('入境之日', 'the day of entry'),
  noticeIssued: t('《通知》签发之日', 'the day the Notice was issued'),
  permitExpires: t('工作许可到期之日', 'the day the permit expires'),
  residenceExpires: t('签证或居留许可到期之日', 'the day the visa or residence permit expires'),
  passportExpires: t('护照到期之日', 'the day the passport expires'),
  contractStarts: t('合同起始之日', 'the day the contract starts'),
  contractEnds: t('合同终止之日', 'the day the contract ends'),
  oldContractEnds: t('原合同终止之日', 'the day the old contract ends'),
  oldPermitEnded: t('原许可注销之日', 'the day the old permit ended'),
  employmentEnded: t('聘用关系终止之日', 'the day the employment ended'),
  detailChanged: t('信息变更之日', 'the day of the change'),
  lastContact: t('最后一次联系之日', 'the day of the last contact'),
  publicNotice: t('公告之日', 'the day of the public notice'),
  graduated: t('毕业之日', 'the day of graduation'),
}
const restsOn: Words<RestsOn> = {
  pay: t('薪资', 'pay'),
  payPoints: t('薪资计点', 'points for pay'),
  points: t('计点积分', 'points'),
  degree: t('学历', 'a degree'),
  experience: t('工作经历', 'experience'),
  award: t('奖项或人才计划', 'an award or programme'),
  investment: t('投资创业', 'an investment'),
  post: t('岗位', 'the post'),
  agreement: t('协议', 'an agreement'),
  qualification: t('职业资格', 'a qualification'),
  quota: t('配额', 'a quota'),
}
const permit: Words<PermitStanding> = {
  noticeIssued: t('已签发《通知》', 'Notice issued'),
  active: t('有效', 'active'),
  heldOver: t('视为延续', 'deemed extended'),
  suspended: t('暂停', 'suspended'),
  ended: t('已终止', 'ended'),
}
const carrier: Words<Carrier> = {
  notice: t('《通知》', 'a Notice'),
  physicalNotCollected: t('未领取的实体证', 'a physical permit not collected'),
  physicalCard: t('实体证', 'a physical permit'),
  electronicCard: t('电子社保卡', 'the electronic card'),
}
const degree: Words<Degree> = {
  none: t('无学位', 'no degree'),
  associate: t('专科', 'associate'),
  bachelor: t('学士', 'bachelor'),
  master: t('硕士', 'master'),
  doctor: t('博士', 'doctor'),
}
const contractKind: Words<ContractKind> = {
  contract: t('劳动合同', 'a contract'),
  appointment: t('任职证明', 'an appointment proof'),
  dispatch: t('派遣函', 'a dispatch letter'),
  project: t('项目合同或合作协议', 'a project contract'),
}
const stay: Words<StayKind> = {
  workResidence: t('工作类居留许可', 'a work residence permit'),
  familyResidence: t('团聚或私人事务类居留许可', 'a family residence permit'),
  zVisa: t('Z 字签证', 'a Z visa'),
  rVisa: t('R 字签证', 'an R visa'),
  stay: t('停留证件或其他签证', 'a stay document or other visa'),
}
const countryOf: Words<CountryOf> = {
  nationality: t('国籍国', 'the country of nationality'),
  degree: t('学位授予国', 'the country of the degree'),
  policeCertificate: t('无犯罪记录证明出具国', 'the country of the police certificate'),
}
const whereabouts: Words<Whereabouts> = { inside: t('境内', 'in the mainland'), outside: t('境外', 'outside the mainland') }
const payFigure: Words<PayFigure> = {
  form: t('申请表', 'the form'),
  contract: t('合同', 'the contract'),
  commitment: t('薪资事项承诺书', 'the salary commitment'),
}
const permitDetail: Words<PermitDetail> = {
  employer: t('用人单位', 'employer'),
  occupation: t('职业', 'occupation'),
  passport: t('护照', 'passport'),
}
const employer: Words<EmployerStanding> = {
  approved: t('已通过注册审核', 'approved'),
  suspended: t('已暂停', 'suspended'),
  dissolved: t('已终止', 'dissolved'),
}
const section: Words<Section> = {
  identity: t('身份信息', 'Identity'),
  education: t('教育经历', 'Education'),
  experience: t('工作经历', 'Work history'),
  qualifications: t('资格与语言', 'Qualifications'),
  job: t('在华工作', 'Job in China'),
  class: t('类别', 'Class'),
  visa: t('签证', 'Visa'),
  family: t('随行家属', 'Family'),
  declarations: t('声明', 'Declarations'),
  permit: t('现有许可', 'Permit'),
  leaving: t('离职', 'Leaving'),
  employer: t('用人单位', 'Employer'),
}
const UNITS: Readonly<Record<Unit | 'year', { zh: string; one: string; many: string }>> = {
  workingDay: { zh: '个工作日', one: 'working day', many: 'working days' },
  day: { zh: '天', one: 'day', many: 'days' },
  month: { zh: '个月', one: 'month', many: 'months' },
  hour: { zh: '小时', one: 'hour', many: 'hours' },
  year: { zh: '年', one: 'year', many: 'years' },
}
/** An amount with its unit as one phrase: `10 working days`, `10 个工作日`. */
const amount = (n: number, unit: Unit | 'year'): Text => t(`${n} ${UNITS[unit].zh}`, `${n} ${n === 1 ? UNITS[unit].one : UNITS[unit].many}`)
/** A level of Chinese by the points table's own name. */
const chinese = (level: string): Text => {
  const hsk = /^hsk(\d)$/.exec(level)?.[1]
  if (hsk) return t(`汉语水平考试（HSK）${hsk} 级`, `HSK ${hsk}`)
  return level === 'formerNational'
    ? t('曾有中国国籍', 'former Chinese national')
    : t('学士及以上学位为汉语授课', 'degree taught in Chinese')
}

/** Every word of the closed sets in both languages, as it stands inside a sentence. */
export const labels = {
  ...paperLabels,
  stage,
  filer,
  party,
  day,
  restsOn,
  permit,
  carrier,
  degree,
  contractKind,
  stay,
  countryOf,
  whereabouts,
  payFigure,
  permitDetail,
  employer,
  section,
  amount,
  chinese,
} as const
