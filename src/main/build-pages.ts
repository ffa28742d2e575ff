import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './config.ts'
import { fromFileError, Problem } from './problem.ts'

/** What the pages are made of. */
const SOURCES = ['web', 'src/contract', 'src/domain', 'assets', 'package-lock.json', 'vite.config.ts', 'tsconfig.web.json']
const SKIP = /\.(test|e2e)\.tsx?$|^README\.md$/

const filesUnder = (path: string): string[] => {
  const full = join(PROJECT, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !SKIP.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [full]
    throw error
  }
}

const hashOfSources = () => {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesUnder))
    hash.update(file.slice(PROJECT.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Each surface with a Vite configuration of its own, or one for all. */
const configurations = () =>
  [
    'vite.config.ts',
    ...(existsSync(join(PROJECT, 'web')) ? readdirSync(join(PROJECT, 'web')).map((name) => `web/${name}/vite.config.ts`) : []),
  ].filter((file) => existsSync(join(PROJECT, file)))

/**
 * Builds the browser pages into `dist/` if their sources changed since the last time. Tells whether it did. Throws `Problem` with the builder's last words.
 */
export async function buildPages(onBuild: () => void): Promise<boolean> {
  const stamp = join(PROJECT, 'dist', '.sources')
  const hash = hashOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash) return false
  const todo = configurations()
  if (todo.length === 0) return false
  onBuild()
  try {
    rmSync(stamp, { force: true })
    mkdirSync(join(PROJECT, 'dist'), { recursive: true })
    for (const file of todo) await build(file)
    writeFileSync(stamp, `${hash}\n`)
  } catch (error) {
    throw fromFileError(error, join(PROJECT, 'dist'))
  }
  return true
}

const build = (configuration: string) =>
  new Promise<void>((resolve, reject) => {
    const words: Buffer[] = []
    const child = spawn(
      process.execPath,
      [join(PROJECT, 'node_modules/vite/bin/vite.js'), 'build', '--config', configuration, '--logLevel', 'warn'],
      {
        cwd: PROJECT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_ENV: 'production' },
      },
    )
    child.stdout.on('data', (d: Buffer) => words.push(d))
    child.stderr.on('data', (d: Buffer) => words.push(d))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) return resolve()
      reject(
        new Problem(
          `The pages could not be built (${configuration}):\n${Buffer.concat(words).toString().trim().split('\n').slice(-15).join('\n')}`,
        ),
      )
    })
  })
