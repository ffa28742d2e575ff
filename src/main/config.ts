import { isAbsolute, join, resolve } from 'node:path'
import type * as z from 'zod'
import { DEFAULT_LIMITS, LIMIT_NAMES, LIMIT_SETTINGS, type Limits, settingOf } from './limits.ts'
import { isLoopback } from './loopback.ts'
import { Settings, SURFACES, type Surface } from './settings.ts'

/** Where this program lies; its migrations, packs and built pages are found from here, whatever folder it is started in. */
export const PROJECT = resolve(import.meta.dirname, '../..')

export type DatabasePlace =
  | { place: 'embedded' }
  /** Without an owner the database is only used, never migrated. */
  | { place: 'elsewhere'; url: string; ownerUrl?: string }

export type BlobPlace =
  | { place: 'folder'; folder: string }
  | { place: 's3'; endpoint: string; bucket: string; region: string; secretFile: string }

/** Everything that can be set, read once at the start and then handed around. */
export type Config = {
  kind: 'demo' | 'real'
  host: string
  port: number
  /** Health and metrics listen on loopback, apart from the service (threat NET-4); 0 turns them off. */
  healthPort: number
  /** The address that papers, QR codes and mails name (threat PAP-2), and those of the surfaces, which may have host names of their own. */
  publicOrigin: string
  origins: Readonly<Record<Surface, string>>
  /** Only their forwarded headers are believed (threat NET-3). */
  proxies: string[]
  tls?: { certificate: string; key: string }
  dataFolder: string
  masterKeyFile: string
  database: DatabasePlace
  blobs: BlobPlace
  /** Hosts that outgoing requests may reach. */
  egressHosts: string[]
  workers: number
  runAs?: string
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  limits: Limits
}

export type ConfigFault = { setting: string; says: string }
/** All faults at once, one line each; never the value, which may be a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: ConfigFault[]
  constructor(faults: ConfigFault[]) {
    super(`Laihua cannot start like this:\n${faults.map((f) => `  ${f.setting} ${f.says}`).join('\n')}`)
    this.faults = faults
  }
}

const known = { ...Settings.shape, ...LIMIT_SETTINGS }
const OURS = /^LAIHUA_|^DATABASE_(URL|OWNER_URL)$/

/** Reads all settings from the environment. Throws `ConfigError` with every fault; an unknown `LAIHUA_…` is one, because it is a typing mistake. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, folder = process.cwd()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => OURS.test(name) && value !== undefined && value !== ''))
  const faults: ConfigFault[] = []
  const good: Record<string, unknown> = {}
  for (const [setting, value] of Object.entries(given)) {
    const schema = Object.hasOwn(known, setting) ? (known as Record<string, z.ZodType>)[setting] : undefined
    if (!schema) {
      const near = Object.keys(known).find((name) => distance(name, setting) <= 2)
      faults.push({
        setting,
        says: near ? `is not a setting; did you mean ${near}?` : 'is not a setting; npm run laihua -- settings lists them all.',
      })
      continue
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) good[setting] = parsed.data
    else faults.push({ setting, says: parsed.error.issues[0]!.message })
  }
  const config = build(
    Settings.parse(
      Object.fromEntries(
        Object.entries(good)
          .filter(([name]) => name in Settings.shape)
          .map(([n]) => [n, given[n]]),
      ),
    ),
    good,
    folder,
  )
  faults.push(...together(config, given))
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

const build = (s: z.output<typeof Settings>, good: Record<string, unknown>, folder: string): Config => {
  const at = (path: string) => (isAbsolute(path) ? path : resolve(folder, path))
  const dataFolder = s.LAIHUA_DATA ? at(s.LAIHUA_DATA) : join(PROJECT, '.data')
  const publicOrigin = s.LAIHUA_ORIGIN ?? `${s.LAIHUA_TLS_CERTIFICATE ? 'https' : 'http'}://localhost:${s.LAIHUA_PORT}`
  const url = s.DATABASE_URL
  return {
    kind: s.LAIHUA_KIND,
    host: s.LAIHUA_HOST,
    port: s.LAIHUA_PORT,
    healthPort: s.LAIHUA_HEALTH_PORT ?? (s.LAIHUA_PORT === 0 ? 0 : (s.LAIHUA_PORT % 65_535) + 1),
    publicOrigin,
    origins: Object.fromEntries(
      SURFACES.map((name) => [name, s[`LAIHUA_ORIGIN_${name.toUpperCase()}` as 'LAIHUA_ORIGIN_CARD'] ?? publicOrigin]),
    ) as Config['origins'],
    proxies: s.LAIHUA_PROXIES,
    ...(s.LAIHUA_TLS_CERTIFICATE && s.LAIHUA_TLS_KEY
      ? { tls: { certificate: at(s.LAIHUA_TLS_CERTIFICATE), key: at(s.LAIHUA_TLS_KEY) } }
      : {}),
    dataFolder,
    masterKeyFile: s.LAIHUA_MASTER_KEY_FILE ? at(s.LAIHUA_MASTER_KEY_FILE) : join(dataFolder, 'keys', 'master.key'),
    database: url
      ? { place: 'elsewhere', url, ...(s.DATABASE_OWNER_URL ? { ownerUrl: s.DATABASE_OWNER_URL } : {}) }
      : { place: 'embedded' },
    blobs:
      s.LAIHUA_S3_ENDPOINT && s.LAIHUA_S3_BUCKET && s.LAIHUA_S3_SECRET_FILE
        ? {
            place: 's3',
            endpoint: s.LAIHUA_S3_ENDPOINT,
            bucket: s.LAIHUA_S3_BUCKET,
            region: s.LAIHUA_S3_REGION,
            secretFile: at(s.LAIHUA_S3_SECRET_FILE),
          }
        : { place: 'folder', folder: join(dataFolder, 'blobs') },
    egressHosts: s.LAIHUA_EGRESS,
    workers: s.LAIHUA_WORKERS,
    ...(s.LAIHUA_RUN_AS ? { runAs: s.LAIHUA_RUN_AS } : {}),
    logLevel: s.LAIHUA_LOG_LEVEL,
    limits: Object.freeze(
      Object.fromEntries(LIMIT_NAMES.map((name) => [name, (good[settingOf(name)] as number | undefined) ?? DEFAULT_LIMITS[name]])),
    ) as Limits,
  }
}

/** Faults that only several settings together can have (threats SES-11, NET-4, PAP-2). */
const together = (c: Config, given: Record<string, string | undefined>): ConfigFault[] => {
  const faults: ConfigFault[] = []
  const say = (setting: string, says: string) => faults.push({ setting, says })
  const open = !isLoopback(c.host)
  if (c.kind === 'demo' && open)
    say(
      'LAIHUA_HOST',
      `is ${c.host}, but a demo has known accounts and listens on this machine only: use 127.0.0.1, or LAIHUA_KIND=real with a new data folder.`,
    )
  if (c.kind === 'real' && open && !c.tls && c.proxies.length === 0)
    say(
      'LAIHUA_HOST',
      `is ${c.host}, where passwords would travel in the clear: set LAIHUA_TLS_CERTIFICATE and LAIHUA_TLS_KEY, or name your proxy in LAIHUA_PROXIES.`,
    )
  if (c.kind === 'real' && !given['LAIHUA_ORIGIN'])
    say('LAIHUA_ORIGIN', 'is missing: papers and QR codes name it for years, for example https://permits.example.gov.cn.')
  for (const [name, origin] of [
    ['LAIHUA_ORIGIN', c.publicOrigin] as const,
    ...SURFACES.map((s) => [`LAIHUA_ORIGIN_${s.toUpperCase()}`, c.origins[s]] as const),
  ])
    if (c.kind === 'real' && given[name] && !origin.startsWith('https:') && !isLoopback(new URL(origin).hostname))
      say(name, 'must begin with https in a real service.')
  if ((given['LAIHUA_TLS_CERTIFICATE'] === undefined) !== (given['LAIHUA_TLS_KEY'] === undefined))
    say('LAIHUA_TLS_CERTIFICATE', 'and LAIHUA_TLS_KEY belong together: set both or neither.')
  if (given['DATABASE_OWNER_URL'] && !given['DATABASE_URL'])
    say('DATABASE_OWNER_URL', 'needs DATABASE_URL, the address by which the application signs in.')
  const s3 = ['LAIHUA_S3_ENDPOINT', 'LAIHUA_S3_BUCKET', 'LAIHUA_S3_SECRET_FILE']
  const missing = s3.filter((name) => !given[name])
  if (missing.length > 0 && missing.length < s3.length) say(missing.join(' and '), `must be set too: ${s3.join(', ')} belong together.`)
  if (c.healthPort === c.port && c.port !== 0) say('LAIHUA_HEALTH_PORT', 'must differ from LAIHUA_PORT.')
  return faults
}

/** Edit distance, for a hint at a mistyped name. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}
