import type { Day } from '../kernel.ts'
import type { EndKind, PaperKind } from '../policy/words.ts'

/** What a decided filing does to other aggregates. The service runs their own `decide` in the same transaction; one refusal refuses all. */
export type ApplicationEffect =
  | {
      to: 'permit'
      type: 'grantPermit'
      permitId: string
      personId: string
      employerId: string
      class: 'A' | 'B' | 'C'
      validFrom: Day
      validUntil: Day
      verification: 'none' | { period: string; papers: PaperKind[] }
      papers: PaperKind[]
      formVersion: number
      originals: string[]
    }
  | { to: 'permit'; type: 'endPermit'; permitId: string; kind: EndKind }
  | { to: 'employer'; type: 'approve'; formVersion: number }
  | { to: 'employer'; type: 'change'; formVersion: number }
