import type { Text } from '../kernel.ts'
import type {
  Authentication,
  Carrier,
  ContractKind,
  CountryOf,
  DayOf,
  Degree,
  Effect,
  EmployerStanding,
  Filer,
  Issuer,
  Missed,
  Otherwise,
  PaperKind,
  PaperLanguage,
  Party,
  PayFigure,
  PermitDetail,
  PermitStanding,
  RestsOn,
  Section,
  Shown,
  Signer,
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
const party: Words<Party> = { authority: t('我们', 'the office'), employer: t('用人单位', 'the employer'), holder: t('持证人', 'the holder') }
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
const authentication: Words<Authentication> = {
  none: t('无需认证', 'no authentication'),
  apostille: t('附加证明书', 'apostille'),
  chineseMission: t('中国驻外使领馆认证', 'Chinese mission abroad'),
  missionInChina: t('学历授予国驻华使领馆认证', "that country's mission in China"),
  credentialBody: t('中国学历认证机构认证', 'Chinese credential body'),
  localNotary: t('当地公证', 'local notary'),
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
const issuer: Words<Issuer> = {
  police: t('警察或安全部门', 'the police'),
  court: t('法院', 'a court'),
  mission: t('驻华使领馆', 'a mission in China'),
  exitEntry: t('公安机关出入境管理机构', 'the exit-entry police'),
  quarantine: t('境内检验检疫机构', 'the quarantine body in China'),
  formerEmployer: t('原工作单位', 'a former employer'),
  newspaper: t('报社', 'a newspaper'),
  talentAuthority: t('人才主管部门', 'a talent authority'),
}
const signer: Words<Signer> = {
  person: t('申请人', 'the person'),
  employer: t('用人单位', 'the employer'),
  issuer: t('出具单位', 'the issuer'),
  legalRepresentative: t('法定代表人', 'the legal representative'),
}
const shown: Words<Shown> = {
  place: t('工作地点', 'place of work'),
  work: t('工作内容', 'work'),
  pay: t('薪资', 'pay'),
  period: t('起止时间', 'period'),
  position: t('职位', 'position'),
  signatures: t('签字盖章页', 'signatures'),
  entries: t('入境记录', 'entries'),
  passportNumber: t('护照号码', 'passport number'),
  permitNumber: t('工作许可编号', 'permit number'),
}
const language: Words<PaperLanguage> = { zh: t('中文', 'Chinese'), any: t('任何语言', 'any language') }
const paperKind: Words<PaperKind> = {
  applicationForm: t('申请表', 'Application form'),
  acceptanceReceipt: t('受理单', 'Acceptance receipt'),
  deficiencyNotice: t('补正告知书', 'Deficiency notice'),
  nonAcceptance: t('不予受理决定书', 'Decision not to accept'),
  extensionOfTime: t('延长期限告知书', 'Notice of more time'),
  notice: t('《外国人工作许可通知》', 'Work Permit Notice'),
  decision: t('《准予行政许可决定书》', 'Decision on Granting Administrative Licence'),
  refusal: t('不予行政许可决定书', 'Decision of refusal'),
  cancellationCertificate: t('注销证明', 'Cancellation certificate'),
  employerApproval: t('用人单位注册核准书', 'Approval of the employer'),
  letter: t('函件', 'Letter'),
  collectionReceipt: t('领取回执', 'Collection receipt'),
}
const effect: Words<Effect> = {
  grantPermit: t('准予工作许可', 'A permit is granted'),
  extendPermit: t('延续工作许可', 'The permit is extended'),
  changePermit: t('变更工作许可', 'The permit is changed'),
  endPermit: t('注销工作许可', 'The permit ends'),
  transferPermit: t('工作许可转至新单位', 'The permit passes to the new employer'),
  replaceNotice: t('换发新版《通知》', 'A new Notice replaces the old one'),
  loadCard: t('工作许可加载到电子社保卡', 'The permit is loaded on the electronic card'),
  approveEmployer: t('核准用人单位', 'The employer is approved'),
  changeEmployer: t('变更用人单位信息', "The employer's record is changed"),
  issueLetter: t('签发函件', 'A letter is issued'),
}
const missed: Words<Missed> = {
  alarm: t('提醒负责人', 'the head of the office is told'),
  deemAccepted: t('视为自收到之日起受理', 'the filing counts as accepted from the day it was received'),
  deemGranted: t('视为准予延续', 'the extension counts as granted'),
  lapseFiling: t('申请失效，资料可以再用', 'the filing lapses; its data can be used again'),
  lapseNotice: t('《通知》失效', 'the Notice lapses'),
  expirePermit: t('工作许可到期终止', 'the permit ends'),
  flagOverdue: t('标记为逾期', 'it is marked as overdue'),
  openTask: t('转为督办事项', 'a supervisor takes it up'),
  becomeDefect: t('转为需补正事项', 'the paper becomes a point to correct'),
}
const otherwise: Words<Otherwise> = {
  refuse: t('不能提交', 'the filing is refused'),
  warn: t('提示，不影响提交', 'a warning; you can file'),
  officerDecides: t('由审批人员决定', 'an officer decides'),
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
  return level === 'formerNational' ? t('曾有中国国籍', 'former Chinese national') : t('学士及以上学位为汉语授课', 'degree taught in Chinese')
}

/** Every word of the closed sets in both languages, as it stands inside a sentence. */
export const labels = {
  stage,
  filer,
  party,
  day,
  restsOn,
  authentication,
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
  issuer,
  signer,
  shown,
  language,
  paperKind,
  effect,
  missed,
  otherwise,
  section,
  amount,
  chinese,
} as const
