import type { Role } from '../kernel.ts'
import type { Stage } from '../policy/words.ts'
import type { ApplicationAction } from './commands.ts'
import { type Application, ENDED, workStageOf } from './state.ts'

type Open = { stages: readonly Stage[]; roles: readonly Role[]; holding?: true }
const FILER = ['handler', 'agencyStaff'] as const
const DESK = ['preReviewer', 'acceptanceClerk', 'reviewer', 'decider'] as const
const WORKING = ['preReview', 'acceptance', 'review', 'decision'] as const

/**
 * The whole life of a filing in one table: in which stage, by which role, and whether the officer must hold the case.
 * Buttons, permissions, refusals and the stage diagram are derived from it.
 */
export const ACTIONS: Readonly<Record<ApplicationAction, Open>> = {
  saveDraft: { stages: ['draft', 'correction'], roles: FILER },
  attachPaper: { stages: ['draft', 'correction'], roles: FILER },
  removePaper: { stages: ['draft', 'correction'], roles: FILER },
  commit: { stages: ['draft', 'correction'], roles: FILER },
  submit: { stages: ['draft'], roles: FILER },
  resubmit: { stages: ['correction'], roles: FILER },
  withdraw: { stages: ['draft', ...WORKING, 'correction'], roles: FILER },
  take: { stages: WORKING, roles: DESK },
  giveBack: { stages: WORKING, roles: [...DESK, 'supervisor'] },
  checkPaper: { stages: ['preReview', 'acceptance', 'review'], roles: DESK, holding: true },
  judge: { stages: WORKING, roles: DESK, holding: true },
  returnForCorrection: { stages: ['preReview', 'acceptance', 'review'], roles: DESK, holding: true },
  passPreReview: { stages: ['preReview'], roles: ['preReviewer'], holding: true },
  accept: { stages: ['acceptance'], roles: ['acceptanceClerk'], holding: true },
  notAccept: { stages: ['preReview', 'acceptance'], roles: ['preReviewer', 'acceptanceClerk'], holding: true },
  extendTime: { stages: ['review', 'decision'], roles: ['reviewer', 'decider', 'supervisor'] },
  finishReview: { stages: ['review'], roles: ['reviewer'], holding: true },
  sendBack: { stages: ['decision'], roles: ['decider'], holding: true },
  grant: { stages: ['decision'], roles: ['decider'], holding: true },
  refuse: { stages: ['decision'], roles: ['decider'], holding: true },
  letPeriodPass: { stages: [...WORKING, 'correction'], roles: ['system'] },
  recordPaper: { stages: ['draft', ...WORKING, 'correction', ...ENDED], roles: ['system'] },
  recordDelivery: { stages: [...WORKING, 'correction', ...ENDED], roles: [...FILER, 'windowClerk', 'system'] },
  moveToOffice: { stages: [...WORKING, 'correction'], roles: ['supervisor'] },
}

/** Which role works on which stage; a pack chooses stages, never who may decide. */
export const STAGE_ROLE = {
  preReview: 'preReviewer',
  acceptance: 'acceptanceClerk',
  review: 'reviewer',
  decision: 'decider',
} as const satisfies Record<string, Role>

/** Acts that end in a legal effect and need a fresh second look at who is signed in (threat SES-6). */
export const STEP_UP: readonly ApplicationAction[] = ['grant', 'refuse', 'notAccept']

/**
 * What this actor may do now: the same answer for the buttons of every screen and for `decide`.
 * Role and stage only; what the data itself forbids is told when the command is given.
 */
export function openActions(a: Application, actor: { accountId: string; personId: string; role: Role }): ApplicationAction[] {
  return (Object.keys(ACTIONS) as ApplicationAction[]).filter((action) => refusalOf(a, action, actor) === undefined)
}

/** Why not, or nothing. Order: stage, role, role of this stage, holding, four eyes. */
export function refusalOf(a: Application, action: ApplicationAction, actor: { accountId: string; personId: string; role: Role }) {
  const open = ACTIONS[action]
  if (!open.roles.includes(actor.role)) return { code: 'roleNotAllowed', role: actor.role } as const
  if (!open.stages.includes(a.stage)) return { code: 'actionNotOpen', action, stage: a.stage } as const
  const desk = (DESK as readonly Role[]).includes(actor.role)
  const stage = workStageOf(a)
  if (desk && stage && STAGE_ROLE[stage] !== actor.role && action !== 'extendTime')
    return { code: 'roleNotAllowed', role: actor.role } as const
  if (action === 'take' && a.officer)
    return a.officer.accountId === actor.accountId ? ({ code: 'alreadyTaken' } as const) : ({ code: 'heldByAnother' } as const)
  if (action === 'giveBack' && actor.role !== 'supervisor' && a.officer?.accountId !== actor.accountId)
    return { code: 'takeItFirst' } as const
  if (open.holding && a.officer?.accountId !== actor.accountId)
    return a.officer ? ({ code: 'heldByAnother' } as const) : ({ code: 'takeItFirst' } as const)
  if (stage === 'decision' && desk && a.lastOfficer.review?.personId === actor.personId)
    return { code: 'fourEyes', earlier: 'review' } as const
  return undefined
}
