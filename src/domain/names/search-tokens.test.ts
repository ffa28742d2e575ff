import { describe, expect, it } from 'vitest'
import { caseNumber } from '../application/case-number.ts'
import { fullName } from './full-name.ts'
import { queryTokens, searchTokens } from './search-tokens.ts'

const person = (surname: string, givenNames: string, chineseName = '') => ({ surname, givenNames, chineseName })
const people = {
  ha: person('Nguyễn', 'Thị Hà', '阮氏霞'),
  ha2: person('Nguyen', 'Thi Ha'),
  jorgensen: person('Jørgensen Weiß', 'Jürgen Åke'),
  suharti: person('Suharti', ''),
  emily: person('Zhang Miller', 'Emily', '张爱明'),
  obrien: person("O'Brien", 'Mary-Jane'),
  long: person('Wickramasinghe Arachchige', 'Don Chathuranga Prasanna Kumarasiri'),
  lu: person('Smith', 'Anna', '吕单华'),
  one: person('Kim', 'Jin', '金'),
  shan: person('Brown', 'Carol', '单雪'),
}
type Who = keyof typeof people
const indexed = Object.entries(people).map(([who, p]) => [who as Who, new Set(searchTokens({ full: fullName(p), ...p }))] as const)
/** What the index does: each group by one token that is not a trigram, or by two in five of its trigrams. */
const found = (text: string): { exact: Who[]; similar: Who[] } => {
  const groups = queryTokens(text)
  const exact: Who[] = []
  const similar: Who[] = []
  for (const [who, tokens] of groups.length === 0 ? [] : indexed) {
    const met = groups.map((group) => {
      if (group.some((t) => !t.startsWith('t:') && tokens.has(t))) return 'exact'
      const grams = group.filter((t) => t.startsWith('t:'))
      return grams.length > 0 && grams.filter((t) => tokens.has(t)).length / grams.length >= 0.4 ? 'similar' : 'no'
    })
    if (met.every((m) => m === 'exact')) exact.push(who)
    else if (!met.includes('no')) similar.push(who)
  }
  return { exact, similar }
}

describe('a person is found', () => {
  it.each<[string, Who[]]>([
    ['阮氏霞', ['ha']],
    ['氏霞', ['ha']],
    ['阮', ['ha']],
    ['Nguyen thi Ha', ['ha', 'ha2']],
    ['nguyen', ['ha', 'ha2']],
    ['NGUYỄN', ['ha', 'ha2']],
    ['ha nguyen', ['ha', 'ha2']],
    ['ngu', ['ha', 'ha2']],
    ['Jørgensen', ['jorgensen']],
    ['joergensen', ['jorgensen']],
    ['jorgensen ake', ['jorgensen']],
    ['AAKE', ['jorgensen']],
    ['weiss', ['jorgensen']],
    ['JOERGENSEN<WEISS<<JUERGEN<AAKE<<<<<<<<<', ['jorgensen']],
    ['suharti', ['suharti']],
    ['SUHARTI<<<', ['suharti']],
    ['张爱明', ['emily']],
    ['张爱名', ['emily']],
    ['zhang aiming', ['emily']],
    ['zhangaiming', ['emily']],
    ["O'Brien", ['obrien']],
    ['obrien', ['obrien']],
    ['o brien', ['obrien']],
    ['Mary Jane', ['obrien']],
    ['mary-jane', ['obrien']],
    ['maryjane', ['obrien']],
    ['WICKRAMASINGHE<ARACHCHIGE<<DON<CHATHURA', ['long']],
    ['kumarasiri wickramasinghe', ['long']],
    ['lu', ['lu']],
    ['lv', ['lu']],
    ['lyu', ['lu']],
    ['dan hua', ['lu']],
    ['shan xue', ['shan']],
    ['danxue', ['shan']],
    ['danhua', ['lu']],
    ['金', ['one']],
    ['ｓｕｈａｒｔｉ', ['suharti']],
  ])('by “%s”', (text, who) => expect(found(text).exact).toEqual(who))
  it('by any word with one letter wrong, missing or too many, and with two letters swapped in a longer one', () => {
    const missed: string[] = []
    for (const [who, p] of Object.entries(people) as [Who, (typeof people)[Who]][])
      for (const word of fullName(p)
        .replace('ø', 'o')
        .replace('ß', 'ss')
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^a-z]+/)) {
        if (word.length < 4) continue
        const near = [...word].flatMap((_, i) => [
          `${word.slice(0, i)}q${word.slice(i + 1)}`,
          `${word.slice(0, i)}q${word.slice(i)}`,
          ...(word.length > 4
            ? [word.slice(0, i) + word.slice(i + 1), word.slice(0, i) + (word[i + 1] ?? '') + word[i] + word.slice(i + 2)]
            : []),
        ])
        for (const typed of near) if (!Object.values(found(typed)).flat().includes(who)) missed.push(`${word}: ${typed}`)
      }
    expect(missed).toEqual([])
  })
  it.each(['Lindqvist', '李明', '张明', 'Ng', 'Emily Suharti', 'WICKRAMASINGHE', 'ZHANG<MILLER'])(
    'and not those whom “%s” does not mean',
    (text) => {
      expect(found(text)).toEqual({ exact: text === 'WICKRAMASINGHE' ? ['long'] : [], similar: [] })
    },
  )
})

describe('numbers', () => {
  const number = caseNumber('2026-11-25', 481)
  it('of cases are found with or without hyphens, those of passports with or without spaces', () => {
    expect(queryTokens(number)[0]).toContain(`no:${number}`)
    expect(queryTokens(` ${number.replaceAll('-', '')} `)).toEqual([[`no:${number}`, `no:${number.replaceAll('-', '')}`]])
    expect(queryTokens('e12345678')).toEqual([['no:E12345678']])
    expect(queryTokens('e 1234-5678')[0]).toContain('no:E12345678')
    expect(queryTokens('2024-00017-4')).toEqual([['no:2024000174', 'no:2024-00017-4']])
  })
  it('are not seen in a firm’s name', () => {
    expect(queryTokens('3M')[0]).toContain('w:3m')
    expect(searchTokens({ full: '3M China', surname: '', givenNames: '', chineseName: '３Ｍ中国' })).toEqual(
      expect.arrayContaining(['w:3m', 'b:中国', 'y:zhongguo']),
    )
  })
})

describe('tokens', () => {
  it('name their kind, come once, and never hold a capital of a name outside the machine line', () => {
    for (const [, tokens] of indexed)
      for (const t of tokens) expect(t).toMatch(/^(w|p):[a-z0-9]+$|^m:[A-Z<]+$|^(c|b):\p{Script=Han}{1,2}$|^y:[a-z]+$|^t:[a-z0-9 ]{3}$/u)
  })
  it('of a firm need no surname', () => {
    const firm = searchTokens({ full: 'Pearl Delta Instruments Co., Ltd.', surname: '', givenNames: '', chineseName: '珠三角仪器有限公司' })
    expect(firm).toEqual(expect.arrayContaining(['w:pearl', 'w:co', 'p:instru', 'b:仪器', 'y:yiqi']))
    expect(firm.some((t) => t.startsWith('m:'))).toBe(false)
  })
  it('are few enough for the longest names, and none for nothing', () => {
    const flood = searchTokens({
      full: 'Abcdefghij '.repeat(1000),
      surname: 'A'.repeat(5000),
      givenNames: '',
      chineseName: '珠'.repeat(5000),
    })
    expect(flood.length).toBeLessThanOrEqual(1500)
    expect(searchTokens({ full: '', surname: '', givenNames: '', chineseName: '' })).toEqual([])
    for (const nothing of ['', '  ', '<<<', '-', '...', '\u0000', '\ud800', '😀', 'Ольга']) expect(queryTokens(nothing)).toEqual([])
    expect(queryTokens('a '.repeat(100_000)).length).toBeLessThanOrEqual(12)
  })
})
