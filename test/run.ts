import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs everything: types of the four projects, lint, then the tests of each cost. Ends with one line `N passed, N failed` over all of them.
 * `--fast` leaves out what needs a database.
 */
const fast = process.argv.includes('--fast')
const folder = mkdtempSync(join(tmpdir(), 'laihua-run-'))
const bin = (name: string) => join('node_modules', '.bin', name)
let passed = 0
let failed = 0

const step = (title: string, command: string, args: string[]) => {
  console.log(`\n— ${title}`)
  const done = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, TZ: 'UTC' } })
  if (done.status === 0) passed++
  else failed++
}
const tests = (title: string, project: string, more: string[] = []) => {
  console.log(`\n— ${title}`)
  const report = join(folder, `${project}.json`)
  const done = spawnSync(
    bin('vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...more],
    { stdio: 'inherit', env: { ...process.env, TZ: 'UTC' } },
  )
  const counted = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numFailedTestSuites: number
  }
  passed += counted.numPassedTests
  failed += counted.numFailedTests
  // A file that does not load, or a limit that is not reached, is a failure even when no single test failed.
  if (done.status !== 0 && counted.numFailedTests === 0) failed++
}

try {
  for (const project of ['domain', 'contract', 'server', 'web']) step(`types: ${project}`, bin('tsc'), ['-p', `tsconfig.${project}.json`])
  step('lint and format', bin('biome'), ['ci', '--error-on-warnings', '.'])
  tests('rules, clocks, names: pure', 'pure')
  if (!fast) tests('on a database', 'database')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
