import { type Day, type Decision, type Envelope, no, yes } from '../kernel.ts'
import type { Refusal } from '../refusals.ts'

type Fact<T extends string, D = unknown> = { type: T; v: 1 } & D
export type EmployerStanding = 'registering' | 'approved' | 'suspended' | 'dissolved'

/** The unit that employs. Its profile is the sealed form of the filing that approved it; the log holds who acts for it and under which seal. */
export type Employer = {
  id: string
  standing: EmployerStanding
  profile?: { applicationId: string; formVersion: number }
  approvedOn?: Day
  handlers: { accountId: string; personId: string; from: Day; until?: Day }[]
  seals: { id: string; kind: string; blobId: string; from: Day; until?: Day }[]
}

export type EmployerEvent =
  | Fact<'employerRegistered', { id: string; accountId: string; personId: string; on: Day }>
  | Fact<'employerApproved', { applicationId: string; formVersion: number; on: Day }>
  | Fact<'employerChanged', { applicationId: string; formVersion: number; on: Day }>
  | Fact<'employerSuspended', { on: Day; noteId: string }>
  | Fact<'employerRestored', { on: Day; noteId: string }>
  | Fact<'handlerAdded', { accountId: string; personId: string; on: Day }>
  | Fact<'handlerRemoved', { accountId: string; on: Day }>
  | Fact<'sealAdded', { id: string; kind: string; blobId: string; on: Day }>
  | Fact<'sealRetired', { id: string; on: Day }>

export type EmployerCommand =
  | { type: 'approve'; applicationId: string; formVersion: number }
  | { type: 'change'; applicationId: string; formVersion: number }
  | { type: 'suspend'; noteId: string }
  | { type: 'restore'; noteId: string }
  | { type: 'addHandler'; accountId: string; personId: string }
  | { type: 'removeHandler'; accountId: string }
  | { type: 'addSeal'; id: string; kind: string; blobId: string }
  | { type: 'retireSeal'; id: string }

/** `codeTaken`: another approved unit holds the same credit code; an officer must settle that first (threat EMP-7). */
export type EmployerWorld = { envelope: Envelope; today: Day; codeTaken: boolean }

export const EMPLOYER_SHAPE = 1

/** Answers an order to an employer account. */
export function decideEmployer(e: Employer, command: EmployerCommand, world: EmployerWorld): Decision<EmployerEvent, Refusal> {
  const on = world.today
  const refuse = () => no({ code: 'actionNotOpen', action: command.type, stage: e.standing } as const)
  switch (command.type) {
    case 'approve':
      if (e.standing !== 'registering') return refuse()
      if (world.codeTaken) return no({ code: 'employerCodeTaken' })
      return yes([{ type: 'employerApproved', v: 1, applicationId: command.applicationId, formVersion: command.formVersion, on }])
    case 'change':
      if (e.standing !== 'approved') return refuse()
      if (world.codeTaken) return no({ code: 'employerCodeTaken' })
      return yes([{ type: 'employerChanged', v: 1, applicationId: command.applicationId, formVersion: command.formVersion, on }])
    case 'suspend':
      return e.standing === 'approved' ? yes([{ type: 'employerSuspended', v: 1, on, noteId: command.noteId }]) : refuse()
    case 'restore':
      return e.standing === 'suspended' ? yes([{ type: 'employerRestored', v: 1, on, noteId: command.noteId }]) : refuse()
    case 'addHandler':
      if (e.handlers.some((h) => h.accountId === command.accountId && !h.until)) return yes([])
      return yes([{ type: 'handlerAdded', v: 1, accountId: command.accountId, personId: command.personId, on }])
    case 'removeHandler': {
      const others = e.handlers.filter((h) => !h.until && h.accountId !== command.accountId)
      if (!e.handlers.some((h) => h.accountId === command.accountId && !h.until)) return no({ code: 'notFound' })
      // A unit without a handler could never be reached again.
      return others.length === 0 ? refuse() : yes([{ type: 'handlerRemoved', v: 1, accountId: command.accountId, on }])
    }
    case 'addSeal':
      return yes([{ type: 'sealAdded', v: 1, id: command.id, kind: command.kind, blobId: command.blobId, on }])
    case 'retireSeal':
      return e.seals.some((s) => s.id === command.id && !s.until)
        ? yes([{ type: 'sealRetired', v: 1, id: command.id, on }])
        : no({ code: 'notFound' })
    default:
      return command satisfies never
  }
}

/** Applies one fact to an employer account. */
export function evolveEmployer(state: Employer | undefined, event: EmployerEvent): Employer {
  if (event.type === 'employerRegistered')
    return {
      id: event.id,
      standing: 'registering',
      handlers: [{ accountId: event.accountId, personId: event.personId, from: event.on }],
      seals: [],
    }
  if (!state) throw new Error(`an employer begins with employerRegistered, not ${event.type}`)
  const e = state
  switch (event.type) {
    case 'employerApproved':
      return {
        ...e,
        standing: 'approved',
        approvedOn: event.on,
        profile: { applicationId: event.applicationId, formVersion: event.formVersion },
      }
    case 'employerChanged':
      return { ...e, profile: { applicationId: event.applicationId, formVersion: event.formVersion } }
    case 'employerSuspended':
      return { ...e, standing: 'suspended' }
    case 'employerRestored':
      return { ...e, standing: 'approved' }
    case 'handlerAdded':
      return { ...e, handlers: [...e.handlers, { accountId: event.accountId, personId: event.personId, from: event.on }] }
    case 'handlerRemoved':
      return { ...e, handlers: e.handlers.map((h) => (h.accountId === event.accountId && !h.until ? { ...h, until: event.on } : h)) }
    case 'sealAdded':
      return { ...e, seals: [...e.seals, { id: event.id, kind: event.kind, blobId: event.blobId, from: event.on }] }
    case 'sealRetired':
      return { ...e, seals: e.seals.map((s) => (s.id === event.id ? { ...s, until: event.on } : s)) }
    default:
      return event satisfies never
  }
}
