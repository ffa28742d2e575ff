import { join } from 'node:path'
import pino from 'pino'
import type { Config } from './config.ts'

type Field = string | number | boolean | undefined
export type Log = {
  debug: (event: string, fields?: Record<string, Field>) => void
  info: (event: string, fields?: Record<string, Field>) => void
  warn: (event: string, fields?: Record<string, Field>) => void
  /** A fault of ours: the error's kind, code and places are written, its message is not, because it may quote what somebody typed. */
  error: (event: string, error: unknown, fields?: Record<string, Field>) => void
}

/** What a line of the log may hold (threat OPS-5): ids, codes, counts, moments. Anything else is left out, whoever writes it. */
const ALLOWED =
  /^(\w+Id|requestId|code|codes|route|method|status|ms|count|version|pid|process|queue|job|task|kind|stage|item|hash|day|dueOn|bytes|attempt|delayMs|signal|exitCode|address|role|surface|outcome|reason|limit)$/
/** One line stays one line on every terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out here
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
const LONGEST = 200

const clean = (fields: Record<string, Field> = {}) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => value !== undefined && ALLOWED.test(name))
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, LONGEST).replace(CONTROL, '\ufffd') : value]),
  )

const describe = (error: unknown) => {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  const places = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST) : undefined)
  return {
    error: error.name,
    code: text(code),
    constraint: text(constraint),
    table: text(table),
    places,
    cause: error.cause instanceof Error ? error.cause.name : undefined,
  }
}

/** The log of one process, lines of JSON: on standard output in a real service, in `log/` of the data folder in a demo, whose terminal stays readable. */
export function openLog(config: Pick<Config, 'kind' | 'dataFolder' | 'logLevel'>, name: string): Log {
  const target = config.kind === 'real' ? 1 : join(config.dataFolder, 'log', `${name}.log`)
  return logTo(pino.destination({ dest: target, sync: true, mkdir: true }), name, config.logLevel)
}

export function logTo(destination: pino.DestinationStream, name: string, level: string): Log {
  const out = pino({ level, base: { process: name }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' }, destination)
  return {
    debug: (event, fields) => out.debug(clean(fields), event),
    info: (event, fields) => out.info(clean(fields), event),
    warn: (event, fields) => out.warn(clean(fields), event),
    error: (event, error, fields) => out.error({ ...clean(fields), ...describe(error) }, event),
  }
}
