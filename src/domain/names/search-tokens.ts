import { pinyin } from 'pinyin-pro'
import { mrzName } from './mrz-name.ts'

const fold = (s: string) =>
  s
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[đĐðÐ]/g, 'd')
    .replace(/ß/g, 'ss')
    .toLowerCase()
const latin = (s: string) =>
  fold(s)
    .split(/[^a-z]+/)
    .filter(Boolean)
const han = (s: string) => [...s].filter((c) => /\p{Script=Han}/u.test(c))
const trigrams = (word: string) => (word.length < 4 ? [] : Array.from({ length: word.length }, (_, i) => ` ${word} `.slice(i, i + 3)))

const wordTokens = (word: string) => [
  `w:${word}`,
  ...Array.from({ length: Math.max(0, Math.min(word.length, 12) - 3) }, (_, i) => `p:${word.slice(0, i + 3)}`),
  ...trigrams(word).map((t) => `t:${t}`),
]
const hanTokens = (text: string) => {
  const chars = han(text)
  if (chars.length === 0) return []
  const sounds = pinyin(chars.join(''), { toneType: 'none', type: 'array' }).map(fold)
  return [...chars.map((c) => `c:${c}`), ...chars.slice(1).map((c, i) => `b:${chars[i]}${c}`), ...sounds.map((s) => `y:${s}`)]
}

/** Words under which a name can be found again; each is keyed before it is stored, so that a stolen disk shows none. */
export function searchTokens(name: { full: string; surname: string; givenNames: string; chineseName: string }): string[] {
  const words = latin(name.full)
  const machine = name.surname ? [`m:${mrzName(name.surname, name.givenNames).field.replace(/<+$/, '')}`] : []
  return [...new Set([...words.flatMap(wordTokens), ...machine, ...hanTokens(`${name.chineseName}${name.full}`)])]
}

/** Groups of tokens of a typed text: each group must be met by at least one of its words; numbers are looked up exactly. */
export function queryTokens(text: string): string[][] {
  const clean = text.trim().slice(0, 200)
  const number = clean.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (/\d/.test(number) && number.length >= 4) return [[`no:${clean.toUpperCase()}`, `no:${number}`]]
  const words = latin(clean).map((w) => [`w:${w}`, `p:${w.slice(0, 12)}`, `y:${w}`, ...trigrams(w).map((t) => `t:${t}`)])
  const chars = han(clean)
  const pairs = chars.length > 1 ? chars.slice(1).map((c, i) => [`b:${chars[i]}${c}`]) : chars.map((c) => [`c:${c}`])
  return [...words, ...pairs]
}
