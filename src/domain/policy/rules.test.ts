import { describe, expect, it } from 'vitest'
import type { Facts } from './facts.ts'
import { MovingRule, PaperRule, type Rule } from './rule.ts'
import { answer, firstFit, fits } from './rules.ts'
import { condition, sentence } from './sentences.ts'

const lists = { NEAR: ['AAA', 'BBB'], CODES: ['2-02', '9'] }
const world = { lists, workingDaysBetween: (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) - 2 }
const days = (d: Facts['days']): Facts => ({ days: d })

/** Each rule with facts at its boundary: what just holds, what just does not, what is missing. */
const TABLE: { rule: Rule; yes: Facts[]; no: Facts[]; missing: [Facts, string][] }[] = [
  { rule: { rule: 'classIs', of: ['A', 'B'] }, yes: [{ class: 'B' }], no: [{ class: 'C' }], missing: [[{}, 'class']] },
  {
    rule: { rule: 'groundIs', of: ['GONE'] },
    yes: [{ ground: 'GONE' }],
    no: [{ ground: 'OTHER' }, { ground: null }],
    missing: [[{}, 'ground']],
  },
  {
    rule: { rule: 'restsOn', any: ['pay', 'payPoints'] },
    yes: [{ restsOn: ['degree', 'payPoints'] }],
    no: [{ restsOn: ['points'] }],
    missing: [[{}, 'class']],
  },
  { rule: { rule: 'provesClass', paper: 'M11' }, yes: [{ evidence: ['M02', 'M11'] }], no: [{ evidence: [] }], missing: [[{}, 'class']] },
  { rule: { rule: 'familyComes' }, yes: [{ family: 1 }], no: [{ family: 0 }], missing: [[{}, 'family']] },
  {
    rule: { rule: 'occupationIn', list: 'CODES' },
    yes: [{ occupation: '2-02-10-03' }, { occupation: '2-02' }, { occupation: '9' }],
    no: [{ occupation: '2-03-10-03' }, { occupation: '2-021' }],
    missing: [[{}, 'occupation']],
  },
  {
    rule: { rule: 'contractKindIs', of: ['contract'] },
    yes: [{ contractKind: 'contract' }],
    no: [{ contractKind: 'dispatch' }],
    missing: [[{}, 'contractKind']],
  },
  {
    rule: { rule: 'answerIs', question: 'ENTERED', is: 'yes' },
    yes: [{ answers: { ENTERED: 'yes' } }],
    no: [{ answers: { ENTERED: 'no' } }],
    missing: [[{ answers: {} }, 'question ENTERED']],
  },
  {
    rule: { rule: 'filedByOneOf', of: ['employer', 'agency'] },
    yes: [{ filer: 'agency' }],
    no: [{ filer: 'holder' }],
    missing: [[{}, 'filer']],
  },
  {
    rule: { rule: 'carrierIs', of: ['notice'] },
    yes: [{ carrier: 'notice' }],
    no: [{ carrier: 'physicalCard' }],
    missing: [[{}, 'carrier']],
  },
  {
    rule: { rule: 'countryIn', of: 'degree', list: 'NEAR' },
    yes: [{ country: { degree: 'BBB' } }],
    no: [{ country: { degree: 'CCC' } }],
    missing: [[{ country: { nationality: 'AAA' } }, 'country of degree']],
  },
  {
    rule: { rule: 'found', judgement: 'NEED' },
    yes: [{ judgements: { NEED: true } }],
    no: [{ judgements: { NEED: false } }],
    missing: [[{ judgements: {} }, 'judgement NEED']],
  },
  {
    rule: { rule: 'ageAtLeast', years: 18, on: 'filed' },
    yes: [days({ birth: '2007-03-11', filed: '2025-03-11' })],
    no: [days({ birth: '2007-03-12', filed: '2025-03-11' })],
    missing: [[days({ filed: '2025-03-11' }), 'birth']],
  },
  {
    rule: { rule: 'ageAtMost', years: 60, on: 'filed', reading: 'untilBirthday' },
    yes: [days({ birth: '1965-04-08', filed: '2025-04-08' }), days({ birth: '1964-02-29', filed: '2024-02-29' })],
    no: [days({ birth: '1965-04-08', filed: '2025-04-09' })],
    missing: [[days({ birth: '1965-04-08' }), 'filed']],
  },
  {
    rule: { rule: 'ageAtMost', years: 60, on: 'filed', reading: 'wholeYears' },
    yes: [days({ birth: '1965-04-08', filed: '2026-04-07' })],
    no: [days({ birth: '1965-04-08', filed: '2026-04-08' })],
    missing: [[{}, 'birth']],
  },
  {
    rule: { rule: 'whereaboutsIs', is: 'outside' },
    yes: [{ whereabouts: 'outside' }],
    no: [{ whereabouts: 'inside' }],
    missing: [[{}, 'whereabouts']],
  },
  {
    rule: { rule: 'passportValidFor', months: 6, after: 'filed' },
    yes: [days({ passportExpires: '2026-02-28', filed: '2025-08-31' })],
    no: [days({ passportExpires: '2026-02-27', filed: '2025-08-31' })],
    missing: [[days({ filed: '2025-08-31' }), 'passportExpires']],
  },
  {
    rule: { rule: 'holdsStay', of: ['workResidence'] },
    yes: [{ stay: 'workResidence', days: { residenceExpires: '2026-05-30', filed: '2026-05-30' } }],
    no: [{ stay: 'workResidence', days: { residenceExpires: '2026-05-29', filed: '2026-05-30' } }, { stay: 'zVisa' }],
    missing: [
      [{}, 'stay'],
      [{ stay: 'workResidence', days: { filed: '2026-05-30' } }, 'residenceExpires'],
    ],
  },
  {
    rule: { rule: 'residentFor', months: 12 },
    yes: [{ residentMonths: 12 }],
    no: [{ residentMonths: 11 }],
    missing: [[{}, 'residentMonths']],
  },
  {
    rule: { rule: 'degreeAtLeast', level: 'bachelor' },
    yes: [{ degree: 'bachelor' }, { degree: 'doctor' }],
    no: [{ degree: 'associate' }],
    missing: [[{}, 'degree']],
  },
  {
    rule: { rule: 'experienceAtLeast', years: 2 },
    yes: [{ experienceYears: 2 }],
    no: [{ experienceYears: 1 }],
    missing: [[{}, 'experience']],
  },
  {
    rule: { rule: 'payAtLeastTimesAverage', times: 6 },
    yes: [{ payPerYear: 75_232_800, averageWage: 125_388 }],
    no: [{ payPerYear: 75_232_799, averageWage: 125_388 }],
    missing: [
      [{ payPerYear: 75_232_800 }, 'wage of the year'],
      [{ averageWage: 125_388 }, 'pay'],
    ],
  },
  {
    rule: { rule: 'payAtLeast', yuanPerYear: 600_000 },
    yes: [{ payPerYear: 60_000_000 }],
    no: [{ payPerYear: 59_999_999 }],
    missing: [[{}, 'pay']],
  },
  {
    rule: { rule: 'payAgrees', of: ['form', 'contract'] },
    yes: [{ payFigures: { form: 2_500_000, contract: 2_500_000 } }],
    no: [{ payFigures: { form: 2_500_000, contract: 2_500_001 } }],
    missing: [[{ payFigures: { form: 2_500_000 } }, 'pay']],
  },
  { rule: { rule: 'pointsAtLeast', points: 85 }, yes: [{ points: 85 }], no: [{ points: 84 }], missing: [[{}, 'points']] },
  {
    rule: { rule: 'permitIs', of: ['active', 'heldOver'] },
    yes: [{ permit: 'heldOver' }],
    no: [{ permit: 'ended' }],
    missing: [[{}, 'permit']],
  },
  { rule: { rule: 'noOtherPermit' }, yes: [{ otherPermits: 0 }], no: [{ otherPermits: 1 }], missing: [[{}, 'permits']] },
  {
    rule: { rule: 'noOtherOpenCase', of: ['EXTEND'] },
    yes: [{ otherOpen: ['CHANGE'] }],
    no: [{ otherOpen: ['EXTEND'] }],
    missing: [[{}, 'cases']],
  },
  {
    rule: { rule: 'sameAsPermit', in: ['employer', 'occupation'] },
    yes: [{ same: { employer: true, occupation: true } }],
    no: [{ same: { employer: false } }],
    missing: [[{ same: { employer: true } }, 'same occupation']],
  },
  {
    rule: { rule: 'filedBefore', day: 'permitExpires', earliestDays: 120, latestDays: 30 },
    yes: [days({ filed: '2026-03-02', permitExpires: '2026-06-30' }), days({ filed: '2026-05-31', permitExpires: '2026-06-30' })],
    no: [days({ filed: '2026-03-01', permitExpires: '2026-06-30' }), days({ filed: '2026-06-01', permitExpires: '2026-06-30' })],
    missing: [[days({ filed: '2026-03-01' }), 'permitExpires']],
  },
  {
    rule: { rule: 'filedWithin', after: 'graduated', amount: 12, unit: 'month' },
    yes: [days({ graduated: '2024-06-30', filed: '2025-06-30' })],
    no: [days({ graduated: '2024-06-30', filed: '2025-07-01' })],
    missing: [[days({ filed: '2025-06-30' }), 'graduated']],
  },
  {
    rule: { rule: 'filedWithin', after: 'detailChanged', amount: 10, unit: 'workingDay' },
    yes: [days({ detailChanged: '2025-09-01', filed: '2025-09-13' })],
    no: [days({ detailChanged: '2025-09-01', filed: '2025-09-14' })],
    missing: [[days({ detailChanged: '2025-09-01' }), 'filed']],
  },
  {
    rule: { rule: 'filedWithin', after: 'detailChanged', amount: 24, unit: 'hour' },
    yes: [days({ detailChanged: '2025-09-01', filed: '2025-09-02' })],
    no: [days({ detailChanged: '2025-09-01', filed: '2025-09-03' })],
    missing: [[{}, 'filed']],
  },
  {
    rule: { rule: 'daysPassed', since: 'lastContact', until: 'publicNotice', moreThan: 15 },
    yes: [days({ lastContact: '2026-01-30', publicNotice: '2026-02-15' })],
    no: [days({ lastContact: '2026-01-30', publicNotice: '2026-02-14' })],
    missing: [[days({ lastContact: '2026-01-30' }), 'publicNotice']],
  },
  {
    rule: { rule: 'notBefore', day: 'contractStarts', than: 'oldPermitEnded' },
    yes: [days({ contractStarts: '2025-03-01', oldPermitEnded: '2025-03-01' })],
    no: [days({ contractStarts: '2025-02-28', oldPermitEnded: '2025-03-01' })],
    missing: [[{}, 'contractStarts']],
  },
  {
    rule: { rule: 'noGapAfter', day: 'contractStarts', than: 'oldContractEnds' },
    yes: [
      days({ contractStarts: '2025-03-01', oldContractEnds: '2025-02-28' }),
      days({ contractStarts: '2025-01-01', oldContractEnds: '2025-02-28' }),
    ],
    no: [days({ contractStarts: '2025-03-02', oldContractEnds: '2025-02-28' })],
    missing: [[{}, 'oldContractEnds']],
  },
  {
    rule: { rule: 'termAtMost', amount: 90, unit: 'day' },
    yes: [days({ contractStarts: '2025-01-01', contractEnds: '2025-03-31' })],
    no: [days({ contractStarts: '2025-01-01', contractEnds: '2025-04-01' })],
    missing: [[days({ contractStarts: '2025-01-01' }), 'contractEnds']],
  },
  { rule: { rule: 'noObjection' }, yes: [{ objected: false }], no: [{ objected: true }], missing: [[{}, 'objection']] },
  {
    rule: { rule: 'employerIs', of: ['approved'] },
    yes: [{ employer: 'approved' }],
    no: [{ employer: 'registering' }],
    missing: [[{}, 'employer']],
  },
  {
    rule: { rule: 'quotaLeft', category: 'general' },
    yes: [{ quota: { general: 1 } }],
    no: [{ quota: { general: 0 } }],
    missing: [[{ quota: {} }, 'quota general']],
  },
  { rule: { rule: 'onFile', paper: 'M03' }, yes: [{ onFile: ['M03'] }], no: [{ onFile: [] }], missing: [[{}, 'papers on file']] },
  {
    rule: { rule: 'issuedWithin', months: 6, before: 'filed' },
    yes: [
      { paper: { issuedOn: '2025-03-01' }, days: { filed: '2025-08-29' } },
      { paper: { issuedOn: '2025-09-02' }, days: { filed: '2025-08-29' } },
    ],
    no: [{ paper: { issuedOn: '2025-02-28' }, days: { filed: '2025-08-29' } }],
    missing: [
      [{ paper: {}, days: { filed: '2025-08-29' } }, 'paper issued on'],
      [{ paper: { issuedOn: '2025-03-01' } }, 'filed'],
    ],
  },
  {
    rule: { rule: 'issuedBy', of: ['police', 'court'] },
    yes: [{ paper: { issuedBy: 'court' } }],
    no: [{ paper: { issuedBy: 'self' } }],
    missing: [[{}, 'paper issued by']],
  },
  {
    rule: { rule: 'languageIs', of: ['zh'] },
    yes: [{ paper: { language: 'zh' } }],
    no: [{ paper: { language: 'any' } }],
    missing: [[{}, 'paper language']],
  },
  {
    rule: { rule: 'signedBy', of: ['person', 'employer'] },
    yes: [{ paper: { signedBy: ['employer', 'person'] } }],
    no: [{ paper: { signedBy: ['person'] } }],
    missing: [[{ paper: {} }, 'paper signed by']],
  },
  {
    rule: { rule: 'shows', points: ['pay', 'place'] },
    yes: [{ paper: { shows: ['pay', 'place', 'work'] } }],
    no: [{ paper: { shows: ['pay'] } }],
    missing: [[{}, 'paper shows']],
  },
  { rule: { rule: 'itemIs', of: ['EXTEND'] }, yes: [{ item: 'EXTEND' }], no: [{ item: 'CHANGE' }], missing: [[{}, 'item']] },
  { rule: { rule: 'stageIs', of: ['draft'] }, yes: [{ stage: 'draft' }], no: [{ stage: 'review' }], missing: [[{}, 'stage']] },
  {
    rule: { rule: 'ageOver', years: 60 },
    yes: [days({ birth: '1964-12-01', today: '2025-12-01' })],
    no: [days({ birth: '1964-12-02', today: '2025-12-01' })],
    missing: [[{}, 'birth']],
  },
]

describe('every rule', () => {
  for (const { rule, yes, no, missing } of TABLE) {
    it(`${rule.rule} holds and fails exactly at its boundary`, () => {
      for (const facts of yes) expect(answer(rule, facts, world), JSON.stringify(facts)).toEqual({ is: 'yes' })
      for (const facts of no) expect(answer(rule, facts, world), JSON.stringify(facts)).toEqual({ is: 'no' })
    })
    it(`${rule.rule} names what is missing instead of guessing`, () => {
      for (const [facts, name] of missing) {
        const got = answer(rule, facts, world)
        expect(got.is, JSON.stringify(facts)).toBe('unknown')
        expect(got.is === 'unknown' && got.missing).toContain(name)
      }
    })
    it(`${rule.rule} has a sentence in both languages that shows its parameters`, () => {
      const said = sentence(rule)
      expect(said.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(said.en).toMatch(/^[A-Z0-9].*[A-Za-z0-9"]$/)
      expect(`${said.zh} ${said.en}`).not.toMatch(/undefined|NaN|\[object|\{/)
      for (const value of Object.values(rule))
        if (typeof value === 'number' && value > 0 && !JSON.stringify(rule).match(/ageOver|wholeYears/))
          expect(said.en + said.zh).toMatch(new RegExp(String(value).slice(0, 2)))
    })
  }
  it('stands in this table, so that none goes untested', () => {
    const names = [...MovingRule.options, ...PaperRule.options].map((o) => [...o.shape.rule.values][0])
    expect([...new Set(TABLE.map((t) => t.rule.rule))].sort()).toEqual([...names].sort())
  })
  it('parses under the schema as it stands in the table', () => {
    for (const { rule } of TABLE)
      expect(
        [MovingRule, PaperRule].some((schema) => schema.safeParse(rule).success),
        rule.rule,
      ).toBe(true)
  })
})

describe('a condition', () => {
  const isB: Rule = { rule: 'classIs', of: ['B'] }
  const family: Rule = { rule: 'familyComes' }
  it('needs all of when and none of unless', () => {
    expect(fits({ when: [isB], unless: [family] }, { class: 'B', family: 0 }, world).is).toBe('yes')
    expect(fits({ when: [isB], unless: [family] }, { class: 'B', family: 2 }, world).is).toBe('no')
    expect(fits({}, {}, world).is).toBe('yes')
    expect(fits({ when: [], unless: [] }, {}, world).is).toBe('yes')
  })
  it('is settled by one firm no, however much is unknown', () => {
    expect(fits({ when: [isB, family] }, { class: 'C' }, world)).toEqual({ is: 'no' })
    expect(fits({ when: [isB, family] }, { class: 'B' }, world)).toEqual({ is: 'unknown', missing: ['family'] })
    expect(fits({ unless: [family] }, {}, world)).toEqual({ is: 'unknown', missing: ['family'] })
  })
  it('reads as a sentence, and as nothing where there is none', () => {
    expect(condition({ when: [isB], unless: [family] })?.en).toBe('The class is B; not if: Family comes along')
    expect(condition({})).toBeUndefined()
  })
})

describe('a first-fit list', () => {
  const lines = [{ when: [{ rule: 'classIs', of: ['A'] } as Rule], amount: 5 }, { amount: 10 }]
  it('takes the first line that fits', () => {
    expect(firstFit(lines, { class: 'A' }, world)).toEqual({ is: 'line', line: lines[0] })
    expect(firstFit(lines, { class: 'B' }, world)).toEqual({ is: 'line', line: lines[1] })
  })
  it('stops at a line that cannot be answered yet and never falls through', () => {
    expect(firstFit(lines, {}, world)).toEqual({ is: 'unknown', missing: ['class'] })
  })
  it('says so when none fits', () => {
    expect(firstFit([lines[0]!], { class: 'C' }, world)).toEqual({ is: 'none' })
  })
})

describe('hostile names', () => {
  it('are as absent as any other: prototype keys are no answer, list or finding', () => {
    expect(answer({ rule: 'answerIs', question: 'constructor', is: 'yes' }, { answers: {} }, world).is).toBe('unknown')
    expect(answer({ rule: 'found', judgement: 'toString' }, { judgements: {} }, world).is).toBe('unknown')
    expect(answer({ rule: 'quotaLeft', category: '__proto__' }, { quota: {} }, world).is).toBe('unknown')
    expect(answer({ rule: 'countryIn', of: 'degree', list: 'constructor' }, { country: { degree: 'AAA' } }, world)).toEqual({ is: 'no' })
  })
  it('need a calendar where working days are counted', () => {
    expect(
      answer(
        { rule: 'filedWithin', after: 'detailChanged', amount: 10, unit: 'workingDay' },
        days({ detailChanged: '2025-09-01', filed: '2025-09-02' }),
        { lists },
      ),
    ).toEqual({
      is: 'unknown',
      missing: ['calendar'],
    })
  })
})
