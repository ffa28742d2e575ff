import * as z from 'zod'

/** What a person can be asked to do before the camera. `turnLeft` is the person's own left; frames must not be mirrored. */
export const Action = z.enum(['turnLeft', 'turnRight', 'openMouth', 'blink'])
export type Action = z.infer<typeof Action>
export const Step = z.enum(['lookStraight', ...Action.options])
export type Step = z.infer<typeof Step>

/** The order of movements asked of one attempt. Bound to attempt, web session and device, and used once, by whoever stores it (threat REG-3). */
export const Challenge = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  steps: z.array(Step).min(2).max(6),
  seconds: z.int().min(5).max(120),
})
export type Challenge = z.infer<typeof Challenge>

/** Random bytes that `designChallenge` needs: 16 for the id, 16 for the nonce, the rest for the order. */
export const CHALLENGE_RANDOM_BYTES = 64
export type ChallengePlan = { kinds: readonly Action[]; length: number; seconds: number }
export const DEFAULT_PLAN: ChallengePlan = { kinds: Action.options, length: 3, seconds: 30 }

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

/**
 * Draws a challenge: first look straight, then `length` − 1 different movements of `kinds` in random order. Equal bytes give an equal challenge.
 * Throws when there are too few bytes or kinds: a fault of the configuration.
 */
export function designChallenge(random: Uint8Array, plan: ChallengePlan = DEFAULT_PLAN): Challenge {
  if (random.length < CHALLENGE_RANDOM_BYTES) throw new Error(`a challenge needs ${CHALLENGE_RANDOM_BYTES} random bytes`)
  const left = [...new Set(plan.kinds)]
  if (plan.length < 2 || left.length < plan.length - 1) throw new Error('fewer kinds of movement than the challenge has steps')
  const steps: Step[] = ['lookStraight']
  let next = 32
  while (steps.length < plan.length) {
    // Bytes above the last full multiple are skipped, so that each kind is equally likely; 32 bytes never run out in practice.
    const byte = random[next++ % random.length]!
    if (byte >= 256 - (256 % left.length) && next < random.length) continue
    steps.push(...left.splice(byte % left.length, 1))
  }
  return { id: hex(random.subarray(0, 16)), nonce: hex(random.subarray(16, 32)), steps, seconds: plan.seconds }
}
