import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs everything: types, lint and format, then the tests of each cost: pure ones (borders, generated documents and the coverage of the pure core among
 * them), those on a database, those in a browser. Ends with one line `N passed, N failed` over all of them; a step counts as one.
 * `--fast` leaves out database and browser.
 */
const fast = process.argv.includes('--fast')
const reports = mkdtempSync(join(tmpdir(), 'laihua-run-'))
const program = (name: string) => join('node_modules', '.bin', name)
const environment = { ...process.env, TZ: 'UTC', CI: process.env['CI'] ?? 'true' }
const STEP_MINUTES = 12
let passed = 0
let failed = 0

const timed = (title: string, work: () => void) => {
  console.log(`\n— ${title}`)
  const began = performance.now()
  work()
  console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

const run = (name: string, args: string[]) =>
  spawnSync(program(name), args, { stdio: 'inherit', env: environment, timeout: STEP_MINUTES * 60_000, killSignal: 'SIGTERM' }).status === 0

const step = (title: string, name: string, args: string[]) =>
  timed(title, () => {
    if (run(name, args)) passed++
    else failed++
  })

type Report = { numPassedTests: number; numFailedTests: number; success: boolean }

const tests = (title: string, project: string, more: string[] = []) =>
  timed(title, () => {
    const file = join(reports, `${project}.json`)
    const good = run('vitest', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...more])
    const report = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Report)
      : { numPassedTests: 0, numFailedTests: 0, success: false }
    passed += report.numPassedTests
    failed += report.numFailedTests
    // A file that does not load, a limit that is not reached, a run that died: a failure even when no single test failed.
    if (!(good && report.success) && report.numFailedTests === 0) failed++
  })

try {
  for (const project of ['domain', 'contract', 'server', 'web', 'e2e']) step(`types: ${project}`, 'tsc', ['-p', `tsconfig.${project}.json`])
  step('lint and format', 'biome', ['ci', '--error-on-warnings', '.'])
  tests('pure: rules, clocks, names, borders, documents', 'pure', fast ? [] : ['--coverage'])
  if (!fast) {
    tests('on a database', 'database')
    tests('in a browser', 'browser')
  }
} finally {
  rmSync(reports, { recursive: true, force: true })
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
