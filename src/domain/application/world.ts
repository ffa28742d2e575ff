import type { Calendar } from '../clock/calendar.ts'
import type { RunningPeriod } from '../clock/follow.ts'
import type { Day, Envelope } from '../kernel.ts'
import type { Assessment } from '../policy/assess.ts'
import type { Facts } from '../policy/facts.ts'
import type { Item, Pack } from '../policy/pack.ts'
import type { WorkStage } from '../policy/words.ts'

export type OpenItem = Extract<Item, { offer: 'open' }>
/** A fault of the form that stops a filing, as `formFaults` found it. */
export type BlockingFault = { path: string; code: string }

/** All that a decision about a filing may look at, gathered by the service before it asks. */
export type ApplicationWorld = {
  envelope: Envelope
  today: Day
  pack: Pack
  packHash: string
  item: OpenItem
  calendar: Calendar
  facts: Facts
  assessment?: Assessment
  /** Periods of the item that apply to these facts, lengths resolved. */
  periods: RunningPeriod[]
  faults: BlockingFault[]
  /** Keyed digest of the form as it stands, without the declarations. */
  formDigest: string
  /** Sections of the form that differ from the version the office saw last. */
  changedSections: string[]
  /** Where the filing goes, worked out from the employer's area and tier. */
  routing?: { jurisdiction: string; offices: Partial<Record<WorkStage, string>> }
  /** The person as bound at submission, or already known. */
  personId?: string
  /** Standing of the employer now. */
  employerApproved: boolean
  /** The actor declared a conflict of interest with this person or employer. */
  conflict: boolean
  /** Is this the case that the queue offers next to this officer? */
  nextInLine: boolean
}
