import type { StoredEvent } from '../../store/log.ts'

/** What a reader may see of the history: keys and codes; an officer's own steps stay in the office. */
export type TimelineLine = {
  at: string
  effectiveAt: string
  key: string
  values: Record<string, string | number>
  byLaw: boolean
  paperId: string | null
}

const FOR_ALL = new Set([
  'draftStarted',
  'submitted',
  'returned',
  'resubmitted',
  'preReviewPassed',
  'accepted',
  'notAccepted',
  'decided',
  'refused',
  'withdrawn',
  'lapsed',
  'officeChanged',
  'clockExtended',
  'clockMissed',
  'permitGranted',
  'noticeIssued',
  'noticeLapsed',
  'noticeUnused',
  'noticeRevived',
  'entryRecorded',
  'entryCorrected',
  'originalsVerified',
  'verificationOverdue',
  'decisionCollected',
  'permitSuspended',
  'permitRestored',
  'permitEnded',
])
const FOR_OFFICE = new Set([
  ...FOR_ALL,
  'taken',
  'givenBack',
  'judged',
  'reviewed',
  'sentBack',
  'paperAttached',
  'paperReplaced',
  'originalChecked',
])

/** Turns stored events into lines for one kind of reader, newest first. */
export function timelineOf(events: StoredEvent[], reader: 'filer' | 'office'): TimelineLine[] {
  const shown = reader === 'office' ? FOR_OFFICE : FOR_ALL
  return events
    .filter((e) => shown.has(e.type))
    .map((e) => lineOf(e))
    .sort((a, b) => b.at.localeCompare(a.at))
}

const lineOf = ({ type, at, effective_at, role, event }: StoredEvent): TimelineLine => {
  const values: Record<string, string | number> = {}
  const put = (name: string, v: unknown) => {
    if (typeof v === 'string' || typeof v === 'number') values[name] = v
  }
  for (const name of ['on', 'enteredOn', 'code', 'kind', 'reason', 'consequence', 'opinion', 'by', 'dueOn']) put(name, event[name])
  if (type === 'returned') put('n', (event['defects'] as unknown[] | undefined)?.length)
  if (type === 'decided') put('granted', event['granted'] === true ? 1 : 0)
  return { at, effectiveAt: effective_at, key: `log.${type}`, values, byLaw: role === 'system', paperId: null }
}
