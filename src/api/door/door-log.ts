import { type DestinationStream, pino } from 'pino'

/** Everything a log line may hold; other things cannot be written (threat OPS-5). `route` is the pattern, so that codes and ids in addresses stay out. */
export type LogFields = {
  requestId?: string | undefined
  method?: string | undefined
  route?: string | undefined
  status?: number | undefined
  ms?: number | undefined
  accountId?: string | undefined
  code?: string | undefined
  error?: string | undefined
  constraint?: string | undefined
  where?: string | undefined
}
export type DoorLog = { info(event: string, fields: LogFields): void; error(event: string, fields: LogFields): void }

const ALLOWED = ['requestId', 'method', 'route', 'status', 'ms', 'accountId', 'code', 'error', 'constraint', 'where'] as const
/** One line, no control characters, no more than a line's worth. */
const safe = (value: string | number) => (typeof value === 'number' ? value : value.replace(/[^\x20-\x7e]/g, '?').slice(0, 600))
const picked = (fields: LogFields) =>
  Object.fromEntries(ALLOWED.flatMap((key) => (fields[key] === undefined ? [] : [[key, safe(fields[key])]])))

/** Writes JSON lines of allowed fields only. */
export function doorLog(stream?: DestinationStream): DoorLog {
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, level: 'info' }, stream ?? pino.destination(1))
  return {
    info: (event, fields) => log.info({ event, ...picked(fields) }),
    error: (event, fields) => log.error({ event, ...picked(fields) }),
  }
}

/** What may be said of an exception: its kind, its code, the database rule it met, and where in our code. Its message may quote a person's data and is left out. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const where = frames
    .slice(0, 4)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?[^()]*\/((?:src|node_modules)\/[^()]*)\)?$/, '$1'))
    .join(' < ')
  const cause = error.cause instanceof Error ? ` by ${error.cause.name}` : ''
  return {
    error: `${error.name}${cause}`,
    where,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
  }
}
