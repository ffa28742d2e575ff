import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/db.ts'
import type { Vault } from '../vault/vault.ts'

export type SearchOwner = { kind: 'application' | 'permit' | 'person' | 'employer'; id: string }
/** `exact` when every typed word was found as a word, prefix, sound or number; else some word was only similar. */
export type SearchHit = SearchOwner & { score: number; exact: boolean }

/** Eight bytes: two different words of one office meet by chance once in 2^32 pairs, and a hit is looked at by a person anyway. */
const TOKEN_BYTES = 8
/** Share of a word's trigrams that must be there for a misspelling. Two swapped letters in a word of five leave 0.4. */
const SIMILAR = 0.4
const MOST_GROUPS = 12
const MOST_TOKENS = 2000

/** What a hit of each kind of token is worth; `t` (trigrams) counts by share. A whole word or number comes before a prefix, a sound or one character. */
const WORTH: Record<string, number> = { no: 5, m: 5, w: 4, b: 4, p: 3, y: 2, c: 2 }
const kindOf = (token: string) => token.slice(0, token.indexOf(':'))

/** Keyed with the office inside, so that one office's rows tell nothing about another's and a search touches only its own. */
const keyed = (vault: Vault, officeId: string) => {
  const key = vault.subKey('search')
  return (token: string) =>
    createHmac('sha256', key).update(`${officeId}\n${token.toWellFormed()}`, 'utf8').digest().subarray(0, TOKEN_BYTES)
}

/** Replaces the search words of an owner: a row for each office that may find it, none for the others. */
export async function indexOwner(tx: Tx, vault: Vault, owner: SearchOwner, officeIds: string[], tokens: string[]): Promise<void> {
  await sql`delete from search_token where owner_kind = ${owner.kind} and owner_id = ${owner.id} and office_id <> all(${officeIds}::uuid[])`.execute(
    tx,
  )
  for (const officeId of [...new Set(officeIds)].sort()) {
    const words = [...new Set(tokens)].slice(0, MOST_TOKENS).map(keyed(vault, officeId))
    await sql`insert into search_token (owner_kind, owner_id, office_id, tokens) values (${owner.kind}, ${owner.id}, ${officeId}, ${words}::bytea[])
      on conflict (owner_kind, owner_id, office_id) do update set tokens = excluded.tokens`.execute(tx)
  }
}

/** Takes an owner out of search, for instance when its key is destroyed. */
export async function forgetOwner(tx: Tx, owner: SearchOwner): Promise<void> {
  await sql`delete from search_token where owner_kind = ${owner.kind} and owner_id = ${owner.id}`.execute(tx)
}

/**
 * Finds owners within one office. Each group (a typed word in all its readings) must be met: by one of its exact tokens, or by similar spelling.
 * Exact finds come first; similar ones fill what is left of `limit`.
 */
export async function searchOwners(db: Db | Tx, vault: Vault, officeId: string, groups: string[][], limit: number): Promise<SearchHit[]> {
  const asked = groups.filter((g) => g.length > 0).slice(0, MOST_GROUPS)
  if (asked.length === 0 || limit < 1) return []
  const key = keyed(vault, officeId)
  const words = asked.map((group) => ({
    exact: group.filter((t) => Object.hasOwn(WORTH, kindOf(t))).map((t) => ({ token: key(t), worth: WORTH[kindOf(t)]! })),
    similar: [...new Set(group.filter((t) => kindOf(t) === 't'))].sort(inside).map(key),
  }))
  const exact = await find(db, officeId, words, false, limit)
  if (exact.length >= limit || words.every((w) => w.similar.length === 0)) return exact
  const known = new Set(exact.map((h) => h.id))
  const similar = (await find(db, officeId, words, true, limit)).filter((h) => !known.has(h.id))
  return [...exact, ...similar].slice(0, limit)
}
/** Trigrams from inside a word first: they are rarer than its ends. */
const inside = (a: string, b: string) => Number(a.includes(' ')) - Number(b.includes(' ')) || (a < b ? -1 : 1)

type Word = { exact: { token: Buffer; worth: number }[]; similar: Buffer[] }
const find = async (db: Db | Tx, officeId: string, words: Word[], tolerant: boolean, limit: number): Promise<SearchHit[]> => {
  // Who shares the needed part of n trigrams shares at least one of any n − needed + 1 of them: fewer to look up.
  const candidates = words.map((w) => {
    const needed = Math.ceil(w.similar.length * SIMILAR)
    return [...w.exact.map((e) => e.token), ...(tolerant ? w.similar.slice(0, w.similar.length - needed + 1) : [])]
  })
  const asked = words.flatMap((w, group) => [
    ...w.exact.map((e) => ({ group, token: e.token, worth: e.worth, share: 0 })),
    ...(tolerant ? w.similar.map((token) => ({ group, token, worth: 0, share: 1 / w.similar.length })) : []),
  ])
  const { rows } = await sql<SearchHit>`
    with asked as (select * from unnest(${asked.map((a) => a.group)}::int[], ${asked.map((a) => a.token)}::bytea[], ${asked.map((a) => a.worth)}::float8[], ${asked.map((a) => a.share)}::float8[]) as a (word, token, worth, share))
    select s.owner_kind as kind, s.owner_id as id, sum(met.score) as score, bool_and(met.exact) as exact
    from search_token s
    cross join lateral (
      select case when max(a.worth) > 0 then max(a.worth) else sum(a.share) end as score, max(a.worth) > 0 as exact
      from asked a where a.token = any(s.tokens) group by a.word
      having max(a.worth) > 0 or sum(a.share) >= ${SIMILAR - 1e-9}) met
    where s.office_id = ${officeId} and ${sql.join(
      candidates.map((c) => sql`s.tokens && ${c}::bytea[]`),
      sql` and `,
    )}
    group by s.owner_kind, s.owner_id having count(*) = ${words.length}
    order by score desc, s.owner_id desc limit ${limit}`.execute(db)
  return rows
}
