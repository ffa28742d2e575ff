import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, DONE, FAILED, MISUSED, OUR_FAULT } from './command.ts'
import { ConfigError, readConfig } from './config.ts'
import { Problem } from './problem.ts'

const FOLDER = join(import.meta.dirname, 'cli')
type Surroundings = { out: (line: string) => void; err: (line: string) => void; env: Readonly<Record<string, string | undefined>> }

const names = () =>
  readdirSync(FOLDER)
    .filter((file) => /^[a-z][a-z-]*\.ts$/.test(file))
    .map((file) => file.slice(0, -3))
    .sort()
const load = async (name: string) => ((await import(join(FOLDER, `${name}.ts`))) as { command: Command }).command

/** Runs one command and tells its exit code: 0 done, 1 did not work, 2 asked wrongly, 70 a fault of ours. */
export async function runCommand(words: string[], { out, err, env }: Surroundings): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    return name === undefined || rest.length === 0 ? list(out, name ? DONE : MISUSED) : runCommand([rest[0]!, '--help'], { out, err, env })
  if (!names().includes(name)) {
    err(`There is no command "${name.slice(0, 40)}". npm run laihua -- help lists them.`)
    return MISUSED
  }
  const command = await load(name)
  if (rest.includes('--help') || rest.includes('-h')) {
    out(`npm run laihua -- ${name} ${command.help}`)
    return DONE
  }
  const given = understand(command, rest)
  if ('fault' in given) {
    err(`${given.fault}\n\nnpm run laihua -- ${name} ${command.help}`)
    return MISUSED
  }
  try {
    return await command.run(given, { out, config: () => readConfig(env) })
  } catch (error) {
    if (error instanceof Problem || error instanceof ConfigError) {
      err(error.message)
      return FAILED
    }
    err(`${name} failed, and that is a fault of ours:\n${(error as Error)?.stack ?? error}`)
    return OUR_FAULT
  }
}

const list = async (out: (line: string) => void, code: number) => {
  out('npm run laihua -- <command> [options]      npm run laihua -- <command> --help\n')
  for (const name of names()) out(`  ${name.padEnd(14)} ${(await load(name)).says}`)
  return code
}

const understand = ({ options = {}, words = { least: 0, most: 0 } }: Command, rest: string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true, strict: true })
    if (positionals.length < words.least) return { fault: 'Something is missing.' }
    if (positionals.length > words.most) return { fault: `"${positionals[words.most]!.slice(0, 40)}" is not understood.` }
    return { words: positionals, options: values }
  } catch (error) {
    return { fault: (error as Error).message.split('. ')[0]! }
  }
}
