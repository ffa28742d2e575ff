import { describe, expect, it } from 'vitest'
import { loadPack } from '../../store/pack-folder.ts'
import { assess, forFiler } from './assess.ts'
import { canonical } from './canonical.ts'
import type { Facts } from './facts.ts'
import type { OpenItem } from './pack.ts'
import { resolvePeriods } from './periods.ts'
import { testPack } from './test-pack.test-kit.ts'
import { validityOf } from './validity.ts'
import { wageOn } from './wage.ts'

const { pack } = loadPack('policy', 'test-land/2020-01')
const on = '2021-03-10'
const person: Facts = {
  days: { filed: on, birth: '1990-01-01', passportExpires: '2030-01-01', contractStarts: '2021-04-01', contractEnds: '2023-03-31' },
  ground: null,
  whereabouts: 'outside',
  employer: 'approved',
  filer: 'employer',
  family: 0,
  occupation: '1',
  contractKind: 'contract',
  country: { nationality: 'AAA', degree: 'AAA' },
  degree: 'bachelor',
  experienceYears: 2,
  payPerYear: 5_000_000,
  judgements: {},
  answers: {},
  claimed: [],
}
const look = (facts: Facts) => assess(pack, 'WORK', { ...person, ...facts }, on)
const state = (facts: Facts) => Object.fromEntries(look(facts).materials.map((m) => [m.code, m.state]))

describe('the class', () => {
  it('is the best of all criteria met, and each one met is listed', () => {
    const a = look({ payPerYear: 7_200_000, pointsClaimed: true })
    expect([a.class, a.met.map((m) => m.criterion)]).toEqual(['A', ['A-PAY', 'B-DEGREE', 'B-POINTS']])
    expect(look({ payPerYear: 7_199_999 }).class).toBe('B')
  })
  it('takes points only where their route is claimed, by its mark or by its criterion', () => {
    expect(look({}).met.map((m) => m.criterion)).toEqual(['B-DEGREE'])
    expect(look({ claimed: ['B-POINTS'] }).met.map((m) => m.criterion)).toEqual(['B-DEGREE', 'B-POINTS'])
    expect(look({}).points?.total).toBeGreaterThan(0)
  })
  it('holds a claimed criterion that waits only for a finding, and says for which', () => {
    expect(look({ claimed: ['A-AWARD'] }).met[0]).toEqual({ criterion: 'A-AWARD', gives: 'A', subjectTo: ['judgement AWARD_STANDS'] })
    expect(look({}).open).toEqual([{ criterion: 'A-AWARD', missing: ['judgement AWARD_STANDS'] }])
    expect(look({ claimed: ['A-AWARD'], judgements: { AWARD_STANDS: false } }).class).toBe('B')
    expect(look({ claimed: ['A-AWARD'], judgements: { AWARD_STANDS: true } }).met[0]?.subjectTo).toEqual([])
  })
  it('is not yet known while the form can still give what is missing, and then there is no refusal', () => {
    const a = assess(pack, 'WORK', { days: { filed: on } }, on)
    expect([a.class, a.refusals]).toEqual([null, []])
  })
  it('is refused with the criterion that only the age keeps away', () => {
    const old = look({ days: { ...person.days, birth: '1961-03-09' }, degree: 'bachelor' })
    expect(old.refusals[0]).toMatchObject({ code: 'AGE_OVER_LIMIT', rule: 'B-DEGREE' })
  })
  it('is refused with the claimed criterion that came nearest', () => {
    expect(look({ degree: 'none', experienceYears: 0 }).refusals[0]).toMatchObject({ code: 'CLASS_NO_CRITERION' })
    expect(look({ degree: 'none', experienceYears: 0, payPerYear: 0, pointsClaimed: true }).refusals[0]).toMatchObject({
      code: 'CLASS_NO_CRITERION',
      rule: 'B-POINTS',
    })
  })
  it('ignores a claim that the pack does not know', () => {
    expect(look({ claimed: ['constructor', 'NOWHERE'] }).class).toBe('B')
  })
})

describe('the papers', () => {
  it('follow what is claimed, else the lightest way of the best class', () => {
    expect(look({ payPerYear: 7_200_000 }).claimed).toEqual(['A-PAY'])
    expect(look({ payPerYear: 7_200_000, claimed: ['A-AWARD'] }).claimed).toEqual(['A-AWARD'])
    expect(look({ claimed: ['B-DEGREE'] }).facts.evidence).toEqual(['DEGREE'])
  })
  it('are committed by class A, but for the one that the criterion rests on', () => {
    expect(state({ payPerYear: 7_200_000 })).toMatchObject({ DEGREE: 'committed', POLICE: 'committed', CONTRACT: 'required' })
    expect(state({})).toMatchObject({ DEGREE: 'required', POLICE: 'required' })
  })
  it('are owed only where an officer found that they may be', () => {
    const claimed = { claimed: ['A-AWARD'], judgements: { AWARD_STANDS: true } }
    expect(state(claimed)).toMatchObject({ AWARD: 'required' })
    expect(look(claimed).materials.find((m) => m.code === 'AWARD')?.possibleRelief).toEqual(['owed'])
    expect(state({ claimed: ['A-AWARD'], judgements: { AWARD_STANDS: true, TRUSTED_UNIT: true } })).toMatchObject({ AWARD: 'owed' })
  })
  it('that may be asked say which fact decides, and forms that may be accepted stand apart', () => {
    const { family: _, ...unsaid } = person
    const a = assess(pack, 'WORK', { ...unsaid, country: {} }, on)
    expect(a.materials.find((m) => m.code === 'FAMILY')).toMatchObject({ asked: 'unknown', missing: ['family'] })
    expect(a.materials.find((m) => m.code === 'DEGREE')).toMatchObject({
      forms: [],
      possibleForms: ['NEAR', 'FAR'],
      missing: ['country of degree'],
    })
    expect(look({}).materials.some((m) => m.code === 'FAMILY')).toBe(false)
  })
})

describe('preconditions', () => {
  it('refuse, warn or flag as the pack says, with the way out', () => {
    const late = look({ days: { ...person.days, passportExpires: '2021-03-11' } })
    const broken = late.preconditions.filter((p) => p.answer.is === 'no' && p.otherwise === 'refuse')
    expect(late.refusals.map((r) => r.rule)).toEqual(broken.map((p) => p.code))
    expect(broken.length).toBeGreaterThan(0)
    expect(late.refusals[0]?.remedy?.zh).toMatch(/[\u4e00-\u9fff]/)
  })
  it('that may not apply are unknown, never broken', () => {
    const odd = testPack()
    const item = odd.items['WORK'] as OpenItem
    item.preconditions = {
      F: {
        when: [{ rule: 'familyComes' }],
        must: [{ rule: 'whereaboutsIs', is: 'inside' }],
        otherwise: 'refuse',
        reason: 'NO',
        source: 'I test',
      },
    }
    const a = assess(odd, 'WORK', { whereabouts: 'outside', degree: 'bachelor' }, on)
    expect(a.preconditions[0]?.answer).toEqual({ is: 'unknown', missing: ['family'] })
    expect(a.refusals).toEqual([])
    expect(assess(odd, 'WORK', { whereabouts: 'outside', degree: 'bachelor', family: 0 }, on).preconditions).toEqual([])
  })
  it("keep another employer's permit from the filer", () => {
    const odd = testPack()
    const item = odd.items['WORK'] as OpenItem
    item.preconditions = { ONE: { must: [{ rule: 'noOtherPermit' }], otherwise: 'officerDecides', reason: 'NO', source: 'I test' } }
    const a = assess(odd, 'WORK', { degree: 'bachelor', otherPermits: 1 }, on)
    expect(a.flags).toEqual(['NO'])
    const seen = forFiler(a)
    expect([seen.flags, seen.preconditions, seen.facts.otherPermits]).toEqual([[], [], undefined])
    expect(canonical(forFiler(assess(odd, 'WORK', { degree: 'bachelor', otherPermits: 0 }, on)))).toBe(canonical(seen))
  })
})

describe('an assessment', () => {
  it('is the same for the same facts, and changes nothing it was given', () => {
    const facts = Object.freeze({ ...person, days: Object.freeze({ ...person.days }) })
    expect(canonical(assess(pack, 'WORK', facts, on))).toBe(canonical(assess(pack, 'WORK', facts, on)))
  })
  it('takes the wage of the pack and of the day of filing, so that a rehearsal compares packs', () => {
    expect(look({ averageWage: 1 }).wage).toMatchObject({ code: 'W-2021', outOfDate: false })
    expect(look({ averageWage: 1 }).class).toBe('B')
    expect(wageOn(pack.wages, '2022-01-01')).toMatchObject({ code: 'W-2021', outOfDate: true })
    expect(wageOn(pack.wages, '2021-12-31')?.outOfDate).toBe(false)
    expect(wageOn(pack.wages, '2019-12-31')).toBeUndefined()
  })
  it('asks what officers have to find: of the item, and of what is proven', () => {
    expect(look({ claimed: ['A-AWARD'] }).judgements.map((j) => j.code)).toContain('AWARD_STANDS')
    expect(look({ claimed: ['B-DEGREE'] }).judgements.map((j) => j.code)).not.toContain('AWARD_STANDS')
  })
  it('is not made of an item that the pack does not offer', () => {
    for (const item of ['OLD', 'NOWHERE', 'constructor', '__proto__'])
      expect(() => assess(testPack(), item, person, on)).toThrow('not an open item')
  })
})

describe('the periods of an item', () => {
  it('run with the length that the class gives', () => {
    const lengths = (facts: Facts) =>
      Object.fromEntries(resolvePeriods(testPack(), 'WORK', facts).map((r) => [r.period.code, r.period.length]))
    expect(lengths({ class: 'A' })).toMatchObject({ DECIDE: { amount: 2, unit: 'workingDay' } })
    expect(lengths({ class: 'B' })).toEqual({
      DECIDE: { amount: 4, unit: 'workingDay' },
      SHOW: { amount: 7, unit: 'day' },
      OWED: { amount: 5, unit: 'day' },
    })
  })
  it('leave out what cannot be answered yet, and what does not apply', () => {
    expect(resolvePeriods(testPack(), 'WORK', {}).map((r) => r.period.code)).toEqual(['SHOW', 'OWED'])
    const odd = testPack()
    odd.periods['SHOW']!.when = [{ rule: 'familyComes' }]
    expect(resolvePeriods(odd, 'WORK', { family: 0 }).map((r) => r.period.code)).toEqual(['OWED'])
    expect(resolvePeriods(odd, 'OLD', {})).toEqual([])
  })
  it('may run until a day', () => {
    const odd = testPack()
    odd.periods['SHOW']!.length = [{ unit: 'until', day: 'permitExpires', source: 'I test' }]
    expect(
      resolvePeriods(odd, 'WORK', { days: { permitExpires: '2030-01-01' } }).find((r) => r.period.code === 'SHOW')?.period.length,
    ).toEqual({ untilDay: '2030-01-01' })
    expect(resolvePeriods(odd, 'WORK', {}).some((r) => r.period.code === 'SHOW')).toBe(false)
  })
})

describe('the term of a permit', () => {
  const rules = testPack()
  const item = rules.items['WORK'] as OpenItem
  const term = (days: Facts['days'], asked: Parameters<typeof validityOf>[3]) => validityOf(rules, item, { days }, asked)
  it('starts with the contract, not before the decision, and ends with what ends first', () => {
    expect(term({ contractStarts: '2021-04-01', contractEnds: '2030-01-01' }, { decidedOn: on })).toMatchObject({
      ok: true,
      from: '2021-04-01',
      until: '2022-03-31',
    })
    expect(term({ contractStarts: '2021-03-01', contractEnds: '2021-12-31' }, { decidedOn: on })).toMatchObject({
      from: on,
      until: '2021-12-31',
    })
    expect(term({ contractEnds: '2030-01-01', passportExpires: '2021-09-09' }, { decidedOn: on })).toMatchObject({ until: '2021-09-09' })
  })
  it('is changed by the decision-maker within these ends only', () => {
    const days = { contractStarts: '2021-04-01', contractEnds: '2021-12-31' }
    expect(term(days, { decidedOn: on, from: '2021-05-01', until: '2021-06-30' })).toMatchObject({
      ok: true,
      from: '2021-05-01',
      until: '2021-06-30',
    })
    expect(term(days, { decidedOn: on, until: '2022-01-01' })).toEqual({ ok: false, code: 'tooLong', latestUntil: '2021-12-31' })
    expect(term(days, { decidedOn: on, from: '2021-03-09' })).toMatchObject({ ok: false, code: 'beforeDecision' })
    expect(term(days, { decidedOn: on, from: '2021-06-01', until: '2021-05-31' })).toMatchObject({ ok: false, code: 'reversed' })
    expect(term({ ...days, contractEnds: '2021-03-01' }, { decidedOn: on })).toMatchObject({ ok: false, code: 'reversed' })
  })
  it('of an extension starts the day after the old one, even if the decision came late', () => {
    const extending = structuredClone(item)
    extending.validity = {
      from: 'dayAfterOld',
      within: ['request', 'contractEnds', 'passportExpires'],
      atMost: [{ months: 24, source: 'I test' }],
    }
    const days = { permitExpires: '2026-06-30', contractEnds: '2031-06-30', passportExpires: '2033-05-01' }
    expect(validityOf(rules, extending, { days }, { decidedOn: '2026-06-10' })).toMatchObject({
      ok: true,
      from: '2026-07-01',
      until: '2028-06-30',
    })
    expect(validityOf(rules, extending, { days }, { decidedOn: '2026-07-08' })).toMatchObject({
      ok: true,
      from: '2026-07-01',
      until: '2028-06-30',
    })
  })
  it('may start at the decision or at entry', () => {
    const from = (start: 'decided' | 'entered') => ({
      ...item,
      validity: { ...(item.validity as Exclude<OpenItem['validity'], 'none'>), from: start },
    })
    const days = { contractStarts: '2021-05-01', entered: '2021-04-15' }
    expect(validityOf(rules, from('decided'), { days }, { decidedOn: on })).toMatchObject({ from: on })
    expect(validityOf(rules, from('entered'), { days }, { decidedOn: on })).toMatchObject({ from: '2021-04-15' })
  })
})
