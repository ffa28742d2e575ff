import { no, yes } from '../kernel.ts'
import { recordAssessment } from './assessment.ts'
import type { ApplicationCommand } from './commands.ts'
import type { ApplicationDecision } from './decide.ts'
import type { ApplicationEvent } from './events.ts'
import { brokenRules, missingPapers, sheetOf } from './papers.ts'
import type { Application } from './state.ts'
import type { ApplicationWorld } from './world.ts'

type FilerCommand = Extract<
  ApplicationCommand,
  { type: 'saveDraft' | 'attachPaper' | 'removePaper' | 'commit' | 'submit' | 'resubmit' | 'withdraw' }
>

/** What the filer does: fill in, attach, commit, file, correct, withdraw. */
export function decideDraft(a: Application, command: FilerCommand, world: ApplicationWorld): ApplicationDecision {
  switch (command.type) {
    case 'saveDraft': {
      if (a.stage === 'correction') {
        const named = namedSections(a)
        const stray = world.changedSections.find((s) => !named.has(s))
        if (stray) return no({ code: 'notNamed', point: stray })
      }
      return yes([
        { type: 'draftSaved', v: 1, formVersion: command.formVersion, ...(command.ground === undefined ? {} : { ground: command.ground }) },
      ])
    }
    case 'attachPaper':
      return attach(a, command.paper, world)
    case 'removePaper':
      if (!a.papers[command.code]) return no({ code: 'notFound' })
      if (a.stage === 'correction') return no({ code: 'notNamed', point: command.code })
      return yes([{ type: 'paperRemoved', v: 1, code: command.code }])
    case 'commit': {
      const offered = world.assessment?.materials.find((m) => m.code === command.material)?.relief.includes('commitment')
      if (command.made && !offered) return no({ code: 'commitmentNotOffered', paper: command.material })
      return yes([{ type: 'commitmentMade', v: 1, material: command.material, made: command.made }])
    }
    case 'submit':
      return submit(a, world)
    case 'resubmit':
      return resubmit(a, command, world)
    case 'withdraw':
      return yes([{ type: 'withdrawn', v: 1, on: world.today, ...(command.noteId ? { noteId: command.noteId } : {}) }])
    default:
      return command satisfies never
  }
}

const attach = (
  a: Application,
  paper: Extract<FilerCommand, { type: 'attachPaper' }>['paper'],
  world: ApplicationWorld,
): ApplicationDecision => {
  const asked = world.item.materials[paper.code]
  const material = world.pack.materials[paper.code]
  if (!asked || asked.need === 'none' || !material) return no({ code: 'paperNotAsked', paper: paper.code })
  const forms = asked.forms ?? Object.keys(material.forms)
  if (!forms.includes(paper.form)) return no({ code: 'paperFormNotAccepted', paper: paper.code, form: paper.form })
  if (a.stage === 'correction' && !namedPapers(a, world).has(paper.code)) return no({ code: 'notNamed', point: paper.code })
  return yes([{ type: 'paperAttached', v: 1, paper: { ...paper, round: a.round } }])
}

/** One filing, whole: form, papers, commitments, preconditions, class, declaration. Everything that stops it is told together by the check before filing. */
const submit = (a: Application, world: ApplicationWorld): ApplicationDecision => {
  if (world.item.subject === 'person' && !world.employerApproved) return no({ code: 'employerNotApproved' })
  if (world.faults.length > 0) return no({ code: 'formIncomplete', faults: world.faults })
  const stop = paperRefusal(a, world)
  if (stop) return no(stop)
  const broken = world.assessment?.preconditions.find((p) => p.otherwise === 'refuse' && p.answer.is === 'no')
  if (broken) return no({ code: 'preconditionFailed', precondition: broken.code, reason: broken.reason })
  const classless = world.item.form.includes('class') && world.assessment?.class === null
  if (classless) return no({ code: 'classNotMet', reasons: world.assessment?.refusals.map((r) => r.code) ?? [] })
  if (!world.routing) return no({ code: 'noOffice' })
  if (world.item.subject === 'person' && !world.personId) throw new Error('a filing for a person is submitted without the person bound')
  const assessment = recordAssessment(world.assessment, a.formVersion)
  const owed = world.assessment?.materials.filter((m) => m.relief.includes('owed') && !a.papers[m.code]).map((m) => m.code) ?? []
  return yes<ApplicationEvent>([
    {
      type: 'submitted',
      v: 1,
      on: world.today,
      packHash: world.packHash,
      jurisdiction: world.routing.jurisdiction,
      stages: world.item.stages,
      offices: world.routing.offices,
      formVersion: a.formVersion,
      owed,
      ...(world.personId ? { personId: world.personId } : {}),
      ...(assessment ? { assessment } : {}),
    },
  ])
}

/** Every named point is corrected, or the filer says why not; only then does the case go back, to the same officer if on duty. */
const resubmit = (a: Application, command: Extract<FilerCommand, { type: 'resubmit' }>, world: ApplicationWorld): ApplicationDecision => {
  const open = a.defects.filter((d) => !d.corrected)
  const last = a.seen[a.seen.length - 1]
  const corrected = open.filter((d) =>
    d.point.kind === 'paper'
      ? a.papers[d.point.code]?.uploadId !== last?.papers[d.point.code]
      : world.changedSections.includes(d.point.code),
  )
  const objected = new Set(command.objections.map((o) => o.defectId))
  const left = open.filter((d) => !corrected.includes(d) && !objected.has(d.id))
  if (left.length > 0) return no({ code: 'pointsLeft', points: left.map((d) => d.id) })
  if (world.faults.length > 0) return no({ code: 'formIncomplete', faults: world.faults })
  const stop = paperRefusal(a, world)
  if (stop) return no(stop)
  const assessment = recordAssessment(world.assessment, a.formVersion)
  return yes<ApplicationEvent>([
    {
      type: 'resubmitted',
      v: 1,
      on: world.today,
      formVersion: a.formVersion,
      corrected: corrected.map((d) => d.id),
      objections: command.objections,
      ...(assessment ? { assessment } : {}),
    },
  ])
}

const paperRefusal = (a: Application, world: ApplicationWorld) => {
  const missing = missingPapers(a, world)
  if (missing.length > 0) return { code: 'papersMissing', papers: missing } as const
  for (const paper of Object.values(a.papers)) {
    const rules = brokenRules(paper, world)
    if (rules.length > 0) return { code: 'paperRuleBroken', paper: paper.code, rules } as const
  }
  const sheet = sheetOf(world)
  const signed = sheet ? a.papers[sheet] : undefined
  if (signed && signed.formDigest !== world.formDigest) return { code: 'signedFormOutdated', paper: signed.code } as const
  return undefined
}

const namedSections = (a: Application) =>
  new Set(
    a.defects
      .filter((d) => !d.corrected && d.point.kind === 'section')
      .map((d) => d.point.code)
      .concat('declarations'),
  )
/** Named papers, and the signed sheet wherever a section is named, because it must be signed again. */
const namedPapers = (a: Application, world: ApplicationWorld) => {
  const open = a.defects.filter((d) => !d.corrected)
  const sheet = sheetOf(world)
  const again = sheet && open.some((d) => d.point.kind === 'section') ? [sheet] : []
  return new Set([...open.filter((d) => d.point.kind === 'paper').map((d) => d.point.code), ...again])
}
