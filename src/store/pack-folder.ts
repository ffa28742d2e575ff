import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type * as z from 'zod'
import { type Calendar, CalendarYear } from '../domain/clock/calendar.ts'
import { checkPack, type PackFault } from '../domain/policy/check.ts'
import { ExampleFile } from '../domain/policy/example.ts'
import { idleOverrides, overlay } from '../domain/policy/merge.ts'
import { Pack } from '../domain/policy/pack.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

/** Why a pack or calendar cannot be used: each fault with its file and line, all at once. */
export class PackUnreadable extends Error {
  readonly faults: readonly string[]
  constructor(name: string, faults: string[]) {
    super(`${name} cannot be used:\n${faults.map((f) => `  ${f}`).join('\n')}`)
    this.faults = faults
  }
}

// Generous beside the largest pack so far (32 files); a folder beyond this is not a pack (threat POL-2).
const MAX_FILES = 300
const MAX_PARENTS = 4
const PACK_NAME = /^[a-z][a-z0-9-]{0,39}\/[0-9]{4}(-[0-9]{2}){0,2}$/
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.yaml$/
const CALENDARS = 'calendar'

/** Names of all packs below a folder, `<jurisdiction>/<from>`, parents before their children. */
export function listPackFolders(root: string): string[] {
  const folders = (at: string) => readdirSync(at, { withFileTypes: true }).flatMap((d) => (d.isDirectory() ? [d.name] : []))
  const names = folders(root)
    .filter((name) => name !== CALENDARS)
    .flatMap((name) => folders(join(root, name)).map((from) => `${name}/${from}`))
    .filter((name) => PACK_NAME.test(name))
    .sort()
  const parents = new Map(names.map((name) => [name, parentOf(root, name)]))
  const out: string[] = []
  const add = (name: string, above: string[]) => {
    if (out.includes(name) || above.includes(name)) return
    const parent = parents.get(name)
    if (parent !== undefined && parents.has(parent)) add(parent, [...above, name])
    out.push(name)
  }
  for (const name of names) add(name, [])
  return out
}
export const listPacks = listPackFolders

const parentOf = (root: string, name: string): string | undefined => {
  const head = readYamlFile(join(root, name, 'pack.yaml')).data['pack']
  const parent = typeof head === 'object' && head !== null && 'extends' in head ? head.extends : undefined
  return typeof parent === 'string' ? parent : undefined
}

/** The YAML files of one folder: those of its top and of `items/`. Examples stand beside the pack, not in it. */
function filesOf(folder: string): YamlFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new PackUnreadable(folder, ['there is no such folder'])
  const list = (at: string) =>
    existsSync(at)
      ? readdirSync(at)
          .filter((f) => f.endsWith('.yaml'))
          .sort()
      : []
  const names = [...list(folder), ...list(join(folder, 'items')).map((f) => join('items', f))]
  if (names.length > MAX_FILES) throw new PackUnreadable(folder, [`more than ${MAX_FILES} files`])
  const odd = names.filter((f) => !FILE_NAME.test(basename(f)))
  if (odd.length > 0)
    throw new PackUnreadable(
      folder,
      odd.map((f) => `${f}: a file name has letters, digits, _ and - only`),
    )
  return names.map((f) => readYamlFile(join(folder, f)))
}

/** One folder as written: its files laid over each other, items by file name. A key of the pack that two files set is a slip, not an override. */
export function readFolder(folder: string): Record<string, unknown> {
  let all: unknown = {}
  const items: Record<string, unknown> = {}
  for (const { file, data } of filesOf(folder)) {
    if (basename(join(file, '..')) === 'items') items[basename(file, '.yaml')] = data
    else all = overlay(all, data)
  }
  return { ...(all as Record<string, unknown>), items: overlay((all as Record<string, unknown>)['items'] ?? {}, items) }
}

/** A pack with its parents laid under it, parsed and checked as a whole. Throws `PackUnreadable` with every fault, each with file and line. */
export function loadPack(root: string, name: string): { pack: Pack; parent?: string; warnings: PackFault[]; idle: string[] } {
  if (!PACK_NAME.test(name)) throw new PackUnreadable(name, ['a pack is named <jurisdiction>/<year>-<month>'])
  const chain: { name: string; raw: Record<string, unknown> }[] = []
  for (let at: string | undefined = name; at !== undefined; ) {
    if (!PACK_NAME.test(at)) throw new PackUnreadable(name, [`extends ${JSON.stringify(at).slice(0, 80)}, which is no name of a pack`])
    if (chain.some((c) => c.name === at))
      throw new PackUnreadable(name, [`extends itself: ${chain.map((c) => c.name).join(' ← ')} ← ${at}`])
    if (chain.length > MAX_PARENTS) throw new PackUnreadable(name, [`extends more than ${MAX_PARENTS} packs, one above the other`])
    chain.unshift({ name: at, raw: readFolder(join(root, at)) })
    at = parentOf(root, at)
  }
  const own = chain[chain.length - 1]!
  const bases = chain.slice(0, -1).reduce<unknown>((below, c) => overlay(below, c.raw), {})
  const parsed = Pack.safeParse({ ...(overlay(bases, own.raw) as object), pack: own.raw['pack'] })
  const place = (path: PropertyKey[]) => findPlace(root, chain.map((c) => c.name).reverse(), path)
  if (!parsed.success)
    throw new PackUnreadable(
      name,
      parsed.error.issues.flatMap(flatten).map((i) => `${place(i.path)}: ${i.path.join('.')}: ${i.message}`),
    )
  const pack = parsed.data
  const found = checkPack(pack)
  const stops = found.filter((f) => f.severity === 'stop')
  if (pack.pack.jurisdiction !== name.split('/')[0])
    stops.push({ code: 'otherFolder', at: 'pack.jurisdiction', severity: 'stop', say: `the folder is named ${name}` })
  if (!pack.pack.from.startsWith(name.split('/')[1] ?? ''))
    stops.push({ code: 'otherFolder', at: 'pack.from', severity: 'stop', say: `the folder is named ${name}` })
  if (stops.length > 0)
    throw new PackUnreadable(
      name,
      stops.map((f) => `${place(f.at.split('.'))}: ${f.at}: ${f.say} (${f.code})`),
    )
  const parent = chain[chain.length - 2]?.name
  return { pack, ...(parent ? { parent } : {}), warnings: found.filter((f) => f.severity === 'warn'), idle: idleOverrides(bases, own.raw) }
}

/** Unions hide what is wrong in their branches: the branch with the fewest faults is the one that was meant. */
function flatten(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path: [...issue.path], message: issue.message }]
  const meant = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? []
  return meant.flatMap(flatten).map((i) => ({ path: [...issue.path, ...i.path], message: i.message }))
}

/** File and line where a place of the merged pack was written: in the pack itself, else in the nearest parent. */
function findPlace(root: string, names: string[], path: PropertyKey[]): string {
  for (let depth = path.length; depth > 0; depth--)
    for (const name of names)
      for (const file of filesOf(join(root, name))) {
        const inItem = basename(join(file.file, '..')) === 'items'
        if (inItem && (path[0] !== 'items' || `${String(path[1])}.yaml` !== basename(file.file))) continue
        const line = file.lineOf(path.slice(inItem ? 2 : 0, depth))
        if (line !== undefined && (inItem ? depth >= 2 : depth > 0)) return `${file.file}:${line}`
      }
  return names[0] ?? root
}

/** The worked examples of a pack: they gate publication and CI, never the start of a server. */
export const readExamples = (root: string, name: string): { file: string; examples: ExampleFile }[] => {
  const folder = join(root, name, 'examples')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((f) => f.endsWith('.yaml'))
    .sort()
    .map((f) => ({ file: join(folder, f), examples: parseFile(ExampleFile, join(folder, f)) }))
}

/** A calendar of the installation with all its years. */
export function readCalendar(root: string, id: string): Calendar {
  const folder = join(root, CALENDARS, id)
  if (!existsSync(folder)) throw new PackUnreadable(folder, ['there is no such calendar'])
  const years = readdirSync(folder)
    .filter((f) => /^\d{4}\.yaml$/.test(f))
    .map((f) => {
      const year = parseFile(CalendarYear, join(folder, f))
      if (`${year.year}.yaml` !== f || year.calendar !== id)
        throw new PackUnreadable(join(folder, f), [`holds the year ${year.year} of ${year.calendar}`])
      return year
    })
  return { id, years: Object.fromEntries(years.map((y) => [y.year, y])) }
}
/** All calendars of the installation, by id. */
export const readCalendars = (root: string): Record<string, Calendar> =>
  Object.fromEntries(
    readdirSync(join(root, CALENDARS), { withFileTypes: true })
      .filter((d) => d.isDirectory())
      .map((d) => [d.name, readCalendar(root, d.name)]),
  )

const parseFile = <T>(schema: z.ZodType<T>, path: string): T => {
  const file = readYamlFile(path)
  const parsed = schema.safeParse(file.data)
  if (!parsed.success)
    throw new PackUnreadable(
      path,
      parsed.error.issues.flatMap(flatten).map((i) => `${path}:${file.lineOf(i.path) ?? 1}: ${i.path.join('.')}: ${i.message}`),
    )
  return parsed.data
}
