import type { Text } from '../../domain/kernel.ts'
import { type Filled, fillText, namesIn, type Values } from './fill.ts'
import type { Block, Fact, PaperTexts } from './model.ts'

/** Values that are a table or numbered points rather than a phrase. */
export type Lists = Record<string, Block[]>

const SEAL: Text = { zh: '签发机关（印章）', en: 'Issuing body (seal)' }
/** A name or number that people copy or compare stands out. */
const STRONG = /^\{(person|permitNumber)\}/

type Labelled = { label: Text; rest: Text }
/** `标签：{value}` beside `Label: {value}`: a line of a table rather than a sentence. */
const labelled = (zh: string, en: string): Labelled | undefined => {
  const [a, b] = [/^([^：{}，。]{1,30})：([{＿].*)$/.exec(zh), /^([^:{}.]{1,80}): +([{_＿].*)$/.exec(en)]
  return a && b ? { label: { zh: a[1]!, en: b[1]! }, rest: { zh: a[2]!, en: b[2]! } } : undefined
}
/** `姓名：{person}（护照机读码 {mrzName}）`: two facts that a sentence would write together. */
const unfolded = (part: Labelled): Labelled[] => {
  const zh = /^(\{\w+\})（([^{}]+?) ?(\{\w+\})）$/.exec(part.rest.zh)
  const en = /^(\{\w+\}) \(([^{}]+?) (\{\w+\})\)$/.exec(part.rest.en)
  if (!zh || !en || zh[1] !== en[1] || zh[3] !== en[3]) return [part]
  const english = en[2]!.charAt(0).toUpperCase() + en[2]!.slice(1)
  return [
    { label: part.label, rest: { zh: zh[1]!, en: zh[1]! } },
    { label: { zh: zh[2]!, en: english }, rest: { zh: zh[3]!, en: zh[3]! } },
  ]
}
const isStrong = (part: Labelled): boolean => STRONG.test(part.rest.zh)
/** Parts of one line: Chinese apart by ideographic spaces, English by three or more. */
const partsOf = (line: Text): Labelled[] | undefined => {
  const [zh, en] = [line.zh.split(/\u3000+/), line.en.split(/ {3,}/)]
  const parts =
    zh.length === en.length
      ? zh.map((part, i) => labelled(part.trim(), en[i]!.trim()))
      : [labelled(line.zh.replace(/\u3000+/g, '，'), line.en)]
  if (!parts.every((p) => p !== undefined)) return undefined
  const all = parts.flatMap(unfolded)
  // What stands out takes a line of its own, before the short ones that share one.
  return [...all.filter(isStrong), ...all.filter((p) => !isStrong(p))]
}

/** The machine line and an employer's name need the whole width. */
const wide = (part: Labelled): boolean => /^\{(mrzName|employer)\}/.test(part.rest.zh)

const isBlank = (rest: string): boolean => /^[＿_]+$/.test(rest)
const IS_DATE = /日期/
const IS_STAMP = /盖章|印章/

const partBlocks = (part: Labelled, half: boolean, values: Values, lists: Lists): Filled<Block[]> => {
  if (isBlank(part.rest.zh)) {
    // The date has its place on the line for the signature.
    if (IS_DATE.test(part.label.zh)) return { ok: true, filled: [] }
    return {
      ok: true,
      filled: [{ is: 'places', places: [{ is: IS_STAMP.test(part.label.zh) ? 'stamp' : 'signature', label: part.label }] }],
    }
  }
  const alone = /^\{(\w+)\}$/.exec(part.rest.zh)?.[1]
  if (alone !== undefined && Object.hasOwn(lists, alone)) {
    const blocks = lists[alone]!
    return { ok: true, filled: blocks.length ? [{ is: 'heading', text: part.label }, ...blocks] : [] }
  }
  const value = fillText(part.rest, values)
  if (!value.ok) return value
  if (!value.filled) return { ok: true, filled: [] }
  const { zh, en } = value.filled
  const show = isStrong(part) ? { show: 'strong' as const } : half ? { show: 'half' as const } : {}
  return { ok: true, filled: [{ is: 'facts', rows: [{ label: part.label, value: zh === en ? zh : value.filled, ...show }] }] }
}

/** The last line of an official paper: `…{office}　…{issuedOn}` becomes the place of the digital seal. */
const signing = (line: Text): { label: Text; on: string } | undefined => {
  const zh = /^([^{}：]*)：?\{office\}\s+[^{}]*\{(issuedOn|decidedOn)\}$/.exec(line.zh)
  const en = /^([^{}]*?)\{office\}/.exec(line.en)
  if (!zh || !en) return undefined
  const english = en[1]!.trim()
  return { label: zh[1] && english ? { zh: `${zh[1]}（印章）`, en: `${english} (seal)` } : SEAL, on: zh[2]! }
}

const lineBlocks = (line: Text, values: Values, lists: Lists): Filled<Block[]> => {
  const alone = /^\s*\{(\w+)\}\s*$/.exec(line.zh)?.[1]
  if (alone !== undefined && line.en.trim() === line.zh.trim() && Object.hasOwn(lists, alone)) return { ok: true, filled: lists[alone]! }
  const parts = partsOf(line)
  const sign = signing(line)
  if (sign) {
    const filled = fillText({ zh: `{office}{${sign.on}}`, en: `{office}{${sign.on}}` }, values)
    if (!filled.ok) return filled
    const both = (value: Values[string]): Text => (typeof value === 'string' ? { zh: value, en: value } : (value ?? { zh: '', en: '' }))
    return {
      ok: true,
      filled: [{ is: 'places', places: [{ is: 'seal', label: sign.label, name: both(values['office']), on: both(values[sign.on]) }] }],
    }
  }
  if (parts) {
    const blocks: Block[] = []
    for (const part of parts) {
      const made = partBlocks(part, parts.length > 1 && !wide(part), values, lists)
      if (!made.ok) return made
      blocks.push(...made.filled)
    }
    return { ok: true, filled: blocks }
  }
  // A list named inside a sentence stands after it.
  const inside = [...new Set(namesIn(line.zh).filter((name) => Object.hasOwn(lists, name)))]
  const without = (one: string) =>
    inside
      .reduce((left, name) => left.replaceAll(`{${name}}`, ''), one)
      .replace(/ {2,}/g, ' ')
      .trim()
  const text = fillText({ zh: without(line.zh), en: without(line.en) }, values)
  if (!text.ok) return text
  const sentence: Block[] = text.filled?.zh && text.filled.en ? [{ is: 'paragraph', text: text.filled }] : []
  return { ok: true, filled: [...sentence, ...inside.flatMap((name) => lists[name]!)] }
}

/** Table lines that follow each other are one table; places to sign stand side by side. */
const joined = (blocks: Block[]): Block[] => {
  const out: Block[] = []
  for (const block of blocks) {
    const last = out.at(-1)
    if (block.is === 'facts' && last?.is === 'facts')
      out[out.length - 1] = { is: 'facts', rows: [...last.rows, ...block.rows] satisfies Fact[] }
    else if (block.is === 'places' && last?.is === 'places')
      out[out.length - 1] = { is: 'places', places: [...last.places, ...block.places] }
    else out.push(block)
  }
  return out
}

/**
 * The pack's text as blocks, in its order. A line `标签：{value}` becomes a line of a table, `＿＿＿` a place to sign, `{office}　{issuedOn}` the place of
 * the seal, a list that stands alone its table; all else are sentences. A section of which nothing is left falls away with its heading.
 */
export const layOut = (texts: PaperTexts, values: Values, lists: Lists): Filled<Block[]> => {
  const out: Block[] = []
  for (const section of texts.sections) {
    const blocks: Block[] = []
    for (const line of section.lines) {
      const made = lineBlocks(line, values, lists)
      if (!made.ok) return made
      blocks.push(...made.filled)
    }
    const heading = section.heading && fillText(section.heading, values)
    if (heading && !heading.ok) return heading
    // A place to sign alone needs no heading of its own.
    const bare = blocks.every((b) => b.is === 'places' && b.places.every((p) => p.is === 'seal'))
    if (heading?.filled && blocks.length && !bare) out.push({ is: 'heading', text: heading.filled })
    out.push(...joined(blocks))
  }
  return { ok: true, filled: out }
}
