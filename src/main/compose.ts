import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import * as z from 'zod'
import { canonical } from '../domain/policy/merge.ts'
import { listPacks, loadPack, readCalendar } from '../store/pack-folder.ts'
import { publishCalendarYear, publishPack, SEED_NAMES } from '../store/pack-register.ts'
import type { PrepareContext } from './hooks.ts'

const ROOT = join(import.meta.dirname, '..', '..', 'policy')
/** Made-up jurisdictions serve tests alone; an installation never publishes them. */
const FOR_TESTS = /^test-/

/** Publishes the packs and calendars that came with this program and that the register lacks; a row that is there is never changed. */
export async function loadPolicy({ db }: PrepareContext): Promise<void> {
  const hashes = new Map<string, string>()
  const calendars = new Set<string>()
  for (const name of listPacks(ROOT).filter((n) => !FOR_TESTS.test(n))) {
    const { pack, parent } = loadPack(ROOT, name)
    hashes.set(name, await publishPack(db, pack, canonical(pack), parent ? (hashes.get(parent) ?? null) : null, SEED_NAMES))
    calendars.add(pack.pack.calendar)
  }
  for (const id of calendars)
    for (const year of Object.values(readCalendar(ROOT, id).years)) await publishCalendarYear(db, id, year, canonical(year))
}

const DemoOffices = z.array(
  z.strictObject({ code: z.string(), zh: z.string(), en: z.string(), jurisdiction: z.string(), area: z.string() }),
)

/** What every screen of the demo rests on; adds only what is not there. Offices are the owner's to make. */
export async function seedDemo({ ownerDb }: PrepareContext): Promise<void> {
  if (!ownerDb) return
  const offices = DemoOffices.parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'demo', 'offices.json'), 'utf8')))
  for (const o of offices) {
    const { rows } = await sql<{
      id: string
    }>`insert into office (id, code, name_zh, name_en, jurisdiction) values (${uuidv7()}, ${o.code}, ${o.zh}, ${o.en}, ${o.jurisdiction})
      on conflict (code) do update set name_zh = excluded.name_zh returning id`.execute(ownerDb)
    for (const stage of ['preReview', 'acceptance', 'review', 'decision'])
      await sql`insert into office_capability (office_id, item, stage, area, tier) values (${rows[0]!.id}, '*', ${stage}, ${o.area}, '*') on conflict do nothing`.execute(
        ownerDb,
      )
  }
}
