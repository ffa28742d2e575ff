import { mrzName, mrzPart } from './mrz-name.ts'

type Recorded = { surname?: string | undefined; givenNames?: string | undefined; oneName?: boolean | undefined }

/** Letters alone, without marks: `Jürgen` and `Jurgen` meet here. Letters of another script stay what they are and so never match. */
const base = (s: string) =>
  s.normalize('NFD').replace(/\p{M}/gu, '').replace(/[øØ]/g, 'o').replace(/[łŁ]/g, 'l').replace(/[đĐðÐ]/g, 'd').replace(/ß/g, 'ss').replace(/[æÆ]/g, 'ae').replace(/[þÞ]/g, 'th').replace(/ı/g, 'i').toLowerCase()
const words = (s: string) => s.replace(/['’ʼ`´.,]/g, '').split(/[\s\-‐-―<]+/).filter(Boolean)
const key = (parts: string[], form: (s: string) => string) => parts.flatMap((p) => words(form(p))).join(' ')

/**
 * Is the typed name the recorded one (DD-42)? Forgives case, spacing, hyphens, order of the two parts, diacritics as letter, ICAO form or base letter,
 * and the full machine-readable form; never a part, never another person's name, never letters that only look alike.
 */
export function sameName(recorded: Recorded, typed: string): boolean {
  const surname = recorded.surname ?? ''
  const given = recorded.oneName ? '' : (recorded.givenNames ?? '')
  const clean = typed.normalize('NFC').trim()
  if (clean === '' || clean.length > 400) return false
  const field = mrzName(surname, given).field
  const machine = clean.toUpperCase().replace(/\s/g, '')
  // The machine form is recognised by its fillers; it counts whole, with or without the trailing ones.
  if (machine.includes('<') && machine.replace(/<+$/, '') === field.replace(/<+$/, '')) return true
  const orders = given ? [[surname, given], [given, surname]] : [[surname]]
  const folds: ((s: string) => string)[] = [(s) => s.normalize('NFC').toLowerCase(), base, (s) => mrzPart(s).toLowerCase()]
  const asTyped = folds.slice(0, 2).map((f) => key([clean], f))
  return orders.some((order) => folds.some((fold) => asTyped.includes(key(order, fold))))
}
