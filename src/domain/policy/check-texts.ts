import type { Text } from '../kernel.ts'
import type { Tell } from './check.ts'
import type { Pack } from './pack.ts'
import { quote } from './quote.ts'

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g
const NUMBER_PARTS = ['office', 'kind', 'year', 'serial']
const isMap = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x)

/** Faults of texts: blank or unlike twins, placeholders that differ between the languages, references that lead nowhere. */
export function checkTexts(pack: Pack, tell: Tell): void {
  walk(pack, '', (text, at) => {
    for (const language of ['zh', 'en'] as const) if (text[language].trim() === '') tell('textMissing', at, `no text in ${language}`)
    const [zh, en] = [namesIn(text.zh), namesIn(text.en)]
    const odd = [...zh.filter((n) => !en.includes(n)), ...en.filter((n) => !zh.includes(n))]
    if (odd.length > 0) tell('placeholderTwin', at, `${odd.join(', ')} stands in one language only`)
    if (/[\u4e00-\u9fff]/.test(text.en.replace(/[《》「」“”"'][^《》「」“”"']*[《》「」“”"']/g, '')))
      tell('notEnglish', at, 'the English text has Chinese in it')
    if (!/[\u4e00-\u9fff\d{}]/.test(text.zh)) tell('notChinese', at, 'the Chinese text has no Chinese in it')
    if (text.zh.includes('{{') || text.en.includes('{{')) {
      const quoted = quote(pack, text)
      if (!quoted.ok) tell('noReference', at, `leads nowhere: ${quoted.unknown.join(', ')}`)
    }
  })
  for (const [code, paper] of Object.entries(pack.papers)) {
    const at = `papers.${code}.number`
    const names = namesIn(paper.number)
    if (!names.includes('serial')) tell('numberRepeats', at, 'without {serial} two papers get the same number')
    for (const n of names) if (!NUMBER_PARTS.includes(n)) tell('noReference', at, `a number knows no {${n}}`)
    // The pages of the signed sheet share their kind and carry the case number, not one of the office's own series.
    if (paper.kind === 'applicationForm') continue
    const twin = Object.entries(pack.papers).find(([other, p]) => other < code && p.kind === paper.kind && p.number !== paper.number)
    if (twin) tell('numberDiffers', at, `${twin[0]} is of the same kind and numbers in another way`)
  }
  for (const w of pack.authority?.windows ?? [])
    if (w.until !== undefined && w.until < w.from) tell('daysReversed', 'authority.windows', 'a window closes before it opens')
  for (const code of pack.window ? [...pack.window.papers, ...(pack.window.medical ? [pack.window.medical.code] : [])] : [])
    if (!Object.hasOwn(pack.materials, code)) tell('noMaterial', 'window', `there is no paper ${code}`)
  const medical = pack.window?.medical
  for (const r of medical ? [medical.tooOld, medical.notDomestic] : [])
    if (!Object.hasOwn(pack.reasons, r)) tell('noReason', 'window.medical', `there is no reason ${r}`)
}

const namesIn = (text: string) => [...new Set([...text.replace(/\{\{[^{}]*\}\}/g, '').matchAll(PLACEHOLDER)].map((m) => m[1] ?? ''))]

/** Visits every pair of twin texts with the path of keys that leads to it. */
function walk(x: unknown, at: string, visit: (text: Text, at: string) => void): void {
  if (isMap(x) && typeof x['zh'] === 'string' && typeof x['en'] === 'string') visit({ zh: x['zh'], en: x['en'] }, at)
  else if (typeof x === 'object' && x !== null)
    for (const [key, value] of Object.entries(x)) walk(value, at === '' ? key : `${at}.${key}`, visit)
}
