import type { Tell } from './check.ts'
import { checkLines, checkRule, checkRules } from './check-rules.ts'
import type { Item, OpenItem, Pack } from './pack.ts'

/** Faults of one item: codes that lead nowhere, judgements nobody can give, periods that do not run, outcomes that contradict themselves. */
export function checkItem(pack: Pack, code: string, item: Item, tell: Tell): void {
  const at = `items.${code}`
  if (item.offer === 'closedTo') {
    for (const other of item.replacedBy)
      if (!Object.hasOwn(pack.items, other)) tell('itemNotOffered', `${at}.replacedBy`, `there is no item ${other}`)
    return
  }
  const reason = (where: string, r: string) => {
    if (!Object.hasOwn(pack.reasons, r)) tell('noReason', where, `there is no reason ${r}`)
  }
  for (const [g, ground] of Object.entries(item.grounds)) checkRules(pack, ground, `${at}.grounds.${g}`, tell, item)
  for (const [p, pre] of Object.entries(item.preconditions)) {
    const here = `${at}.preconditions.${p}`
    reason(here, pre.reason)
    checkRules(pack, pre, here, tell, item)
    for (const [i, r] of pre.must.entries()) checkRule(pack, r, `${here}.must.${i}`, tell, item)
    if (pre.otherwise !== 'officerDecides' && pre.must.some((r) => r.rule === 'noOtherPermit')) {
      tell('tellsFiler', here, 'noOtherPermit would tell a filer what only officers may know; it can only be for the officer to decide')
    }
  }
  for (const [j, judgement] of Object.entries(item.judgements)) {
    const here = `${at}.judgements.${j}`
    reason(here, judgement.reason)
    checkRules(pack, judgement, here, tell, item)
    if (!item.stages.includes(judgement.at)) tell('noStage', here, `the item has no stage ${judgement.at}`)
  }
  for (const [q, question] of Object.entries(item.questions)) {
    const choices = Object.keys(question.choices ?? {})
    if ((question.answer === 'choice') !== choices.length > 0)
      tell('noChoices', `${at}.questions.${q}`, 'a choice has choices, and nothing else has')
  }
  checkStages(item, at, tell)
  checkMaterials(pack, item, at, tell)
  for (const p of Object.keys(item.periods))
    if (!Object.hasOwn(pack.periods, p)) tell('noPeriod', `${at}.periods.${p}`, `there is no period ${p}`)
  checkOutcome(pack, item, at, tell)
}

// Pre-review, acceptance, review and decision follow each other in law; a pack may leave one out, never turn them round.
const ORDER = ['preReview', 'acceptance', 'review', 'decision']
function checkStages(item: OpenItem, at: string, tell: Tell): void {
  if (new Set(item.stages).size < item.stages.length) tell('stageTwice', `${at}.stages`, 'a stage stands twice')
  const places = item.stages.map((s) => ORDER.indexOf(s))
  if (places.some((p, i) => i > 0 && p < (places[i - 1] ?? 0)))
    tell('stageOrder', `${at}.stages`, `the stages do not follow ${ORDER.join(', ')}`)
  if (item.stages[item.stages.length - 1] !== 'decision')
    tell('noDecision', `${at}.stages`, 'the last stage must be the decision, else nothing can be granted or refused')
  if (new Set(item.form).size < item.form.length) tell('sectionTwice', `${at}.form`, 'a section of the form stands twice')
  if (item.subject === 'person' && !item.form.includes('identity'))
    tell('noPerson', `${at}.form`, 'a filing for a person needs the section identity')
  if (item.subject === 'employer' && !item.form.includes('employer'))
    tell('noUnit', `${at}.form`, 'a filing of a unit needs the section employer')
}

function checkMaterials(pack: Pack, item: OpenItem, at: string, tell: Tell): void {
  for (const [m, asked] of Object.entries(item.materials)) {
    const here = `${at}.materials.${m}`
    const material = Object.hasOwn(pack.materials, m) ? pack.materials[m] : undefined
    if (!material) {
      tell('noMaterial', here, `there is no paper ${m}`)
      continue
    }
    for (const form of asked.forms ?? [])
      if (!Object.hasOwn(material.forms, form)) tell('noForm', here, `the paper ${m} has no form ${form}`)
    checkRules(pack, asked, here, tell, item)
    for (const [i, relief] of (asked.relief ?? material.relief).entries()) {
      if (asked.relief) checkRules(pack, relief, `${here}.relief.${i}`, tell, item)
      if (relief.kind === 'owed' && asked.need !== 'none' && item.periods[relief.period] !== 'runs')
        tell('owedForEver', here, `the paper may be owed within ${relief.period}, but the item does not run that period`)
    }
  }
}

function checkOutcome(pack: Pack, item: OpenItem, at: string, tell: Tell): void {
  checkLines(pack, item.outcome, `${at}.outcome`, tell, item)
  if (item.validity !== 'none') checkLines(pack, item.validity.atMost, `${at}.validity.atMost`, tell, item)
  for (const [i, outcome] of item.outcome.entries()) {
    const here = `${at}.outcome.${i}`
    if (outcome.effects.includes('endPermit') !== (outcome.ends !== undefined))
      tell('endsUnsaid', here, 'endPermit and the kind of ending go together')
    if (outcome.effects.includes('grantPermit') && item.validity === 'none') tell('noValidity', here, 'a permit is granted without a term')
    if (outcome.effects.includes('grantPermit') && !item.form.includes('class'))
      tell('noClass', here, 'a permit is granted without a class')
    if (outcome.verification === 'none') continue
    const { period, papers } = outcome.verification
    if (item.periods[period] !== 'runs') tell('periodNotRun', here, `the verification counts by ${period}, which the item does not run`)
    const both = papers.filter((p) => outcome.papers.includes(p))
    if (both.length > 0) tell('paperTwice', here, `${both.join(', ')} would be issued at the grant and again at the window`)
  }
}
