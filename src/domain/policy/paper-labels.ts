import type { Text } from '../kernel.ts'
import type { Issuer, PaperLanguage, Shown, Signer } from './paper-words.ts'
import type { Authentication, Effect, Missed, Otherwise, PaperKind } from './words.ts'

const t = (zh: string, en: string): Text => ({ zh, en })
type Words<W extends string> = Readonly<Record<W, Text>>

const authentication: Words<Authentication> = {
  none: t('无需认证', 'no authentication'),
  apostille: t('附加证明书', 'apostille'),
  chineseMission: t('中国驻外使领馆认证', 'Chinese mission abroad'),
  missionInChina: t('学历授予国驻华使领馆认证', "that country's mission in China"),
  credentialBody: t('中国学历认证机构认证', 'Chinese credential body'),
  localNotary: t('当地公证', 'local notary'),
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

/** Words about papers, and about what a grant or a missed period does, in both languages. */
export const paperLabels = { authentication, issuer, signer, shown, language, paperKind, effect, missed, otherwise } as const
