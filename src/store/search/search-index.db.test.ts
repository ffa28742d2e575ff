import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { transaction } from '../../db/db.ts'
import { queryTokens, searchTokens } from '../../domain/names/search-tokens.ts'
import { parseMasterKeys } from '../vault/master-key.ts'
import { openVault, type Vault } from '../vault/vault.ts'
import { forgetOwner, indexOwner, type SearchOwner, searchOwners } from './search-index.ts'

const [tianhe, panyu] = [randomUUID(), randomUUID()]
let t: TestDatabase
let vault: Vault
const people = new Map<string, SearchOwner>()
const add = async (label: string, name: Parameters<typeof searchTokens>[0], offices: string[], more: string[] = []) => {
  const owner: SearchOwner = { kind: 'application', id: randomUUID() }
  people.set(label, owner)
  await transaction(t.db, (tx) => indexOwner(tx, vault, owner, offices, [...searchTokens(name), ...more]))
  return owner
}
const find = async (text: string, office = tianhe) => {
  const hits = await searchOwners(t.db, vault, office, queryTokens(text), 20)
  return hits.map((h) => [...people].find(([, p]) => p.id === h.id)![0])
}
beforeAll(async () => {
  t = await testDatabase()
  vault = await openVault(t.db, { masterKeys: parseMasterKeys(`1 ${Buffer.alloc(32, 1).toString('base64url')}`) })
  await add(
    'Hà',
    { full: 'Nguyễn Thị Hà', surname: 'NGUYỄN', givenNames: 'THỊ HÀ', chineseName: '阮氏霞' },
    [tianhe],
    ['no:2024-00017-4', 'no:202400017', 'no:C1234567'],
  )
  await add('Hoa', { full: 'Nguyễn Thị Hoa', surname: 'NGUYỄN', givenNames: 'THỊ HOA', chineseName: '' }, [tianhe])
  await add('Müller', { full: 'Jürgen Müller', surname: 'MÜLLER', givenNames: 'JÜRGEN', chineseName: '' }, [tianhe, panyu])
  await add('Smith', { full: 'Anna Smith', surname: 'SMITH', givenNames: 'ANNA', chineseName: '' }, [tianhe])
  await add('Smithson', { full: 'Peter Smithson', surname: 'SMITHSON', givenNames: 'PETER', chineseName: '' }, [tianhe])
  await add('Sukarno', { full: 'Sukarno', surname: 'SUKARNO', givenNames: '', chineseName: '' }, [panyu])
  await add('Wang', { full: 'Wang Xia', surname: 'WANG', givenNames: 'XIA', chineseName: '王霞' }, [tianhe])
})
afterAll(() => t.drop())

describe('search by name', () => {
  it('finds a person by the Chinese name, by words with and without accents, in any order, and by a beginning', async () => {
    expect(await find('阮氏霞')).toEqual(['Hà'])
    expect(await find('Nguyen thi Ha')).toContain('Hà')
    expect((await find('Nguyen thi Ha'))[0]).toBe('Hà')
    expect((await find('HÀ NGUYỄN'))[0]).toBe('Hà')
    expect((await find('ngu')).sort()).toEqual(['Hoa', 'Hà'])
    expect(await find('霞')).toEqual(expect.arrayContaining(['Hà', 'Wang']))
    expect(await find('sukarno', panyu)).toEqual(['Sukarno'])
  })

  it('finds by the number of the case or passport as typed, and only whole', async () => {
    expect(await find('2024-00017-4')).toEqual(['Hà'])
    expect(await find('c1234567')).toEqual(['Hà'])
    expect(await find('C123456')).toEqual([])
  })

  it('puts whole words before beginnings and beginnings before what is only similar', async () => {
    expect(await find('smith')).toEqual(['Smith', 'Smithson'])
    const hits = await searchOwners(t.db, vault, tianhe, queryTokens('smith'), 20)
    expect(hits.map((h) => h.exact)).toEqual([true, true])
    expect(hits[0]!.score).toBeGreaterThan(hits[1]!.score)
  })

  it('forgives a slip of the finger, and says that it did', async () => {
    expect(await find('Mueller')).toEqual(['Müller'])
    expect(await find('Nguyem Hoa')).toEqual(['Hoa'])
    expect(await find('Smiht')).toContain('Smith')
    const [hit] = await searchOwners(t.db, vault, tianhe, queryTokens('Nguyem Hoa'), 20)
    expect(hit).toMatchObject({ kind: 'application', exact: false })
    expect(await find('Zhukovsky')).toEqual([])
  })

  it('needs every word', async () => {
    expect(await find('Anna Müller')).toEqual([])
    expect(await find('Smith 阮氏霞')).toEqual([])
  })

  it('shows an office only its own, and another office the same person under other bytes', async () => {
    expect(await find('Sukarno')).toEqual([])
    expect(await find('阮氏霞', panyu)).toEqual([])
    expect(await find('Müller', panyu)).toEqual(['Müller'])
    const { rows } = await sql<{ common: number }>`select count(*) as common from (
      select unnest(tokens) from search_token where office_id = ${tianhe} intersect select unnest(tokens) from search_token where office_id = ${panyu}) c`.execute(
      t.db,
    )
    expect(rows[0]!.common).toBe(0)
  })

  it('follows a case that moves to another office, and forgets it when told', async () => {
    const owner = await add('Okafor', { full: 'Chidi Okafor', surname: 'OKAFOR', givenNames: 'CHIDI', chineseName: '' }, [tianhe])
    expect(await find('Okafor')).toEqual(['Okafor'])
    await transaction(t.db, (tx) =>
      indexOwner(tx, vault, owner, [panyu], searchTokens({ full: 'Chidi Okafor', surname: '', givenNames: '', chineseName: '' })),
    )
    expect(await find('Okafor')).toEqual([])
    expect(await find('Okafor', panyu)).toEqual(['Okafor'])
    await transaction(t.db, (tx) => forgetOwner(tx, owner))
    expect(await find('Okafor', panyu)).toEqual([])
  })

  it('stores no word of a name, in clear or in a plain digest', async () => {
    const { rows } = await sql<{ row: string }>`select to_jsonb(s)::text as row from search_token s`.execute(t.db)
    const all = rows.map((r) => r.row).join()
    for (const word of ['nguyen', 'smith', '阮', 'w:', 'C1234567']) {
      expect(all).not.toContain(word)
      expect(all).not.toContain(Buffer.from(word).toString('hex'))
    }
  })

  it('answers nothing to nothing, and stands strange and long input', async () => {
    for (const text of ['', '   ', '\0', '\ud800', '%_\\', "'; drop table search_token; --", '𠀀']) expect(await find(text)).toEqual([])
    expect(await find(`Smith ${'x'.repeat(100_000)}`)).toEqual([])
    expect(await searchOwners(t.db, vault, tianhe, [[]], 20)).toEqual([])
    expect(await searchOwners(t.db, vault, tianhe, queryTokens('smith'), 0)).toEqual([])
    expect(await searchOwners(t.db, vault, tianhe, [['__proto__:x', 'constructor']], 20)).toEqual([])
    expect(await searchOwners(t.db, vault, tianhe, queryTokens('smith'), 1)).toHaveLength(1)
  })
})
