import { isIP } from 'node:net'
import * as z from 'zod'

/** Parts of the service that may have a host name of their own (ASVS 3.5.4). */
export const SURFACES = ['employer', 'office', 'card', 'check'] as const
export type Surface = (typeof SURFACES)[number]

const port = () => {
  const error = 'must be a port: a whole number from 0 to 65535.'
  return z
    .string()
    .regex(/^\d{1,5}$/, { error, abort: true })
    .transform(Number)
    .refine((n) => n <= 65_535, { error })
}

const Origin = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text.replace(/\/$/, ''), {
    error: 'must be an address without a path, like https://permits.example.gov.cn.',
    abort: true,
  })
  .transform((text) => new URL(text).origin)

const PostgresUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).pathname.length > 1, {
    error: 'must look like postgres://user:password@host:5432/database.',
  })

const Path = z.string().refine((text) => !text.includes('\0'), { error: 'must be a path.' })

const listOf = (one: (item: string) => boolean, error: string) =>
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((item) => item !== ''))
    .refine((items) => items.every(one), { error })
    .default([])

const isNetwork = (item: string) => {
  const [address = '', bits, more] = item.split('/')
  const kind = isIP(address)
  return kind > 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128)))
}

const isHost = (item: string) => /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$/.test(item)

const choice = <const T extends [string, ...string[]]>(words: T, unset: T[number]) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}.` }).default(unset as never)

/** Every setting but the limits, as it stands in the environment. */
export const Settings = z.object({
  LAIHUA_KIND: choice(['demo', 'real'], 'demo').describe('what a new database is born as; it can never change'),
  LAIHUA_HOST: z
    .string()
    .refine((text) => isIP(text) > 0 || isHost(text.toLowerCase()), { error: 'must be a host name or an IP address.' })
    .default('127.0.0.1')
    .describe('where the service listens'),
  LAIHUA_PORT: port().default(8080).describe('the port of the service; 0 takes any free one'),
  LAIHUA_HEALTH_PORT: port().optional().describe('health, always on this machine only: one above LAIHUA_PORT unless set; 0 turns it off'),
  LAIHUA_ORIGIN: Origin.optional().describe('the public address; needed in a real service'),
  LAIHUA_ORIGIN_EMPLOYER: Origin.optional().describe('an address of its own for employers'),
  LAIHUA_ORIGIN_OFFICE: Origin.optional().describe('an address of its own for offices'),
  LAIHUA_ORIGIN_CARD: Origin.optional().describe('an address of its own for the card'),
  LAIHUA_ORIGIN_CHECK: Origin.optional().describe('an address of its own for checks'),
  LAIHUA_PROXIES: listOf(isNetwork, 'must list IP addresses or networks such as 10.0.0.5 10.1.0.0/16.').describe(
    'proxies whose forwarded headers are believed',
  ),
  LAIHUA_TLS_CERTIFICATE: Path.optional().describe('certificate chain, PEM'),
  LAIHUA_TLS_KEY: Path.optional().describe('its private key, PEM'),
  LAIHUA_DATA: Path.optional().describe('the data folder (.data beside the program)'),
  LAIHUA_MASTER_KEY_FILE: Path.optional().describe('the key that wraps all keys; not on the data volume in a real service'),
  DATABASE_URL: PostgresUrl.optional().describe('a PostgreSQL 15–18 of your own instead of the embedded one'),
  DATABASE_OWNER_URL: PostgresUrl.optional().describe('the same database as its owner, for migrations'),
  LAIHUA_S3_ENDPOINT: Origin.optional().describe('an S3 service for files'),
  LAIHUA_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'must be the name of a bucket.' })
    .optional()
    .describe('its bucket'),
  LAIHUA_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, { error: 'must be the name of a region.' })
    .default('us-east-1')
    .describe('its region'),
  LAIHUA_S3_SECRET_FILE: Path.optional().describe('a file with two lines: access key, secret key'),
  LAIHUA_EGRESS: listOf(isHost, 'must list host names.').describe('hosts that outgoing requests may reach'),
  LAIHUA_WORKERS: z
    .string()
    .regex(/^([1-9]|[12]\d|3[0-2])$/, { error: 'must be a whole number from 1 to 32.' })
    .transform(Number)
    .default(1)
    .describe('processes for background tasks'),
  LAIHUA_RUN_AS: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/i, { error: 'must be the name of a user of this machine.' })
    .optional()
    .describe('the user to become when started as root'),
  LAIHUA_LOG_LEVEL: choice(['debug', 'info', 'warn', 'error'], 'info').describe('how much is written to the log'),
})
