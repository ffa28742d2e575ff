import { sql } from 'kysely'
import type { Db } from '../../db/db.ts'
import { dayOf, type Instant } from '../../domain/kernel.ts'
import { fullName } from '../../domain/names/full-name.ts'
import { type Verdict, verdictOn } from '../../domain/permit/state.ts'
import { codeHash } from '../../store/paper.ts'
import { findPermit } from '../../store/permit.ts'
import { getPersonVersion } from '../../store/person.ts'
import { findEmployer } from '../../store/small-aggregate.ts'
import { settlePermit } from '../settle.ts'
import type { Tools } from '../tools.ts'

/** What anyone may learn by a code: least data by kind of code, never a reason, never the permit number. */
export type Checked =
  | {
      verdict: Verdict
      kind: 'paper' | 'live'
      name: string
      employer: string
      class: string
      officeId: string
      from: string
      until: string
      since: string | null
      checkedAt: Instant
    }
  | { verdict: 'codeExpired' | 'unknown'; checkedAt: Instant }

type Row = { kind: 'paper' | 'live'; permit_id: string; expires_at: Instant | null; replaced: boolean; application_id: string | null }
/** Our codes are 22 letters of base64url; anything else is not looked up. */
const GRAMMAR = /^[A-Za-z0-9_-]{22}$/

/** First and last letter of each word: enough to compare with a passport, too little to find a person by (threat CHK-2). */
export const masked = (name: string): string =>
  name
    .split(' ')
    .map((w) => ([...w].length <= 2 ? `${[...w][0] ?? ''}•` : `${[...w][0]}${'•'.repeat([...w].length - 2)}${[...w].at(-1)}`))
    .join(' ')

/**
 * Answers a check. Reading consumes nothing; an unknown code is answered like any other that was never genuine. What time has decided
 * meanwhile is settled first, so that a permit that ended at midnight is ended here too.
 */
export async function checkCode(tools: Tools, code: string): Promise<Checked> {
  const checkedAt = tools.now()
  if (!GRAMMAR.test(code)) return { verdict: 'unknown', checkedAt }
  const row = await findCode(tools.db, code)
  if (!row) return { verdict: 'unknown', checkedAt }
  if (row.expires_at !== null && Date.parse(row.expires_at) <= Date.parse(checkedAt)) return { verdict: 'codeExpired', checkedAt }
  await settlePermit(tools, row.permit_id, checkedAt)
  const permit = await findPermit(tools.db, { id: row.permit_id }, { kind: 'system' })
  if (!permit) return { verdict: 'unknown', checkedAt }
  const p = permit.state
  const { identity } = await getPersonVersion(tools.db, tools.vault, p.personVersionId)
  const employer = await findEmployer(tools.db, p.employerId)
  const name = fullName(identity)
  return {
    verdict: verdictOn(p, dayOf(checkedAt)),
    kind: row.kind,
    name: row.kind === 'live' ? name : masked(name),
    employer: employer?.nameEn || employer?.nameZh || '',
    class: p.class,
    officeId: p.officeId,
    from: p.validFrom,
    until: p.validUntil,
    since: p.ended?.on ?? null,
    checkedAt,
  }
}

const findCode = async (db: Db, code: string): Promise<Row | undefined> => {
  const { rows } =
    await sql<Row>`select c.kind, c.permit_id, c.expires_at, p.replaced_by is not null as replaced, p.application_id from check_code c left join paper p on p.id = c.paper_id where c.code_hash = ${codeHash(code)}`.execute(
      db,
    )
  return rows[0]
}
