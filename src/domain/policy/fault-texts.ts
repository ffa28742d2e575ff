import type { Text } from '../kernel.ts'
import { t } from './wording.ts'

const f = (zh: string, en: string, zhWay: string, enWay: string): { text: Text; remedy: Text } => ({
  text: t(zh, en),
  remedy: t(zhWay, enWay),
})

/** What is wrong with a field, and the way out, by code. Codes of the pack's own reasons stand beside these. */
export const FAULTS = {
  fieldMissing: f('此项未填写。', 'This field is empty.', '请填写后再提交。', 'Fill it in, then file.'),
  rowMissing: f('此部分还没有内容。', 'Nothing is entered here yet.', '请至少添加一条。', 'Add at least one entry.'),
  givenNamesMissing: f(
    '未填写名。',
    'The given names are empty.',
    '护照只有一个姓名的，请勾选“护照只有一个姓名”。',
    'Fill them in, or tick that the passport shows only one name.',
  ),
  oneNameTwoParts: f(
    '已勾选只有一个姓名，但填写了名。',
    'One name is ticked, but given names are filled in.',
    '请对照护照，保留其中一项。',
    'Look at the passport and keep one of the two.',
  ),
  familyUnanswered: f(
    '未说明是否有家属随行。',
    'It is not said whether family comes along.',
    '请添加家属，或勾选无随行家属。',
    'Add them, or tick that nobody comes along.',
  ),
  familyContradicts: f(
    '已勾选无随行家属，但列有家属。',
    'Nobody comes along is ticked, but relatives are listed.',
    '请删除家属，或取消勾选。',
    'Remove the relatives, or take the tick away.',
  ),
  familyTwice: f('同一家属列了两次。', 'The same relative is listed twice.', '请删除重复的一条。', 'Remove one of the two.'),
  declarationMissing: f('未作真实性声明。', 'The declaration of truth is missing.', '请阅读后勾选。', 'Read it and tick it.'),
  noRecordNotDeclared: f(
    '未作无犯罪记录声明。',
    'The declaration of no criminal record is missing.',
    '请由本人确认后勾选。',
    'Let the person confirm it, then tick it.',
  ),
  answerMissing: f('此问题未回答。', 'This question is not answered.', '请回答后再提交。', 'Answer it, then file.'),
  answerNotOffered: f('回答不在可选范围内。', 'This answer is not among those offered.', '请重新选择。', 'Choose again.'),
  inFuture: f('日期在今天之后。', 'The day lies in the future.', '请对照证件更正。', 'Correct it from the document.'),
  tooLongAgo: f('日期过早，疑为笔误。', 'The day lies too long ago.', '请对照证件更正。', 'Correct it from the document.'),
  datesReversed: f('终止日期早于起始日期。', 'The end lies before the start.', '请对照材料更正。', 'Correct it from the paper.'),
  beforeBirth: f('日期早于出生日期。', 'The day lies before the birth.', '请对照证件更正。', 'Correct it from the document.'),
  passportOver: f('护照已过期。', 'The passport has expired.', '请换发护照后填写新护照。', 'Renew the passport, then enter the new one.'),
  passportIssuerDiffers: f(
    '护照签发国与国籍不同。',
    'The passport was issued by another state than the nationality.',
    '请对照护照核对；无误可以提交。',
    'Check it with the passport; if it is right, you can file.',
  ),
  experienceGap: f(
    '工作经历有一个月以上的空档。',
    'The work history has a gap of a month or more.',
    '请补充该时段，或在最近一条经历中说明。',
    'Add what was done then, or explain it in the entry before.',
  ),
  contractOutlivesPassport: f(
    '合同期晚于护照有效期，许可将随护照到期。',
    'The contract ends after the passport; the permit will end with the passport.',
    '可先换发护照再提交。',
    'Renew the passport first if that matters.',
  ),
  termImplausible: f(
    '合同期过长，疑为笔误。',
    'The contract runs too long to be right.',
    '请对照合同更正。',
    'Correct it from the contract.',
  ),
  yearlyPayDiffers: f(
    '合同年薪与月薪乘以十二不符。',
    'The yearly figure is not twelve times the monthly one.',
    '请对照合同核对；以合同写明的数额为准。',
    'Check it with the contract; the figure stated there counts.',
  ),
  claimUnknown: f(
    '所选类别标准在现行规定中不存在。',
    'The criterion chosen is not in the rules in force.',
    '请重新选择类别标准。',
    'Choose the criterion again.',
  ),
} as const satisfies Record<string, { text: Text; remedy: Text }>
export type FaultCode = keyof typeof FAULTS
