import type { Db, Tx } from '../db/db.ts'
import { workingDaysBetween } from '../domain/clock/calendar.ts'
import { type Day, dayOf, type Envelope } from '../domain/kernel.ts'
import type { PermitWorld } from '../domain/permit/decide.ts'
import type { Permit } from '../domain/permit/state.ts'
import { resolvePeriods } from '../domain/policy/periods.ts'
import type { Tools } from './tools.ts'

/** What a decision about a permit may look at. Duties born later take the pack in force on the day of their starting event. */
export async function gatherPermitWorld(tools: Tools, _db: Db | Tx, p: Permit, envelope: Envelope): Promise<PermitWorld> {
  const today = dayOf(envelope.at)
  const granted = await tools.packs.byHash(p.packHash)
  const { pack } = await tools.packs.inForce(granted.jurisdiction, today)
  const calendar = await tools.packs.calendar(pack.pack.calendar)
  const item = pack.items[p.item]?.offer === 'open' ? pack : granted.pack
  const facts = { class: p.class, days: { today, permitExpires: p.validUntil, ...(p.enteredOn ? { entered: p.enteredOn } : {}) } }
  const world = { lists: pack.lists, workingDaysBetween: (from: Day, to: Day) => workingDaysBetween(calendar, from, to) }
  const window = pack.window
  return {
    envelope,
    today,
    calendar,
    periods: resolvePeriods(item, p.item, facts, world),
    windowReasons: Object.entries(pack.reasons)
      .filter(([, r]) => r.for.includes('mismatch'))
      .map(([code]) => code),
    windowPapers: window?.papers ?? [],
    ...(window?.medical ? { medical: window.medical } : {}),
  }
}
