import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '../db/db.ts'
import type { Day } from '../domain/kernel.ts'
import type { PaperKind } from '../domain/policy/words.ts'
import { getOffice } from '../store/office.ts'
import { insertCode, insertPaper, newCode, nextSerial, type PaperOrder, type PaperRow } from '../store/paper.ts'
import type { Tools } from './tools.ts'

/** Papers on which a QR stands: whoever holds the sheet can ask whether it is real. */
const CODED: readonly PaperKind[] = ['notice', 'decision']

/**
 * Makes a paper due: number, check code and order within the transaction that caused it; the file itself is made by a job after the commit.
 * Numbers come from the pack's pattern, so that each authority keeps its own form of document number.
 */
export async function orderPaper(
  tools: Tools,
  tx: Tx,
  owner: { kind: PaperRow['ownerKind']; id: string; dataKeyId: string },
  packHash: string,
  order: Omit<PaperOrder, 'code'>,
  at: string,
): Promise<string> {
  const id = uuidv7()
  const { pack } = await tools.packs.byHash(packHash)
  const office = await getOffice(tx, order.officeId)
  const year = Number(order.on.slice(0, 4))
  const serial = await nextSerial(tx, order.kind, office.id, year)
  const pattern = Object.values(pack.papers).find((p) => p.kind === order.kind)?.number ?? '{office}-{kind}-{year}-{serial}'
  const values: Record<string, string> = {
    office: office.code,
    kind: order.kind,
    year: String(year),
    serial: String(serial).padStart(6, '0'),
  }
  const number = pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  const code = CODED.includes(order.kind) && order.permitId ? newCode() : undefined
  await insertPaper(tx, tools.vault, {
    id,
    ownerKind: owner.kind,
    ownerId: owner.id,
    number,
    packHash,
    dataKeyId: owner.dataKeyId,
    order: { ...order, ...(code ? { code } : {}) },
  })
  if (code && order.permitId) await insertCode(tx, code, { kind: 'paper', paperId: id, permitId: order.permitId }, at)
  await tools.enqueue(tx, 'makePaper', { paperId: id })
  return id
}
export type { Day }
