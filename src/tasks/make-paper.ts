import { transaction } from '../db/db.ts'
import { acceptanceReceiptModel } from '../documents/papers/acceptance-receipt.ts'
import { decisionModel } from '../documents/papers/decision.ts'
import { deficiencyNoticeModel } from '../documents/papers/deficiency-notice.ts'
import type { PaperMade } from '../documents/papers/model.ts'
import { noticeModel } from '../documents/papers/notice.ts'
import { renderPaper } from '../documents/papers/render.ts'
import { fullName } from '../domain/names/full-name.ts'
import type { Tools } from '../service/tools.ts'
import { findApplication } from '../store/application.ts'
import { confirmBlob, stageBlob } from '../store/blob/sealed-blob.ts'
import { getForm } from '../store/form.ts'
import { getOffice } from '../store/office.ts'
import { findPaper, getPaperOrder, keepPaperFile } from '../store/paper.ts'
import { findPermit } from '../store/permit.ts'
import { findPermitNumber } from '../store/person.ts'
import { findEmployer } from '../store/small-aggregate.ts'
import { countryText, machineName, personOf } from './paper-values.ts'

/** Kinds of paper that this version can print; the others stay due and visible. */
export const PRINTABLE = ['notice', 'decision', 'acceptanceReceipt', 'deficiencyNotice'] as const

/**
 * Makes the file of a paper that a commit made due: from references that never change, so that a second making gives the same paper.
 * Asks first whether it is done; of two makers at once one file is kept, the other is swept.
 */
export async function makePaper(tools: Tools, { paperId }: { paperId: string }): Promise<'made' | 'already' | 'notPrintable'> {
  const row = await findPaper(tools.db, paperId)
  if (!row) throw new Error(`paper ${paperId} is named but not stored`)
  if (row.state === 'issued') return 'already'
  const made = await modelOf(tools, paperId)
  if (!made) return 'notPrintable'
  if (!made.ok) throw new Error(`paper ${paperId}: ${JSON.stringify(made.refusal)}`)
  const rendered = await renderPaper(made.model)
  if (!rendered.ok) throw new Error(`paper ${paperId}: ${rendered.refusal.code}`)
  const blobId = await stageBlob(tools, {
    dataKeyId: row.dataKeyId,
    type: 'application/pdf',
    pages: rendered.pages,
    content: rendered.bytes,
  })
  await transaction(tools.db, async (tx) => {
    if (await keepPaperFile(tx, paperId, blobId, tools.now())) await confirmBlob(tx, blobId, tools.now())
  })
  return 'made'
}

/** What a paper says, gathered from the sealed record and the pack under which it became due. */
const modelOf = async (tools: Tools, paperId: string): Promise<PaperMade | undefined> => {
  const row = (await findPaper(tools.db, paperId))!
  const order = await getPaperOrder(tools.db, tools.vault, paperId)
  const { pack } = await tools.packs.byHash(row.packHash)
  const texts = Object.values(pack.papers).find((p) => p.kind === order.kind)
  const a = (await findApplication(tools.db, { id: order.applicationId }, { kind: 'system' }))!.state
  const form = await getForm(tools.db, tools.vault, order.applicationId, order.formVersion)
  const unit = (await findEmployer(tools.db, a.employerId))!
  const office = await getOffice(tools.db, order.officeId)
  const item = pack.items[a.item]
  if (!texts || !item || !form.identity) return undefined
  const person = personOf(form.identity)
  const base = {
    number: row.number,
    issuer: { zh: office.nameZh, en: office.nameEn },
    issuedOn: order.on,
    madeAt: row.madeAt,
    specimen: tools.kind === 'demo',
    person,
    employer: { name: unit.nameZh, nameEn: unit.nameEn, creditCode: unit.creditCode },
    filing: { caseNo: a.caseNo, item: item.title, filedOn: a.submittedOn ?? order.on },
  }
  const acceptedOn = a.acceptedOn ?? order.on
  if (order.kind === 'acceptanceReceipt') {
    const clock = a.clocks
      .filter((c) => c.startedBy === 'accepted' && c.period.party === 'authority')
      .sort((x, y) => x.dueOn.localeCompare(y.dueOn))[0]
    const papers = Object.values(a.papers).map((p) => ({
      title: pack.materials[p.code]?.title ?? same(p.code),
      note: pack.materials[p.code]?.forms[p.form]?.title ?? same(p.form),
      pages: p.pages,
    }))
    const by = a.lastOfficer.acceptance ? ('officer' as const) : ('law' as const)
    return acceptanceReceiptModel(
      { ...base, accepted: { by, on: acceptedOn }, decideBy: clock?.dueOn ?? order.on, provisional: clock?.provisional ?? false, papers },
      texts,
    )
  }
  if (order.kind === 'deficiencyNotice') {
    const defects = a.defects
      .filter((d) => order.defects?.includes(d.id))
      .map((d) => {
        const reason = pack.reasons[d.reason]
        const where = d.point.kind === 'paper' ? (pack.materials[d.point.code]?.title ?? same(d.point.code)) : same(d.point.code)
        return { where, reason: reason?.text ?? where, remedy: reason?.remedy ?? where, law: reason?.law }
      })
    return deficiencyNoticeModel({ ...base, defects, dueOn: order.dueOn ?? order.on }, texts)
  }
  const permit = order.permitId ? (await findPermit(tools.db, { id: order.permitId }, { kind: 'system' }))?.state : undefined
  const permitNumber = permit && (await findPermitNumber(tools.db, tools.vault, permit.personId))
  if (!permit || !permitNumber || !order.code) return undefined
  const checkUrl = `${tools.publicOrigin}/v/${order.code}`
  const granted = {
    class: permit.class,
    permitNumber,
    post: { zh: form.job?.title ?? '', ...(form.job?.titleEn ? { en: form.job.titleEn } : {}) },
    place: form.job?.place ?? '',
    validFrom: permit.validFrom,
    validUntil: permit.validUntil,
  }
  if (order.kind === 'decision') return decisionModel({ ...base, granted, acceptedOn, decidedOn: permit.grantedOn, checkUrl }, texts)
  if (order.kind !== 'notice') return undefined
  const use = permit.clocks.find((c) => c.startedBy === 'noticeIssued')
  const duty = permit.verificationPeriod ? pack.periods[permit.verificationPeriod]?.text : undefined
  const family = (form.family ?? []).map((m) => ({
    relation: RELATION[m.relation ?? 'spouse'],
    fullName: fullName(m),
    bornOn: m.bornOn ?? '',
    nationality: countryText(m.nationality),
    passportNumber: m.passportNumber ?? '',
  }))
  return noticeModel(
    {
      ...base,
      person: { ...person, mrzName: machineName(form.identity) },
      granted,
      approvedMonths: Math.round((Date.parse(permit.validUntil) - Date.parse(permit.validFrom)) / MONTH_MS),
      noticeMonths: use && 'amount' in use.period.length ? use.period.length.amount : 0,
      noticeUntil: use?.dueOn ?? permit.validUntil,
      family,
      checkUrl,
      ...(form.visa?.postCity
        ? {
            consularPost: {
              zh: `${countryText(form.visa.postCountry).zh} ${form.visa.postCity}`,
              en: `${form.visa.postCity}, ${countryText(form.visa.postCountry).en}`,
            },
          }
        : {}),
      ...(duty ? { verification: duty } : {}),
    },
    texts,
  )
}

const same = (code: string) => ({ zh: code, en: code })
/** A month as the calendar means it on average; the days themselves stand beside the figure. */
const MONTH_MS = 30.4375 * 86_400_000
const RELATION = {
  spouse: { zh: '配偶', en: 'Spouse' },
  child: { zh: '子女', en: 'Child' },
  parent: { zh: '父母', en: 'Parent' },
  parentInLaw: { zh: '配偶父母', en: 'Parent-in-law' },
}
