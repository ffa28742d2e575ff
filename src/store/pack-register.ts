import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Calendar, CalendarYear } from '../domain/clock/calendar.ts'
import type { Day } from '../domain/kernel.ts'
import type { Pack } from '../domain/policy/pack.ts'

/** A published pack: one immutable row, addressed by the hash of its canonical text. */
export type PublishedPack = { hash: string; pack: Pack; jurisdiction: string; from: Day }
export type PackRegister = {
  /** The pack in force for a jurisdiction on a day: the latest one that began on or before it. */
  inForce(jurisdiction: string, on: Day): Promise<PublishedPack>
  byHash(hash: string): Promise<PublishedPack>
  /** Jurisdictions that have a pack in force on a day. */
  list(on: Day): Promise<PublishedPack[]>
  calendar(id: string): Promise<Calendar>
}

type Row = { hash: string; jurisdiction: string; from_on: Day; resolved: string }

/**
 * Reads the register with a cache by hash: rows never change, so a cached pack is never stale. What is in force is asked each time,
 * because another process may have published meanwhile.
 */
export function createPackRegister(db: Db): PackRegister {
  const packs = new Map<string, PublishedPack>()
  const keep = (row: Row): PublishedPack => {
    const known = packs.get(row.hash)
    if (known) return known
    const published = { hash: row.hash, pack: JSON.parse(row.resolved) as Pack, jurisdiction: row.jurisdiction, from: row.from_on }
    packs.set(row.hash, published)
    return published
  }
  const years = new Map<string, CalendarYear>()
  return {
    async inForce(jurisdiction, on) {
      const { rows } = await sql<{
        hash: string
      }>`select hash from policy_pack where jurisdiction = ${jurisdiction} and from_on <= ${on} order by from_on desc, published_at desc limit 1`.execute(
        db,
      )
      const hash = rows[0]?.hash
      if (!hash) throw new Error(`no pack is in force for ${jurisdiction} on ${on}`)
      return this.byHash(hash)
    },
    async byHash(hash) {
      const known = packs.get(hash)
      if (known) return known
      const { rows } = await sql<Row>`select hash, jurisdiction, from_on, resolved from policy_pack where hash = ${hash}`.execute(db)
      if (!rows[0]) throw new Error(`pack ${hash} is named but not in the register`)
      return keep(rows[0])
    },
    async list(on) {
      const { rows } =
        await sql<Row>`select distinct on (jurisdiction) hash, jurisdiction, from_on, resolved from policy_pack where from_on <= ${on} order by jurisdiction, from_on desc, published_at desc`.execute(
          db,
        )
      return rows.map(keep)
    },
    async calendar(id) {
      const { rows } = await sql<{
        hash: string
        year: number
      }>`select distinct on (year) hash, year from calendar_year where calendar = ${id} order by year, published_at desc`.execute(db)
      const missing = rows.filter((r) => !years.has(r.hash)).map((r) => r.hash)
      if (missing.length > 0) {
        const found = await sql<{
          hash: string
          resolved: string
        }>`select hash, resolved from calendar_year where hash = any(${missing})`.execute(db)
        for (const r of found.rows) years.set(r.hash, JSON.parse(r.resolved) as CalendarYear)
      }
      return { id, years: Object.fromEntries(rows.map((r) => [r.year, years.get(r.hash)!])) }
    },
  }
}

/** Adds a pack that the register lacks; a row that is there is never changed. `canonical` is the canonical JSON text of the merged pack. */
export async function publishPack(
  tx: Tx | Db,
  pack: Pack,
  canonical: string,
  parentHash: string | null,
  names: { proposedBy: string; publishedBy: string },
): Promise<string> {
  const hash = createHash('sha256').update(canonical, 'utf8').digest('hex')
  await sql`insert into policy_pack (hash, jurisdiction, from_on, parent_hash, resolved, proposed_by, published_by)
    values (${hash}, ${pack.pack.jurisdiction}, ${pack.pack.from}, ${parentHash}, ${canonical}, ${names.proposedBy}, ${names.publishedBy}) on conflict (hash) do nothing`.execute(
    tx,
  )
  return hash
}

/** Adds a calendar year that the register lacks. The latest publication of a year counts. */
export async function publishCalendarYear(tx: Tx | Db, calendar: string, year: CalendarYear, canonical: string): Promise<void> {
  const hash = createHash('sha256').update(`${calendar}\n${canonical}`, 'utf8').digest('hex')
  await sql`insert into calendar_year (hash, calendar, year, resolved) values (${hash}, ${calendar}, ${year.year}, ${canonical}) on conflict (hash) do nothing`.execute(
    tx,
  )
}

/** The two stand-ins who "published" what came with the installation: never a person's account. */
export const SEED_NAMES = { proposedBy: '00000000-0000-7000-8000-000000000001', publishedBy: '00000000-0000-7000-8000-000000000002' }
