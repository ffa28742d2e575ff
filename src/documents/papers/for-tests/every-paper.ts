import { acceptanceReceiptModel } from '../acceptance-receipt.ts'
import { applicationFormModel, healthCommitmentModel, salaryCommitmentModel } from '../application-form.ts'
import { cancellationCertificateModel } from '../cancellation-certificate.ts'
import { collectionReceiptModel } from '../collection-receipt.ts'
import { decisionModel } from '../decision.ts'
import { deficiencyNoticeModel } from '../deficiency-notice.ts'
import { employerApprovalModel } from '../employer-approval.ts'
import { extensionOfTimeModel } from '../extension-of-time.ts'
import { letterModel } from '../letter.ts'
import type { PaperDefect, PaperReason } from '../lists.ts'
import type { ModelKind, PaperMade, PaperTexts } from '../model.ts'
import { nonAcceptanceModel } from '../non-acceptance.ts'
import { type NoticeInput, noticeModel } from '../notice.ts'
import type { Person } from '../party.ts'
import { refusalModel } from '../refusal.ts'
import { applicationForm, checkUrl, employer, filing, granted, head, objection, person } from './sample.ts'

const common = { ...head, employer, filing, granted, objection }
const reasons: PaperReason[] = [
  {
    text: { zh: '岗位没有特殊需要', en: 'The post does not need this person' },
    law: '《外国人在中国就业管理规定》第六条',
    remark: '招聘记录显示，同一岗位近三个月有 12 名符合条件的本地应聘者。',
    remedy: { zh: '岗位要求变化后可重新申请。', en: 'File again when the needs of the post have changed.' },
  },
]
const defects: PaperDefect[] = [
  {
    where: { zh: '无犯罪记录证明', en: 'No-criminal-record certificate' },
    reason: { zh: '签发日期 2026年3月1日太早，应在 2026年5月2日当天或之后。', en: 'Issued 2026-03-01; 2026-05-02 or later is needed.' },
    remedy: { zh: '请上传新证明。', en: 'Add a newer one.' },
  },
]

/** A Notice with everything that can stand on it. */
export const noticeInput: NoticeInput = {
  ...common,
  person,
  approvedMonths: 24,
  noticeMonths: 6,
  noticeUntil: '2027-05-23',
  family: [
    {
      relation: { zh: '配偶', en: 'Spouse' },
      fullName: 'Nguyễn Thị Phương Thảo',
      bornOn: '1990-02-03',
      nationality: { zh: '越南', en: 'Viet Nam' },
      passportNumber: 'C1234567',
    },
  ],
  consularPost: { zh: '斯里兰卡（科伦坡）', en: 'Colombo, Sri Lanka' },
  verification: { zh: '入境后按期带材料原件到窗口核验。', en: 'Bring the originals to the window in time.' },
  checkUrl,
}

/** One paper of each kind, for a person of this name, from these texts. */
export const everyPaper: Record<ModelKind, (texts: PaperTexts, of?: Partial<Person>) => PaperMade> = {
  notice: (t, of) => noticeModel({ ...noticeInput, person: { ...person, ...of } }, t),
  decision: (t, of) =>
    decisionModel({ ...common, person: { ...person, ...of }, acceptedOn: '2026-11-09', decidedOn: '2026-11-20', checkUrl }, t),
  refusal: (t, of) =>
    refusalModel({ ...common, person: { ...person, ...of }, acceptedOn: '2026-11-09', decidedOn: '2026-11-20', reasons }, t),
  nonAcceptance: (t, of) => nonAcceptanceModel({ ...common, person: { ...person, ...of }, reasons }, t),
  acceptanceReceipt: (t, of) =>
    acceptanceReceiptModel(
      {
        ...common,
        person: { ...person, ...of },
        accepted: { by: 'law', on: '2026-11-09' },
        decideBy: '2026-12-07',
        provisional: true,
        papers: applicationForm.papers,
      },
      t,
    ),
  deficiencyNotice: (t, of) => deficiencyNoticeModel({ ...common, person: { ...person, ...of }, defects, dueOn: '2026-12-07' }, t),
  extensionOfTime: (t, of) =>
    extensionOfTimeModel(
      {
        ...common,
        person: { ...person, ...of },
        oldDue: '2026-12-07',
        decideBy: '2026-12-21',
        days: 10,
        reason: { zh: '需要向发证学校核实', en: 'The school must confirm' },
      },
      t,
    ),
  employerApproval: (t) =>
    employerApprovalModel(
      {
        ...common,
        employer: { ...employer, legalRepresentative: '陈建国', registeredAddress: '示例市', personInCharge: '李敏', handler: '王晓燕' },
        decidedOn: '2026-11-20',
      },
      t,
    ),
  collectionReceipt: (t, of) =>
    collectionReceiptModel(
      {
        ...common,
        person: { ...person, ...of },
        visitedOn: '2026-12-20',
        presenter: { zh: '本人', en: 'In person' },
        originals: applicationForm.papers,
        left: { papers: [{ title: { zh: '体检证明', en: 'Medical proof' }, note: { zh: '延期提交', en: 'Later' } }], dueOn: '2027-01-10' },
        collected: undefined,
      },
      t,
    ),
  cancellationCertificate: (t, of) =>
    cancellationCertificateModel(
      { ...common, person: { ...person, ...of }, endedOn: '2026-11-30', endKind: { zh: '注销', en: 'Cancelled' } },
      t,
    ),
  letter: (t, of) => letterModel({ ...common, person: { ...person, ...of }, family: [] }, t),
  applicationForm: (t) => applicationFormModel(applicationForm, t, []),
  healthCommitment: (t) => healthCommitmentModel(applicationForm, t),
  salaryCommitment: (t) => salaryCommitmentModel(applicationForm, t),
}
