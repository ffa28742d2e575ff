import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Cost of one hash (OWASP: argon2id, 19 MiB, 2 passes) and how many may run or wait at once in this process. */
export type HashCost = { memoryKiB: number; passes: number; atOnce: number; waiting: number }
export const HASH_COST: HashCost = { memoryKiB: 19_456, passes: 2, atOnce: 2, waiting: 64 }

export type PasswordHasher = {
  /** The stored form: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. Undefined when too many wait. */
  hash(password: string): Promise<string | undefined>
  /** Compares; without a stored hash the same work is done for nothing, so that an unknown account costs what a known one costs (threat SES-2). */
  verify(stored: string | undefined, password: string): Promise<'right' | 'wrong' | 'busy'>
  /** How many hashes this process has worked out. */
  count(): number
}

/** The same letters typed on another keyboard or system are the same password (NIST SP 800-63B-4, 3.1.1.2). */
export const plainPassword = (password: string): string => password.normalize('NFKC')
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')
const STORED = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Makes the password hasher of a process. The cap keeps threads free, so that a flood of sign-ins does not stop the rest (threat SES-1). */
export function passwordHasher(cost: HashCost = HASH_COST): PasswordHasher {
  let running = 0
  let counted = 0
  const queue: (() => void)[] = []
  const enter = async (): Promise<boolean> => {
    if (running >= cost.atOnce) {
      if (queue.length >= cost.waiting) return false
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running++
    return true
  }
  const leave = () => {
    const next = queue.shift()
    if (next) next()
    else running--
  }
  const work = (password: string, nonce: Uint8Array, memory: number, passes: number, tagLength: number) =>
    new Promise<Buffer>((resolve, reject) => {
      counted++
      const message = Buffer.from(plainPassword(password), 'utf8')
      argon2('argon2id', { message, nonce, parallelism: 1, tagLength, memory, passes }, (error, tag) =>
        error ? reject(error) : resolve(Buffer.from(tag)),
      )
    })
  const nobody = `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=1$${b64(randomBytes(16))}$${b64(randomBytes(32))}`

  return {
    count: () => counted,
    async hash(password) {
      if (!(await enter())) return undefined
      try {
        const salt = randomBytes(16)
        const tag = await work(password, salt, cost.memoryKiB, cost.passes, 32)
        return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=1$${b64(salt)}$${b64(tag)}`
      } finally {
        leave()
      }
    },
    async verify(stored, password) {
      if (!(await enter())) return 'busy'
      try {
        const [, memory, passes, salt = '', hash = ''] = STORED.exec(stored ?? nobody) ?? []
        if (!memory || !passes) throw new Error('a stored password hash has an unknown form')
        const expected = Buffer.from(hash, 'base64')
        const tag = await work(password, Buffer.from(salt, 'base64'), Number(memory), Number(passes), expected.length)
        return timingSafeEqual(tag, expected) && stored !== undefined ? 'right' : 'wrong'
      } finally {
        leave()
      }
    },
  }
}
