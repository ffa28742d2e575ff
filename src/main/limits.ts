import * as z from 'zod'

const whole = (value: number, least = 0, most = 1_000_000_000) => ({ value, least, most })
const MIB = 1024 ** 2

/**
 * Every number that an operator may turn, with its default and its bounds. Each is also a setting: `faceTriesADay` is `LAIHUA_FACE_TRIES_A_DAY`.
 * Legal periods are not here: they belong to packs.
 */
const TABLE = {
  // Sessions: idle and absolute life by audience (ASVS 7.3), how fresh a step-up must be, single-use links.
  officeIdleMinutes: whole(15, 1, 60),
  officeAbsoluteHours: whole(12, 1, 24),
  employerIdleMinutes: whole(60, 1, 240),
  employerAbsoluteHours: whole(24, 1, 72),
  cardIdleMinutes: whole(30, 1, 240),
  cardAbsoluteHours: whole(24, 1, 72),
  stepUpMinutes: whole(5, 1, 15),
  resetMinutes: whole(10, 1, 60),
  administratorCodeHours: whole(72, 1, 720),
  endedSessionDays: whole(90, 1, 400),
  // Sign-in: free tries before the delay grows, its longest step, and how many password hashes run at once (each takes 64 MiB).
  signInFreeTries: whole(5, 1, 20),
  signInLongestDelaySeconds: whole(900, 1, 86_400),
  signInTriesAMinuteAndAddress: whole(30, 1, 10_000),
  parallelPasswordHashes: whole(4, 1, 64),
  // Card: tries at the real-person check, life of its challenge, of the live code, of a credential offer.
  faceTriesADay: whole(5, 1, 20),
  faceAttemptSeconds: whole(30, 10, 300),
  faceQueue: whole(20, 1, 1000),
  liveCodeSeconds: whole(60, 10, 300),
  offerMinutes: whole(5, 1, 60),
  offerTries: whole(3, 1, 10),
  statusListMinutes: whole(15, 1, 60),
  statusListLifeHours: whole(24, 1, 168),
  // Public checks (threat CHK-1).
  checksAMinuteAndAddress: whole(30, 1, 10_000),
  checksAMinute: whole(3000, 1, 1_000_000),
  // Quotas an employer and day, so that one cannot fill the desk (threat NET-5, EMP-3).
  filingsADay: whole(200, 1, 100_000),
  openDrafts: whole(500, 1, 100_000),
  uploadMegabytesADay: whole(5000, 1, 1_000_000),
  exportsADay: whole(20, 1, 10_000),
  // Reading: what alarms, how long a list may be (threat OFF-1).
  alarmOpens: whole(60, 1, 10_000),
  alarmMinutes: whole(10, 1, 1440),
  pageRows: whole(50, 10, 200),
  // Foreign bytes: size, pixels, pages, and what a parser process may take (threat UPL-3).
  uploadBytes: whole(50 * MIB, MIB, 500 * MIB),
  uploadPixels: whole(60_000_000, 1_000_000, 400_000_000),
  uploadPages: whole(200, 1, 2000),
  uploadIdleMinutes: whole(60, 1, 1440),
  looseUploadDays: whole(30, 1, 365),
  parsers: whole(2, 1, 64),
  parserSeconds: whole(20, 1, 300),
  parserMegabytes: whole(768, 128, 16_384),
  parserQueue: whole(50, 1, 10_000),
  // The door.
  requestBytes: whole(MIB, 1024, 50 * MIB),
  headerSeconds: whole(10, 1, 120),
  requestSeconds: whole(60, 1, 600),
  keepAliveSeconds: whole(30, 1, 600),
  closeSeconds: whole(10, 1, 120),
  // PostgreSQL: connections of the desk, of the public side and of the worker, and the longest statement.
  deskConnections: whole(12, 2, 500),
  publicConnections: whole(6, 1, 500),
  workerConnections: whole(8, 2, 500),
  statementSeconds: whole(30, 1, 600),
  // Running: how often we write that we are up, what gap counts as an outage, how often clocks are swept.
  pulseSeconds: whole(30, 1, 300),
  outageSeconds: whole(300, 10, 86_400),
  sweepSeconds: whole(30, 1, 600),
} as const

export type LimitName = keyof typeof TABLE
export type Limits = Readonly<Record<LimitName, number>>

/** `faceTriesADay` → `LAIHUA_FACE_TRIES_A_DAY`. */
export const settingOf = (name: string) => `LAIHUA_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`

export const LIMIT_NAMES = Object.keys(TABLE) as LimitName[]
export const DEFAULT_LIMITS = Object.fromEntries(LIMIT_NAMES.map((name) => [name, TABLE[name].value])) as Limits

/** One schema a limit, by the name of its setting; the fault says the bounds. */
export const LIMIT_SETTINGS = Object.fromEntries(
  LIMIT_NAMES.map((name) => {
    const { value, least, most } = TABLE[name]
    const error = `must be a whole number from ${least} to ${most} (it is ${value} when nothing is set)`
    const schema = z
      .string()
      .regex(/^\d{1,12}$/, { error, abort: true })
      .transform(Number)
      .refine((n) => n >= least && n <= most, { error })
      .optional()
    return [settingOf(name), schema]
  }),
)
