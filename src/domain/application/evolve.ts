import { evolveClocks } from '../clock/clock.ts'
import type { Stage } from '../policy/words.ts'
import type { ApplicationEvent } from './events.ts'
import type { Application, Defect, RecordedAssessment } from './state.ts'

/** Version of the snapshot's shape; a stored snapshot of another shape is rebuilt from the log. */
export const APPLICATION_SHAPE = 1

const withAssessment = (a: Application, assessment: RecordedAssessment | undefined): Application => (assessment ? { ...a, assessment } : a)
const enter = (a: Application, stage: Stage): Application => {
  const { officer: _gone, returnsTo: _back, ...rest } = a
  return { ...rest, stage }
}
const end = (a: Application, as: Stage, on: string): Application => ({ ...enter(a, as), ended: { as, on } })

/** Applies one fact. Judges nothing: whatever the log says has happened. */
export function evolveApplication(state: Application | undefined, event: ApplicationEvent): Application {
  if (event.type === 'draftStarted')
    return {
      id: event.id,
      caseNo: event.caseNo,
      item: event.item,
      subject: event.subject,
      employerId: event.employerId,
      ...(event.mandateId ? { mandateId: event.mandateId } : {}),
      filedBy: event.filedBy,
      stage: 'draft',
      stages: [],
      offices: {},
      lastOfficer: {},
      formVersion: 0,
      papers: {},
      commitments: [],
      owed: [],
      round: 0,
      defects: [],
      seen: [],
      judgements: {},
      checkedPapers: {},
      clocks: [],
      issued: [],
    }
  if (!state) throw new Error(`a log begins with draftStarted, not ${event.type}`)
  const a = state
  switch (event.type) {
    case 'draftSaved':
      return { ...a, formVersion: event.formVersion, ...(event.ground === undefined ? {} : { ground: event.ground }) }
    case 'paperAttached': {
      const { [event.paper.code]: _old, ...checked } = a.checkedPapers
      return {
        ...a,
        papers: { ...a.papers, [event.paper.code]: event.paper },
        checkedPapers: checked,
        commitments: a.commitments.filter((c) => c !== event.paper.code),
      }
    }
    case 'paperRemoved': {
      const { [event.code]: _gone, ...papers } = a.papers
      return { ...a, papers }
    }
    case 'commitmentMade':
      return {
        ...a,
        commitments: event.made ? [...new Set([...a.commitments, event.material])] : a.commitments.filter((c) => c !== event.material),
      }
    case 'submitted':
      return withAssessment(
        {
          ...enter(a, event.stages[0] ?? 'preReview'),
          stages: event.stages,
          offices: event.offices,
          packHash: event.packHash,
          jurisdiction: event.jurisdiction,
          submittedOn: event.on,
          round: 1,
          formVersion: event.formVersion,
          owed: event.owed,
          ...(event.personId ? { personId: event.personId } : {}),
        },
        event.assessment,
      )
    case 'taken':
      return { ...a, officer: event.officer }
    case 'givenBack': {
      const { officer: _gone, ...rest } = a
      return event.reassignedTo ? { ...rest, officer: event.reassignedTo } : rest
    }
    case 'judged':
      return { ...a, judgements: { ...a.judgements, [event.judged.code]: event.judged } }
    case 'paperChecked':
      return { ...a, checkedPapers: { ...a.checkedPapers, [event.code]: event.finding } }
    case 'returned': {
      const named = new Set(event.defects.map((d) => d.id))
      const kept: Defect[] = a.defects.filter((d) => !named.has(d.id))
      const left = enter(a, 'correction')
      return {
        ...left,
        returnsTo: event.from,
        ...(a.officer ? { lastOfficer: { ...a.lastOfficer, [event.from]: a.officer } } : {}),
        defects: [...kept, ...event.defects],
        seen: [...a.seen, event.seen],
      }
    }
    case 'resubmitted': {
      const back = a.returnsTo ?? 'preReview'
      const officer = a.lastOfficer[back]
      return withAssessment(
        {
          ...enter(a, back),
          ...(officer ? { officer } : {}),
          round: a.round + 1,
          formVersion: event.formVersion,
          defects: a.defects.map((d) => (event.corrected.includes(d.id) ? { ...d, corrected: true } : d)),
        },
        event.assessment,
      )
    }
    case 'preReviewPassed':
      return { ...enter(a, next(a, 'preReview')), lastOfficer: { ...a.lastOfficer, preReview: event.by } }
    case 'accepted':
      return withAssessment(
        {
          ...enter(a, next(a, 'acceptance')),
          acceptedOn: event.asOf,
          ...(event.by === 'law' ? {} : { lastOfficer: { ...a.lastOfficer, acceptance: event.by } }),
        },
        event.assessment,
      )
    case 'reviewed':
      return { ...enter(a, next(a, 'review')), lastOfficer: { ...a.lastOfficer, review: event.by } }
    case 'sentBack':
      return { ...enter(a, event.to), lastOfficer: { ...a.lastOfficer, decision: event.by } }
    case 'decided':
      return withAssessment(
        {
          ...(event.granted ? end(a, 'granted', event.on) : a),
          decided: { granted: event.granted, on: event.on, reasons: event.reasons, by: event.by },
          lastOfficer: { ...a.lastOfficer, decision: event.by },
          ...(event.permitId ? { permitId: event.permitId } : {}),
        },
        event.assessment,
      )
    case 'refused':
      return end(a, 'refused', event.on)
    case 'notAccepted':
      return { ...end(a, 'notAccepted', event.on), decided: { granted: false, on: event.on, reasons: event.reasons, by: event.by } }
    case 'withdrawn':
      return end(a, 'withdrawn', event.on)
    case 'lapsed':
      return end(a, 'lapsed', event.on)
    case 'officeChanged':
      return { ...a, offices: { ...a.offices, ...event.offices } }
    case 'paperIssued':
      return { ...a, issued: [...a.issued, { kind: event.kind, paperId: event.paperId }] }
    case 'paperReplaced':
      return { ...a, issued: a.issued.map((p) => (p.paperId === event.paperId ? { ...p, replaced: event.by } : p)) }
    case 'delivered':
      return a
    default:
      return { ...a, clocks: evolveClocks(a.clocks, event) }
  }
}

/** The stage after this one in the order that the pack gave at submission; acceptance by law leads to what follows it from any stage. */
const next = (a: Application, stage: 'preReview' | 'acceptance' | 'review'): Stage => {
  if (stage === 'acceptance') return a.stages.find((s) => s === 'review' || s === 'decision') ?? 'decision'
  return a.stages[a.stages.indexOf(stage) + 1] ?? 'decision'
}
