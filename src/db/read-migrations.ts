import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Migration = { name: string; text: string; hash: string }

/**
 * The migrations of a folder in their order. A name that is not `0001_words.sql` and a number used twice are errors, because either would be skipped
 * or ordered by chance. Line ends do not count for the hash: a checkout under Windows may change them.
 */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((f) => f.endsWith('.sql'))
    .sort()
  const odd = names.find((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
  if (odd) throw new Error(`The migration ${odd} needs a name like 0007_some_words.sql.`)
  const twice = names.find((name, i) => name.slice(0, 4) === names[i + 1]?.slice(0, 4))
  if (twice) throw new Error(`Two migrations have the number ${twice.slice(0, 4)}.`)
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, text, hash: createHash('sha256').update(text).digest('hex') }
  })
}
