import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { WorkStage } from '../domain/policy/words.ts'

export type Office = { id: string; code: string; nameZh: string; nameEn: string; jurisdiction: string; phone: string }
/** Where filings of an item go for one employer: an office a stage, and the jurisdiction whose packs hold there. */
export type Routing = { jurisdiction: string; offices: Partial<Record<WorkStage, string>> }

/**
 * The office of each stage by the employer's area and ownership tier. The longest area that fits wins, then a named item over `*`, then a named tier:
 * the office comes first, then its jurisdiction, then the pack in force there.
 */
export async function findRouting(db: Db | Tx, item: string, areaCode: string, tier: string): Promise<Routing | undefined> {
  const { rows } = await sql<{ stage: WorkStage; office_id: string; jurisdiction: string }>`
    select distinct on (c.stage) c.stage, c.office_id, o.jurisdiction from office_capability c join office o on o.id = c.office_id
    where c.item in (${item}, '*') and ${areaCode} like c.area || '%' and c.tier in (${tier}, '*')
    order by c.stage, length(c.area) desc, (c.item = '*'), (c.tier = '*')`.execute(db)
  const first = rows[0]
  if (!first) return undefined
  return { jurisdiction: first.jurisdiction, offices: Object.fromEntries(rows.map((r) => [r.stage, r.office_id])) }
}

export async function findOffice(db: Db | Tx, id: string): Promise<Office | undefined> {
  const { rows } = await sql<{
    id: string
    code: string
    name_zh: string
    name_en: string
    jurisdiction: string
    phone: string
  }>`select * from office where id = ${id}`.execute(db)
  const r = rows[0]
  return r && { id: r.id, code: r.code, nameZh: r.name_zh, nameEn: r.name_en, jurisdiction: r.jurisdiction, phone: r.phone }
}

export async function getOffice(db: Db | Tx, id: string): Promise<Office> {
  const office = await findOffice(db, id)
  if (!office) throw new Error(`office ${id} is named but not stored`)
  return office
}
