import type { Db, Tx } from '../db/db.ts'
import type { ApplicationAction } from '../domain/application/commands.ts'
import type { FilingForm } from '../domain/application/form.ts'
import type { Application } from '../domain/application/state.ts'
import type { ApplicationWorld, OpenItem } from '../domain/application/world.ts'
import type { Calendar } from '../domain/clock/calendar.ts'
import { workingDaysBetween } from '../domain/clock/calendar.ts'
import { type Day, dayOf, type Envelope } from '../domain/kernel.ts'
import { assess } from '../domain/policy/assess.ts'
import { type Facts, factsOf } from '../domain/policy/facts.ts'
import { formFaults } from '../domain/policy/form-faults.ts'
import { resolvePeriods } from '../domain/policy/periods.ts'
import type { LoadedApplication } from '../store/application.ts'
import { changedSections, formDigest, getForm } from '../store/form.ts'
import { findRouting, type Routing } from '../store/office.ts'
import type { PublishedPack } from '../store/pack-register.ts'
import { findEmployer } from '../store/small-aggregate.ts'
import type { Tools } from './tools.ts'

/** What only the caller knows: a form not yet stored, the person bound at submission, the place in the queue. */
export type WorldExtras = { form?: FilingForm; personId?: string; nextInLine?: boolean; conflict?: boolean; otherPermits?: number }

/** Acts that look at no fact of the form: for them nothing is opened. */
const LIGHT: ReadonlySet<ApplicationAction> = new Set([
  'take',
  'giveBack',
  'checkPaper',
  'moveToOffice',
  'recordPaper',
  'recordDelivery',
  'withdraw',
  'extendTime',
  'sendBack',
])

/** The rules under which a filing stands: those it was filed under, or for a draft those in force today where it would go. */
export async function rulesOf(
  tools: Tools,
  db: Db | Tx,
  a: Application,
  employer: { areaCode: string; tier: string },
  today: Day,
): Promise<{ published: PublishedPack; item: OpenItem; routing?: Routing; calendar: Calendar }> {
  const routing = a.packHash ? undefined : await findRouting(db, a.item, employer.areaCode, employer.tier)
  if (!a.packHash && !routing) throw new Error(`no office takes ${a.item} for area ${employer.areaCode}`)
  const published = a.packHash ? await tools.packs.byHash(a.packHash) : await tools.packs.inForce(routing!.jurisdiction, today)
  const item = published.pack.items[a.item]
  if (item?.offer !== 'open') throw new Error(`${a.item} is not an open item of ${published.jurisdiction} ${published.from}`)
  return {
    published,
    item,
    ...(routing ? { routing: { jurisdiction: routing.jurisdiction, offices: pick(routing, item) } } : {}),
    calendar: await tools.packs.calendar(published.pack.pack.calendar),
  }
}
const pick = (routing: Routing, item: OpenItem) =>
  Object.fromEntries(item.stages.flatMap((s) => (routing.offices[s] ? [[s, routing.offices[s]]] : [])))

/** Facts of a filing as its form, papers and judgements stand. */
export function factsFor(
  a: Application,
  form: FilingForm,
  today: Day,
  employerStanding: string,
  published: PublishedPack,
  otherPermits?: number,
): Facts {
  return factsOf({
    form,
    item: a.item,
    ground: a.ground ?? null,
    filer: a.filedBy,
    filedOn: a.submittedOn ?? today,
    today,
    pack: published.pack,
    judgements: Object.fromEntries(Object.values(a.judgements).map((j) => [j.code, j.finding === 'yes'])),
    context: { employerStanding, ...(otherPermits === undefined ? {} : { otherPermits }), otherOpenItems: [] },
  })
}

/** Everything a decision may look at, read within the caller's transaction. */
export async function gatherWorld(
  tools: Tools,
  db: Db | Tx,
  loaded: LoadedApplication,
  envelope: Envelope,
  action: ApplicationAction,
  extras: WorldExtras,
): Promise<ApplicationWorld> {
  const a = loaded.state
  const today = dayOf(envelope.at)
  const { published, item, routing, calendar } = await rulesOf(tools, db, a, loaded, today)
  const base = {
    envelope,
    today,
    pack: published.pack,
    packHash: published.hash,
    item,
    calendar,
    facts: {},
    periods: [],
    faults: [],
    formDigest: '',
    changedSections: [],
    employerApproved: true,
    conflict: extras.conflict ?? false,
    nextInLine: extras.nextInLine ?? false,
    ...(routing ? { routing } : {}),
    ...(extras.personId ? { personId: extras.personId } : {}),
  } satisfies ApplicationWorld
  if (LIGHT.has(action)) return base
  const form = extras.form ?? (await getForm(db, tools.vault, a.id, a.formVersion))
  const seen = a.seen[a.seen.length - 1]
  const before = seen ? await getForm(db, tools.vault, a.id, seen.formVersion) : undefined
  const employer = await findEmployer(db, a.employerId)
  if (!employer) throw new Error(`employer ${a.employerId} is named but not stored`)
  const facts = factsFor(a, form, today, employer.state.standing, published, extras.otherPermits)
  const world = { lists: published.pack.lists, workingDaysBetween: (from: Day, to: Day) => workingDaysBetween(calendar, from, to) }
  const assessment = assess(published.pack, a.item, facts, today, world)
  const known: Facts = { ...facts, ...(assessment.class ? { class: assessment.class } : {}) }
  return {
    ...base,
    facts: assessment.facts ?? known,
    assessment,
    periods: resolvePeriods(published.pack, a.item, assessment.facts ?? known, world),
    faults: formFaults(form, item, published.pack, today)
      .filter((f) => f.severity !== 'warn')
      .map((f) => ({ path: f.path, code: f.code })),
    formDigest: formDigest(tools.vault, form),
    changedSections: seen ? changedSections(before, form) : [],
    employerApproved: employer.state.standing === 'approved',
  }
}
