import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullName } from './full-name.ts'
import { mrzName } from './mrz-name.ts'
import { sameName } from './same-name.ts'

/** Passport names of every kind, with the ICAO and the base form written by hand, so that the table does not ask the code what is right. */
const people = [
  { surname: 'Suharti', givenNames: '', icao: ['SUHARTI', ''], base: ['Suharti', ''] },
  {
    surname: 'Jørgensen Weiß',
    givenNames: 'Jürgen Åke',
    icao: ['JOERGENSEN WEISS', 'JUERGEN AAKE'],
    base: ['Jorgensen Weiss', 'Jurgen Ake'],
  },
  { surname: 'Zhang Miller', givenNames: 'Emily', icao: ['ZHANG MILLER', 'EMILY'], base: ['Zhang Miller', 'Emily'] },
  { surname: 'Nguyễn', givenNames: 'Thị Hà', icao: ['NGUYEN', 'THI HA'], base: ['Nguyen', 'Thi Ha'] },
  { surname: "O'Brien", givenNames: 'Mary-Jane', icao: ['OBRIEN', 'MARY JANE'], base: ['OBrien', 'Mary Jane'] },
  { surname: 'Núñez de la Peña', givenNames: 'José', icao: ['NUNEZ DE LA PENA', 'JOSE'], base: ['Nunez de la Pena', 'Jose'] },
  { surname: 'van der Berg', givenNames: 'Anneke', icao: ['VAN DER BERG', 'ANNEKE'], base: ['van der Berg', 'Anneke'] },
  {
    surname: 'Þorsteinsdóttir',
    givenNames: 'Guðrún Æsa',
    icao: ['THORSTEINSDOTTIR', 'GUDRUN AESA'],
    base: ['Thorsteinsdottir', 'Gudrun Aesa'],
  },
  { surname: 'Łukaszewicz', givenNames: 'Żaneta', icao: ['LUKASZEWICZ', 'ZANETA'], base: ['Lukaszewicz', 'Zaneta'] },
  { surname: 'Yıldız', givenNames: 'İpek Şule', icao: ['YILDIZ', 'IPEK SULE'], base: ['Yildiz', 'Ipek Sule'] },
  { surname: 'Ștefănescu', givenNames: 'Țuca', icao: ['STEFANESCU', 'TUCA'], base: ['Stefanescu', 'Tuca'] },
  { surname: 'Đặng', givenNames: 'Văn Đức', icao: ['DANG', 'VAN DUC'], base: ['Dang', 'Van Duc'] },
  { surname: 'Sánchez-Gómez', givenNames: 'Lucía', icao: ['SANCHEZ GOMEZ', 'LUCIA'], base: ['Sanchez Gomez', 'Lucia'] },
  { surname: 'bin Abdullah', givenNames: 'Ahmad', icao: ['BIN ABDULLAH', 'AHMAD'], base: ['bin Abdullah', 'Ahmad'] },
  {
    surname: 'Wickramasinghe Arachchige',
    givenNames: 'Don Chathuranga Prasanna Kumarasiri',
    icao: ['WICKRAMASINGHE ARACHCHIGE', 'DON CHATHURANGA PRASANNA KUMARASIRI'],
    base: ['Wickramasinghe Arachchige', 'Don Chathuranga Prasanna Kumarasiri'],
  },
] as const
type Person = (typeof people)[number]

const joined = ([a, b]: readonly [string, string]) => [a, b].filter(Boolean).join(' ')
const same = (p: Person): string[] => {
  const whole = fullName(p)
  const { field } = mrzName(p.surname, p.givenNames)
  return [
    whole,
    whole.toUpperCase(),
    whole.toLowerCase(),
    `  ${whole.replaceAll(' ', '  ')}\u3000`,
    whole.replaceAll(' ', '-'),
    whole.replaceAll(' ', ''),
    whole.normalize('NFD'),
    joined([p.givenNames, p.surname]),
    joined(p.icao),
    joined([p.icao[1], p.icao[0]]),
    joined(p.base),
    joined([p.base[1], p.base[0]]).toLowerCase(),
    field,
    field.replace(/<+$/, ''),
    field.toLowerCase(),
  ]
}
const LOOKS: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', c: 'с', p: 'р', A: 'А', E: 'Е', O: 'О', T: 'Т', M: 'М' }
const notSame = (p: Person): string[] => {
  const whole = joined(p.base)
  const look = [...whole].findIndex((c) => LOOKS[c] !== undefined)
  const at = (i: number, c: string) => whole.slice(0, i) + c + whole.slice(i + 1)
  return [
    whole.slice(0, -1),
    whole.slice(1),
    `${whole}a`,
    at(2, whole[2] === 'x' ? 'y' : 'x'),
    `${whole} ${whole}`,
    `${whole.slice(0, 3)}\u200B${whole.slice(3)}`,
    `\u202E${whole}`,
    `${whole}\u0000`,
    at(look, LOOKS[whole[look]!]!),
    `${whole} 张爱明`,
    [...whole].reverse().join(''),
    whole.replace(/[ioIO]/g, (c) => ({ i: 'l', o: '0', I: 'l', O: '0' })[c] ?? c).concat(/[ioIO]/.test(whole) ? '' : '0'),
    ...(p.givenNames
      ? [p.surname, p.givenNames, p.icao[0], p.icao[1], `${p.surname} ${p.givenNames[0]}.`, `${p.icao[0].replaceAll(' ', '<')}<<`]
      : []),
  ]
}

describe('the table of names that are the same and names that are not', () => {
  const pairs = people.flatMap((p) => [...same(p).map((t) => [p, t, true] as const), ...notSame(p).map((t) => [p, t, false] as const)])
  const strangers = people.flatMap((p) => people.filter((q) => q !== p).map((q) => [p, fullName(q), false] as const))
  it('has more than 200 pairs of each', () => {
    expect(pairs.filter(([, , is]) => is).length).toBeGreaterThan(200)
    expect(pairs.filter(([, , is]) => !is).length).toBeGreaterThan(200)
  })
  it.each(people.map((p) => [fullName(p), p] as const))('%s', (_, p) => {
    for (const [who, typed, is] of pairs) if (who === p) expect([typed, sameName(p, typed)]).toEqual([typed, is])
  })
  it('keeps all these people apart', () => {
    for (const [p, typed, is] of strangers) expect([p.surname, typed, sameName(p, typed)]).toEqual([p.surname, typed, is])
  })
})

describe('hand-written pairs', () => {
  const zhang = { surname: 'Zhang Miller', givenNames: 'Emily', chineseName: '张爱明' }
  it.each([
    ['张爱明', false],
    ['Zhang Aiming', false],
    ['Miller Zhang Emily', false],
    ['Zhang Emily Miller', false],
    ['Zhang, Miller Emily', true],
    ['ZHANGMILLEREMILY', true],
    ['EMILY<<ZHANG<MILLER', false],
    ['ZHANG<MILLER<<EMILY', true],
    ['ＺＨＡＮＧ ＭＩＬＬＥＲ ＥＭＩＬＹ', false],
    ['Zhang Miller Emily\n', false],
    ['Ẑhang Miller Emily', false],
  ])('Zhang Miller Emily, typed “%s”: %s', (typed, is) => expect(sameName(zhang, typed)).toBe(is))
  it.each([
    ['Muster', 'Juergen', 'Jürgen Muster', false],
    ['Muster', 'Jürgen', 'JUXXRGEN MUSTER', true],
    ['Peña', 'Ana', 'PENXXA ANA', true],
    ['Əliyev', 'Elçin', 'ELIYEV ELCIN', true],
    ['Lassen', 'Ida', 'Laſſen Ida', false],
    ['Weiß', 'Ida', 'WEIẞ IDA', true],
    ['Weiß', 'Ida', 'Weis Ida', false],
    ['Weiss', 'Ida', 'Weiß Ida', false],
    ['Lina', '', 'Li Na', true],
    ['D’Angelo', 'Rita', "d'angelo rita", true],
    ['St. John', 'Ann', 'St John Ann', true],
  ])('%s %s, typed “%s”: %s', (surname, givenNames, typed, is) => expect(sameName({ surname, givenNames }, typed)).toBe(is))
  it('the passport’s own line rules where it differs, in letters too unless it may be cut', () => {
    const own = { surname: 'Müller', givenNames: 'Jörg', mrzName: 'MULLER<<JORG<<<<<<<<<<<<<<<<<<<<<<<<<<<' }
    expect(sameName(own, 'MULLER<<JORG')).toBe(true)
    expect(sameName(own, 'MUELLER<<JOERG')).toBe(false)
    expect(sameName(own, 'Mueller Joerg')).toBe(true)
    const other = { surname: 'Əliyev', givenNames: 'Əli', mrzName: 'ALIYEV<<ALI' }
    expect(sameName(other, 'Ali Aliyev')).toBe(true)
    const cut = { surname: 'Əliyev', givenNames: 'Əli', mrzName: `ALIYEV<<${'A'.repeat(31)}` }
    expect(sameName(cut, `Aliyev ${'A'.repeat(31)}`)).toBe(false)
    expect(sameName(cut, `ALIYEV<<${'A'.repeat(31)}`)).toBe(true)
    for (const mrz of ['', 'ALIYEV<<ÄLI', `${'A'.repeat(40)}`, '<<<'])
      expect(sameName({ ...other, mrzName: mrz }, 'ELIYEV<<ELI')).toBe(true)
  })
  it('one name is one name, whatever stands in the other field', () => {
    expect(sameName({ surname: 'Suharti', givenNames: 'FNU', oneName: true }, 'Suharti')).toBe(true)
    expect(sameName({ surname: '', givenNames: 'Suharti' }, 'suharti')).toBe(true)
  })
  it('nothing is the name of nobody, and no flood is a name', () => {
    for (const typed of ['', ' ', '-', '<', "'", '\u0000', '\ud800', '__proto__', 'a'.repeat(1_000_000)]) {
      expect(sameName({ surname: 'Suharti' }, typed)).toBe(false)
      expect(sameName({}, typed)).toBe(false)
    }
  })
  it('answers quickly for the longest names of letters with many forms', () => {
    const long = { surname: 'Ü'.repeat(100), givenNames: 'Ü'.repeat(100) }
    expect(sameName(long, `${'UXX'.repeat(100)}`)).toBe(false)
    expect(sameName(long, 'U'.repeat(200))).toBe(true)
  })
  it('any change of one letter of a plain name is another name', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
    const word = fc.array(letter, { minLength: 2, maxLength: 12 }).map((l) => l.join(''))
    fc.assert(
      fc.property(word, word, fc.nat(), letter, (surname, givenNames, where, other) => {
        const typed = surname + givenNames
        const i = where % typed.length
        const wrong = typed.slice(0, i) + other + typed.slice(i + 1)
        const swapped = givenNames + surname
        expect(sameName({ surname, givenNames }, wrong)).toBe(wrong === typed || wrong === swapped)
        expect(sameName({ surname, givenNames }, swapped)).toBe(true)
      }),
    )
  })
})
