import { dirname, normalize } from 'node:path/posix'

/** What each room may import of ours. A room may always import itself. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/contract': ['src/domain'],
  'src/db': [],
  'src/store': ['src/domain', 'src/db'],
  'src/service': ['src/domain', 'src/db', 'src/store'],
  'src/documents': ['src/domain'],
  'src/credentials': ['src/domain'],
  'src/identity': ['src/domain', 'src/db', 'src/store'],
  'src/integration': ['src/domain', 'src/db', 'src/store'],
  'src/tasks': ['src/domain', 'src/db', 'src/store', 'src/service', 'src/documents', 'src/credentials', 'src/identity', 'src/integration'],
  'src/api': ['src/domain', 'src/contract', 'src/service', 'src/store', 'src/credentials', 'src/identity'],
  'src/main': ['*'],
  'web/kit': ['src/domain', 'src/contract'],
  'web/employer': ['src/domain', 'src/contract', 'web/kit'],
  'web/office': ['src/domain', 'src/contract', 'web/kit'],
  'web/card': ['src/domain', 'src/contract', 'web/kit'],
  'web/check': ['src/domain', 'src/contract', 'web/kit'],
  test: ['*'],
  e2e: ['*'],
  bench: ['*'],
}

/** Rooms that run in a browser or in the pure core: no Node there. */
const NO_NODE = ['src/domain', 'src/contract', 'web/kit', 'web/employer', 'web/office', 'web/card', 'web/check']
/** What the pure core may use of others. */
const DOMAIN_PACKAGES = ['zod', 'temporal-polyfill', 'pinyin-pro', 'uuid']
/** Only one file knows the HTTP library, so that routes stay values. */
const ONLY_IN: Readonly<Record<string, RegExp>> = {
  fastify: /^src\/api\/(mount|door\/)/,
  pg: /^src\/(db|main)\//,
  'pg-boss': /^src\/(db|main|tasks)\//,
}

/** Tests and what only tests use. */
export const isTest = (path: string) => /\.(test|e2e|test-kit)\.tsx?$/.test(path)

/** Everything a file imports or re-exports, statically or not, types included. `undefined` stands for an import whose name is worked out. */
export function importsOf(text: string): (string | undefined)[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const named = [...code.matchAll(/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm)].map((m) => m[1])
  const bare = [...code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)].map((m) => m[1])
  const late = [...code.matchAll(/\bimport\s*\(\s*(?:['"]([^'"]+)['"]\s*\)|[^'"\s])/g)].map((m) => m[1])
  return [...named, ...bare, ...late]
}

const roomOf = (path: string): string | undefined =>
  Object.keys(MAY_IMPORT).find((room) => path === room || path.startsWith(`${room}/`)) ??
  (path.startsWith('web/') ? undefined : path.split('/')[0])

/** What one file imports against the borders, as sentences. Tests may reach what they need. */
export function findBreaches(path: string, text: string): string[] {
  const room = roomOf(path)
  if (room === undefined || isTest(path)) return []
  const may = MAY_IMPORT[room]
  if (!may) return [`${path}: ${room} is not a room of the design`]
  return importsOf(text).flatMap((name) => {
    if (name === undefined) return room === 'src/main' || may.includes('*') ? [] : [`${path}: imports something whose name is worked out`]
    if (name.startsWith('.')) {
      const target = normalize(`${dirname(path)}/${name}`)
      if (target.startsWith('..')) return [`${path}: imports ${name} outside the project`]
      const other = roomOf(target)
      if (other === room || may.includes('*') || (other && may.includes(other))) return []
      return [`${path}: ${room} may not import ${other ?? target}`]
    }
    const library = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name.split('/')[0]!
    if (name.startsWith('node:')) return NO_NODE.includes(room) ? [`${path}: no ${name} here, it must run without Node`] : []
    if (room === 'src/domain' && !DOMAIN_PACKAGES.includes(library)) return [`${path}: the pure core may not use ${library}`]
    const only = Object.hasOwn(ONLY_IN, library) ? ONLY_IN[library]! : undefined
    if (only && room.startsWith('src/') && !only.test(path)) return [`${path}: ${library} is known elsewhere only`]
    return []
  })
}
