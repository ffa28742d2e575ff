import type { Actor } from '../domain/kernel.ts'

/** Time, law and the machine. Never signs in, never grants or refuses (settled: only deems and lapses by law). */
export const SYSTEM_ACTOR: Actor = {
  accountId: '00000000-0000-7000-8000-000000000000',
  personId: '00000000-0000-7000-8000-000000000000',
  role: 'system',
  level: 'system',
}
