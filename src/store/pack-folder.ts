import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument, visit } from 'yaml'
import * as z from 'zod'
import { type Calendar, CalendarYear } from '../domain/clock/calendar.ts'
import { overlay } from '../domain/policy/merge.ts'
import { Pack } from '../domain/policy/pack.ts'

const MAX_BYTES = 1_000_000

/** Reads one YAML file of a pack: size limited, no aliases, anchors or tags (threat POL-2), faults told with file and line. */
export function readYaml(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  if (text.length > MAX_BYTES) throw new Error(`${file}: larger than ${MAX_BYTES} characters`)
  const doc = parseDocument(text, { version: '1.2', schema: 'core', strict: true, uniqueKeys: true })
  const first = doc.errors[0]
  if (first) throw new Error(`${file}: ${first.message}`)
  visit(doc, {
    Alias: (_k, node) => {
      throw new Error(`${file}: an alias (*${node.source}) is not allowed in a pack`)
    },
    Node: (_k, node) => {
      if ('anchor' in node && node.anchor) throw new Error(`${file}: an anchor (&${String(node.anchor)}) is not allowed in a pack`)
      if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) throw new Error(`${file}: a tag (${node.tag}) is not allowed in a pack`)
    },
  })
  return doc.toJS({ maxAliasCount: 0 })
}

/** One folder as written: its files laid over each other, items by file name; examples stay outside. */
export function readFolder(folder: string): Record<string, unknown> {
  let all: unknown = {}
  for (const file of readdirSync(folder)
    .filter((f) => f.endsWith('.yaml'))
    .sort())
    all = overlay(all, readYaml(join(folder, file)))
  const items: Record<string, unknown> = {}
  if (existsSync(join(folder, 'items')))
    for (const f of readdirSync(join(folder, 'items')).sort()) items[f.replace(/\.yaml$/, '')] = readYaml(join(folder, 'items', f))
  return { ...(all as Record<string, unknown>), items }
}

/** A pack with its parents laid under it, parsed as a whole; every fault of the schema is told at once with its place. */
export function loadPack(root: string, name: string): { pack: Pack; parent?: string } {
  const chain: Record<string, unknown>[] = []
  let parent: string | undefined
  for (let at: string | undefined = name; at; ) {
    const raw = readFolder(join(root, at))
    chain.unshift(raw)
    const next = (raw['pack'] as { extends?: string } | undefined)?.extends
    if (at === name) parent = next
    if (chain.length > 5) throw new Error(`${name}: extends more than four packs, or itself`)
    at = next
  }
  const merged = chain.reduce<unknown>((a, b) => overlay(a, b), {}) as { pack: Record<string, unknown> }
  const own = chain[chain.length - 1]?.['pack'] as Record<string, unknown>
  const parsed = Pack.safeParse({ ...merged, pack: own })
  if (!parsed.success) throw new Error(`${name}:\n${z.prettifyError(parsed.error)}`)
  return { pack: parsed.data, ...(parent ? { parent } : {}) }
}

/** Names of all packs below a folder, `<jurisdiction>/<from>`, parents first. */
export function listPacks(root: string): string[] {
  const all = readdirSync(root, { withFileTypes: true })
    .filter((d) => d.isDirectory() && d.name !== 'calendar')
    .flatMap((d) =>
      readdirSync(join(root, d.name), { withFileTypes: true })
        .filter((v) => v.isDirectory())
        .map((v) => `${d.name}/${v.name}`),
    )
  const parentOf = (n: string) => (readYaml(join(root, n, 'pack.yaml')) as { pack: { extends?: string } }).pack.extends
  return all.sort((a, b) => Number(parentOf(a) !== undefined) - Number(parentOf(b) !== undefined) || a.localeCompare(b))
}

/** A calendar of the installation, all its years. */
export function readCalendar(root: string, id: string): Calendar {
  const folder = join(root, 'calendar', id)
  const years = readdirSync(folder)
    .filter((f) => /^\d{4}\.yaml$/.test(f))
    .map((f) => {
      const parsed = CalendarYear.safeParse(readYaml(join(folder, f)))
      if (!parsed.success) throw new Error(`${join(folder, f)}:\n${z.prettifyError(parsed.error)}`)
      return parsed.data
    })
  return { id, years: Object.fromEntries(years.map((y) => [y.year, y])) }
}
