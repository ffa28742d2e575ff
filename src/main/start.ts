import { ConfigError } from './config.ts'
import { Problem } from './problem.ts'
import { startAll } from './start-all.ts'

/** `npm start`: everything from an empty folder to an address in the browser, and everything down again on Ctrl-C. */
try {
  await startAll(process.env, (sentence) => process.stdout.write(`${sentence}\n`))
} catch (error) {
  const known = error instanceof Problem || error instanceof ConfigError
  process.stderr.write(`\n${known ? error.message : `Laihua could not start, and that is a fault of ours:\n${(error as Error).stack}`}\n`)
  process.exit(1)
}
