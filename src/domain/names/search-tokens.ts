import { pinyin } from 'pinyin-pro'
import { parseCaseNumber } from '../application/case-number.ts'
import { mrzName } from './mrz-name.ts'
import { spellingsOf, trigramsOf, wordsOf } from './name-words.ts'

/**
 * Kinds of tokens, before the colon; each is keyed before it is stored, so that a stolen disk shows no name:
 * `w` word, `p` beginning of a word, `m` machine-readable line, `c` one Chinese character, `b` two in a row, `y` sound, `t` trigram, `no` number.
 */
export type SearchToken = string
const SHORTEST_PREFIX = 3
const LONGEST_PREFIX = 20
const LONGEST_TEXT = 400
// A person or firm of ordinary length needs under 300; more would only make a row that nobody can find by anything sensible.
const MOST_TOKENS = 1500
const MOST_GROUPS = 12

const unique = <T>(items: T[]): T[] => [...new Set(items)]

/** Every word under which a person or firm can be found again. `full` is the whole name as shown; a firm's Chinese name is its `chineseName`. */
export function searchTokens(name: { full: string; surname: string; givenNames: string; chineseName: string }): SearchToken[] {
  const { latin, han } = wordsOf(`${name.full.slice(0, LONGEST_TEXT)} ${name.chineseName.slice(0, LONGEST_TEXT)}`.normalize('NFKC'))
  const spelt = unique(latin.flatMap(spellingsOf))
  const machine = name.surname === '' ? '' : lineOf(mrzName(name.surname, name.givenNames).field)
  const tokens = [
    ...spelt.map((word) => `w:${word}`),
    ...(machine === '' ? [] : [`m:${machine}`]),
    ...han.flatMap((run) => [
      ...run.map((c) => `c:${c}`),
      ...pairsOf(run).map((pair) => `b:${pair}`),
      ...soundsOf(run).map((s) => `y:${s}`),
    ]),
    ...spelt.flatMap((word) => prefixesOf(word).map((p) => `p:${p}`)),
    ...spelt.flatMap((word) => trigramsOf(word).map((t) => `t:${t}`)),
  ]
  return unique(tokens).slice(0, MOST_TOKENS)
}

/**
 * Groups of tokens of a typed text. An owner is found when it meets each group: by any one token that is not a trigram, or by the share of the group's
 * trigrams that the index asks for (two in five find a wrong letter). Empty when there is nothing to look for.
 */
export function queryTokens(text: string): SearchToken[][] {
  const clean = text.toWellFormed().normalize('NFKC').trim().slice(0, LONGEST_TEXT)
  if (clean.includes('<')) {
    const line = lineOf(clean.toUpperCase().replace(/[^A-Z<]/g, ''))
    return line === '' ? [] : [[`m:${line}`]]
  }
  const number = clean.toUpperCase().replace(/[\s.\-/]/g, '')
  // Passports and permits have several digits; a word with one or two may be the name of a firm.
  if (/^[A-Z0-9]{4,}$/.test(number) && number.replace(/\D/g, '').length >= 3) {
    const caseNumber = parseCaseNumber(clean)
    // As typed too: what came from an older register may keep its own hyphens.
    return [[...new Set([...(caseNumber ? [`no:${caseNumber}`] : []), `no:${number}`, `no:${clean.toUpperCase()}`])]]
  }
  const latin = clean.normalize('NFC').replace(/(?<=\p{L})['’‘ʼʻ`´.]+(?=\p{L})/gu, '')
  const { latin: words } = wordsOf(latin.replace(/[\u2010-\u2015\u2212-]/g, ' '))
  const groups = [...words.map(latinGroup), ...wordsOf(clean).han.flatMap(hanGroups)]
  return groups.filter((group) => group.length > 0).slice(0, MOST_GROUPS)
}

const latinGroup = (word: string): SearchToken[] => {
  const spelt = spellingsOf(word)
  const beginning = spelt.filter((s) => s.length >= SHORTEST_PREFIX && s.length <= LONGEST_PREFIX)
  // One spelling's trigrams only: the share is taken of the group, and two spellings would dilute it.
  const first = spelt[0] ?? ''
  return [
    ...spelt.map((s) => `w:${s}`),
    ...beginning.map((s) => `p:${s}`),
    ...spelt.map((s) => `y:${s}`),
    ...unique(trigramsOf(first)).map((t) => `t:${t}`),
  ]
}
const hanGroups = (run: string[]): SearchToken[][] =>
  run.length === 1 ? [[`c:${run[0]}`]] : pairsOf(run).map((pair) => [`b:${pair}`, ...joinedSounds([...pair]).map((s) => `y:${s}`)])

const lineOf = (field: string) => field.replace(/<+$/, '')
const pairsOf = (run: readonly string[]): string[] => run.slice(1).map((c, i) => `${run[i]}${c}`)
const prefixesOf = (word: string): string[] => {
  const longest = Math.min(word.length, LONGEST_PREFIX)
  return Array.from({ length: Math.max(0, longest - SHORTEST_PREFIX + 1) }, (_, i) => word.slice(0, i + SHORTEST_PREFIX))
}

/** Sounds of a run: each character, each pair, the whole and the whole without the first, in the readings of words and of surnames. */
const soundsOf = (run: readonly string[]): string[] =>
  unique([
    ...readingsOf(run).flatMap((sounds) => [
      ...sounds,
      ...sounds.slice(1).map((s, i) => sounds[i] + s),
      sounds.join(''),
      sounds.slice(1).join(''),
    ]),
    ...pairsOf(run).flatMap((pair) => joinedSounds([...pair])),
  ]).filter(Boolean)
const joinedSounds = (run: readonly string[]): string[] => unique(readingsOf(run).map((sounds) => sounds.join('')))
// The umlaut of 吕 is typed as v, as u, or as yu in passports.
const readingsOf = (run: readonly string[]): string[][] =>
  (['off', 'head'] as const).flatMap((surname) => {
    const sounds = pinyin(run.join(''), { toneType: 'none', type: 'array', surname })
    return (sounds.some((s) => s.includes('ü')) ? ['u', 'v', 'yu'] : ['u']).map((u) =>
      sounds.map((s) =>
        s
          .toLowerCase()
          .replace('ü', u)
          .replace(/[^a-z]/g, ''),
      ),
    )
  })
