import { describe, expect, it } from 'vitest'
import { fullName } from './full-name.ts'
import { mrzName } from './mrz-name.ts'
import { sameName } from './same-name.ts'
import { queryTokens, searchTokens } from './search-tokens.ts'

const people = [
  {
    id: 'GC-18',
    surname: 'Suharti',
    givenNames: '',
    mrz: 'SUHARTI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<',
    truncated: false,
    accepts: ['Suharti', 'SUHARTI', 'suharti ', 'SUHARTI<<<'],
    refuses: ['Suharto', 'Su harti Suharti'],
  },
  {
    id: 'GC-19',
    surname: 'Wickramasinghe Arachchige',
    givenNames: 'Don Chathuranga Prasanna Kumarasiri',
    mrz: 'WICKRAMASINGHE<ARACHCHIGE<<DON<CHATHURA',
    truncated: true,
    accepts: [
      'Wickramasinghe Arachchige Don Chathuranga Prasanna Kumarasiri',
      'WICKRAMASINGHE ARACHCHIGE DON CHATHURANGA PRASANNA KUMARASIRI',
      'WICKRAMASINGHE<ARACHCHIGE<<DON<CHATHURA',
    ],
    refuses: ['Wickramasinghe Arachchige', 'Don Chathuranga'],
  },
  {
    id: 'GC-20',
    surname: 'Jørgensen Weiß',
    givenNames: 'Jürgen Åke',
    mrz: 'JOERGENSEN<WEISS<<JUERGEN<AAKE<<<<<<<<<',
    truncated: false,
    accepts: [
      'Jørgensen Weiß Jürgen Åke',
      'JOERGENSEN WEISS JUERGEN AAKE',
      'Jorgensen Weiss Jurgen Ake',
      'JOERGENSEN<WEISS<<JUERGEN<AAKE<<<<<<<<<',
    ],
    refuses: ['Jensen Weiß Jürgen'],
  },
  {
    id: 'GC-21',
    surname: 'Zhang Miller',
    givenNames: 'Emily',
    mrz: 'ZHANG<MILLER<<EMILY<<<<<<<<<<<<<<<<<<<<',
    truncated: false,
    accepts: ['Zhang Miller Emily', 'EMILY ZHANG MILLER'],
    refuses: ['张爱明', 'Zhang Aiming', 'Zhаng Miller Emily'],
  },
]

describe('passport names of every kind are ordinary', () => {
  for (const p of people) {
    it(`${p.id}: the machine line of ${fullName(p)}`, () =>
      expect(mrzName(p.surname, p.givenNames)).toEqual({ field: p.mrz, truncated: p.truncated }))
    for (const typed of p.accepts) it(`${p.id}: registration accepts “${typed}”`, () => expect(sameName(p, typed)).toBe(true))
    for (const typed of p.refuses) it(`${p.id}: registration refuses “${typed}”`, () => expect(sameName(p, typed)).toBe(false))
  }
  it('refuses the empty name and a flood of letters', () => {
    expect(sameName({ surname: 'Suharti' }, ' ')).toBe(false)
    expect(sameName({ surname: 'Suharti' }, 'a'.repeat(100_000))).toBe(false)
  })
})

describe('a name is found however it is typed', () => {
  const tokens = new Set(searchTokens({ full: 'Nguyễn Thị Hà', surname: 'Nguyễn', givenNames: 'Thị Hà', chineseName: '阮氏霞' }))
  const found = (text: string) => queryTokens(text).every((group) => group.some((t) => tokens.has(t)))
  for (const text of ['阮氏霞', '阮氏', 'Nguyen thi Ha', 'nguyen', 'NGUYỄN', 'nguy', 'Ngyuen', 'ruan shi xia'])
    it(`by “${text}”`, () => expect(found(text)).toBe(true))
  for (const text of ['Lindqvist', '李明']) it(`not by “${text}”`, () => expect(found(text)).toBe(false))
})
