import type { ParseArgsConfig } from 'node:util'
import type { Config } from './config.ts'

export type Io = {
  out: (line: string) => void
  /** Read when a command asks for it, so that `help` works with wrong settings. Throws `ConfigError`. */
  config: () => Config
}

/** One file in `cli/` is one command: its name is the file's, and this is what it exports as `command`. */
export type Command = {
  /** One line, for the list. */
  says: string
  /** What follows the name, then what it does, when it refuses and what its exit codes mean. */
  help: string
  options?: NonNullable<ParseArgsConfig['options']>
  /** How many words it takes beside its options. */
  words?: { least: number; most: number }
  /** Tells the exit code. Throws `Problem` for what the operator can settle. */
  run: (given: { words: string[]; options: Record<string, string | boolean | (string | boolean)[] | undefined> }, io: Io) => Promise<number>
}

export const DONE = 0
/** It was tried and did not work; a sentence says why. */
export const FAILED = 1
/** It was asked wrongly. */
export const MISUSED = 2
/** A fault of ours (EX_SOFTWARE of sysexits). */
export const OUR_FAULT = 70
