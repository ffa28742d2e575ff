import { type Tx, transaction } from '../../db/db.ts'
import { ENDED } from '../../domain/application/state.ts'
import type { Envelope } from '../../domain/kernel.ts'
import { findApplication } from '../../store/application.ts'
import {
  countOpenUploads,
  type EmployerScope,
  findUploadRow,
  insertUpload,
  type SlotRules,
  type UploadRow,
  uploadIdTaken,
} from '../../store/blob/upload.ts'
import { fileLabel } from './file-label.ts'
import { findSlotRules } from './slot-rules.ts'
import { looseUntil, no, SEAL_RULES, type UploadOutcome, type UploadTools, yes } from './upload-tools.ts'
import { type UploadView, viewsOf } from './upload-view.ts'

/** For a paper of a filing, or for the picture of a seal, which belongs to the unit. `id` comes from the sender, so that the order may be sent twice. */
export type StartUpload = { id: string; name: string; bytes: number } & (
  | { for: 'paper'; applicationId: string; slot: string; form: string; translation: boolean }
  | { for: 'seal' }
)

/** Opens an upload with a key of its own. Sent twice it answers with what is there; a file too large for its slot is refused before a byte travels. */
export async function startUpload(
  tools: UploadTools,
  scope: EmployerScope,
  envelope: Envelope,
  order: StartUpload,
): Promise<UploadOutcome<UploadView>> {
  return transaction(tools.db, async (tx): Promise<UploadOutcome<UploadView>> => {
    const open = await countOpenUploads(tx, scope.employerId)
    const known = await findUploadRow(tx, scope, order.id)
    if (known) return same(known, order) ? yes((await viewsOf(tools, tx, [known]))[0]!) : no({ code: 'uploadIdTaken' })
    if (await uploadIdTaken(tx, order.id)) return no({ code: 'uploadIdTaken' })
    const rules = await rulesFor(tools, tx, scope, order)
    if (!rules.ok) return rules
    if (order.bytes < 1) return no({ code: 'uploadRefused', faults: [{ code: 'tooSmall', measured: order.bytes, limit: 1 }] })
    if (order.bytes > rules.value.maxBytes)
      return no({ code: 'uploadRefused', faults: [{ code: 'tooLarge', measured: order.bytes, limit: rules.value.maxBytes }] })
    const { openFiles, openBytes } = tools.uploads
    if (open.files >= openFiles) return no({ code: 'uploadQuota', of: 'files', limit: openFiles })
    if (open.bytes + order.bytes > openBytes) return no({ code: 'uploadQuota', of: 'bytes', limit: openBytes })
    const row = {
      id: order.id,
      accountId: envelope.actor.accountId,
      employerId: scope.employerId,
      ...place(order),
      dataKeyId: await tools.vault.createDataKey(tx),
      rules: rules.value,
      declared: order.bytes,
    }
    await insertUpload(tx, tools.vault, row, fileLabel(order.name), tools.now(), looseUntil(tools))
    return yes((await viewsOf(tools, tx, [(await findUploadRow(tx, scope, order.id))!]))[0]!)
  })
}

const place = (order: StartUpload) =>
  order.for === 'paper'
    ? { applicationId: order.applicationId, slot: order.slot, form: order.form, translation: order.translation }
    : { applicationId: null, slot: 'seal', form: null, translation: false }

const same = (u: UploadRow, order: StartUpload) => {
  const p = place(order)
  return (
    u.declared === order.bytes &&
    u.applicationId === p.applicationId &&
    u.slot === p.slot &&
    u.form === p.form &&
    u.translation === p.translation &&
    u.state !== 'cancelled'
  )
}

const rulesFor = async (tools: UploadTools, tx: Tx, scope: EmployerScope, order: StartUpload): Promise<UploadOutcome<SlotRules>> => {
  if (order.for === 'seal')
    return scope.mandateItems === undefined ? yes({ ...SEAL_RULES, types: [...SEAL_RULES.types] }) : no({ code: 'notFound' })
  const filing = await findApplication(tx, { id: order.applicationId }, scope)
  if (!filing) return no({ code: 'notFound' })
  if (ENDED.includes(filing.state.stage)) return no({ code: 'actionNotOpen', action: 'attachPaper', stage: filing.state.stage })
  const rules = await findSlotRules(tools, tx, filing, { code: order.slot, form: order.form, translation: order.translation })
  return rules ? yes(rules) : no({ code: 'paperFormNotAccepted', paper: order.slot, form: order.form })
}
