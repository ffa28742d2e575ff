import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Db } from '../src/db/db.ts'
import type { FilingForm } from '../src/domain/application/form.ts'
import type { Actor, Envelope, Instant, Role } from '../src/domain/kernel.ts'
import { canonical } from '../src/domain/policy/merge.ts'
import type { Tools } from '../src/service/tools.ts'
import { openFolderStore } from '../src/store/blob/folder-store.ts'
import { loadPack, readCalendar } from '../src/store/pack-folder.ts'
import { createPackRegister, publishCalendarYear, publishPack, SEED_NAMES } from '../src/store/pack-register.ts'
import { parseMasterKeys } from '../src/store/vault/master-key.ts'
import { openVault } from '../src/store/vault/vault.ts'

/** A whole service without a door: real database, real packs, real vault; time is set by the test. */
export type Thread = {
  tools: Tools
  at: (instant: Instant) => void
  jobs: { name: string; payload: unknown }[]
  office: string
  otherOffice: string
}

export const uuid = () => uuidv7()

/** Loads packs, calendar and two offices into a fresh database and composes the tools of the use cases. */
export async function thread(db: Db, ownerDb: Db, start: Instant): Promise<Thread> {
  let now = start
  const jobs: Thread['jobs'] = []
  const hashes = new Map<string, string>()
  for (const name of ['cn-national/2024-12', 'cn-guangzhou/2024-12']) {
    const { pack, parent } = loadPack('policy', name)
    hashes.set(name, await publishPack(db, pack, canonical(pack), parent ? (hashes.get(parent) ?? null) : null, SEED_NAMES))
  }
  for (const year of Object.values(readCalendar('policy', 'cn').years)) await publishCalendarYear(db, 'cn', year, canonical(year))
  const [office, otherOffice] = [uuid(), uuid()]
  for (const [id, code, area] of [
    [office, 'GZ-A', '4401'],
    [otherOffice, 'GZ-B', '4402'],
  ] as const) {
    await sql`insert into office (id, code, name_zh, name_en, jurisdiction) values (${id}, ${code}, ${`示例受理部门 ${code}`}, ${`Example office ${code}`}, 'cn-guangzhou')`.execute(
      ownerDb,
    )
    for (const stage of ['preReview', 'acceptance', 'review', 'decision'])
      await sql`insert into office_capability (office_id, item, stage, area, tier) values (${id}, '*', ${stage}, ${area}, '*')`.execute(
        ownerDb,
      )
  }
  const tools: Tools = {
    db,
    vault: await openVault(db, { masterKeys: parseMasterKeys(`1 ${Buffer.alloc(32, 7).toString('base64url')}\n`) }),
    blobs: await openFolderStore(mkdtempSync(join(tmpdir(), 'laihua-blobs-'))),
    packs: createPackRegister(db),
    enqueue: async (_tx, name, payload) => void jobs.push({ name, payload }),
    now: () => now,
    publicOrigin: 'https://permits.example',
    kind: 'demo',
    limits: { faceTriesADay: 5, liveCodeSeconds: 60, filingsADay: 200 },
  }
  return {
    tools,
    at: (instant) => {
      now = instant
    },
    jobs,
    office,
    otherOffice,
  }
}

/** A signed-in person of the story; officers and handlers are told apart by role and scope. */
export const person = (role: Role, more: Partial<Actor> = {}): Actor => ({
  accountId: uuid(),
  personId: uuid(),
  role,
  level: 'passkey',
  ...more,
})
/** One command of an actor now, stepped up a minute ago. */
export const orderBy = (t: Thread, actor: Actor, commandId = uuid()): Envelope => {
  const at = t.tools.now()
  return { actor: { ...actor, steppedUpAt: new Date(Date.parse(at) - 60_000).toISOString() }, at, requestId: 'test', commandId }
}

/** A complete class B filing: bachelor, enough years, all fields of the overseas item. */
export const goodForm: FilingForm = {
  identity: {
    surname: 'Gutiérrez de la Fuente y Ortega',
    givenNames: 'Ana María',
    oneName: false,
    sex: 'F',
    bornOn: '1986-04-17',
    birthPlace: 'Madrid',
    nationality: 'ESP',
    maritalStatus: 'single',
    passportKind: 'ordinary',
    passportNumber: 'XDA000123',
    passportIssuedBy: 'ESP',
    passportIssuedOn: '2022-03-09',
    passportExpiresOn: '2032-03-09',
    email: 'ana@example.test',
    phone: '+34 000 000',
    whereabouts: 'outside',
  },
  education: [
    {
      school: 'Universidad Inventada',
      country: 'ESP',
      degree: 'bachelor',
      major: 'Cartography',
      from: '2004-09-01',
      until: '2008-07-01',
      fullTime: true,
    },
  ],
  experience: [
    { employer: 'Cartas Inventadas SL', country: 'ESP', post: 'Engineer', from: '2008-09-01', until: '2026-10-31', related: true },
  ],
  qualifications: { hsk: 0, vocational: 'none', extra: [] },
  job: {
    department: 'R&D',
    title: '海图算法工程师',
    titleEn: 'Chart algorithm engineer',
    occupation: '2-02-10-03',
    industry: 'I65',
    place: '9 Haibin Rd',
    areaCode: '440115',
    contractKind: 'contract',
    startsOn: '2027-01-11',
    endsOn: '2029-01-10',
    payPerMonth: 2_500_000,
    contractPayPerMonth: 2_500_000,
    paidInMainland: 100,
    monthsPerYear: 12,
    duties: 'Algorithms for charts',
    region: 'ordinary',
  },
  class: { criteria: [], points: false },
  visa: { postCountry: 'ESP', postCity: 'Madrid', kind: 'Z' },
  family: [],
  noFamily: true,
  declarations: { truthful: true, noCriminalRecord: true, personInChargeHasRead: true },
  answers: {},
}
