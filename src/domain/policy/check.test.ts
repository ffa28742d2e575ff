import { describe, expect, it } from 'vitest'
import { checkPack } from './check.ts'
import { type OpenItem, Pack } from './pack.ts'
import { testPack } from './test-pack.test-kit.ts'

type Parts = { pack: Pack; item: OpenItem }
const planted = (plant: (p: Parts) => void): Pack => {
  const pack = structuredClone(testPack())
  plant({ pack, item: pack.items['WORK'] as OpenItem })
  return pack
}
const source = 'I test'

/** Each fault that a schema cannot see: how it is planted, and the code under which the checker tells it. */
const FAULTS: [string, string, (p: Parts) => void][] = [
  ['a precondition that names no reason', 'noReason', ({ item }) => (item.preconditions['ADULT']!.reason = 'NOWHERE')],
  ['a judgement that names no reason', 'noReason', ({ pack }) => (pack.judgements['AWARD']!.reason = 'NOWHERE')],
  ['a period that names no reason', 'noReason', ({ pack }) => (pack.periods['SHOW']!.reason = 'NOWHERE')],
  [
    'a paper rule that names no reason',
    'noReason',
    ({ pack }) => (pack.materials['FORM']!.forms['SIGNED']!.reasons = { signedBy: 'NOWHERE' }),
  ],
  ['a window that names no reason', 'noReason', ({ pack }) => (pack.window!.medical!.tooOld = 'NOWHERE')],
  ['a ground that no item has', 'noGround', ({ item }) => (item.materials['FORM']!.when = [{ rule: 'groundIs', of: ['SLEF'] }])],
  [
    'a list that is not there',
    'noList',
    ({ pack }) => (pack.materials['PROOF']!.forms['PAGE']!.when = [{ rule: 'countryIn', of: 'degree', list: 'FAR' }]),
  ],
  ['a judgement that is not there', 'noJudgement', ({ pack }) => (pack.criteria['TOP']!.judged = ['NOBODY'])],
  [
    'a finding that nobody is asked for',
    'noJudgement',
    ({ pack }) => (pack.criteria['TOP']!.when = [{ rule: 'found', judgement: 'NOBODY' }]),
  ],
  [
    'a question that is not asked',
    'noQuestion',
    ({ item }) => (item.materials['FORM']!.when = [{ rule: 'answerIs', question: 'TOWN', is: 'EAST' }]),
  ],
  [
    'an answer that is not offered',
    'noAnswer',
    ({ item }) => (item.materials['FORM']!.when = [{ rule: 'answerIs', question: 'CITY', is: 'WEST' }]),
  ],
  ['a choice without choices', 'noChoices', ({ item }) => delete item.questions['CITY']!.choices],
  ['evidence that is no paper', 'noMaterial', ({ pack }) => (pack.criteria['TOP']!.evidence = ['M77'])],
  ['an asked paper that is not there', 'noMaterial', ({ item }) => (item.materials['M77'] = { need: 'required', source })],
  ['a window paper that is not there', 'noMaterial', ({ pack }) => (pack.window!.papers = ['M77'])],
  ['a form that the paper lacks', 'noForm', ({ item }) => (item.materials['FORM']!.forms = ['TYPED'])],
  ['a paper without any form', 'noForm', ({ pack }) => (pack.materials['FORM']!.forms = {})],
  ['a photo profile that is not there', 'noPhoto', ({ pack }) => (pack.materials['PROOF']!.forms['PHOTO']!.photo = 'BODY')],
  ['a paper that nobody asks', 'neverAsked', ({ item }) => delete item.materials['PROOF']],
  ['a period that nobody runs', 'neverRun', ({ item }) => (item.periods['OWED'] = 'none')],
  ['a period that is not there', 'noPeriod', ({ item }) => (item.periods['NEVER'] = 'runs')],
  ['an owed paper without its period', 'owedForEver', ({ item }) => (item.periods['OWED'] = 'none')],
  [
    'a relief whose period is not there',
    'noPeriod',
    ({ pack }) => (pack.materials['PROOF']!.relief = [{ kind: 'owed', period: 'NEVER', source }]),
  ],
  ['a verification that does not run', 'periodNotRun', ({ item }) => (item.periods['SHOW'] = 'none')],
  ['a paper issued twice', 'paperTwice', ({ item }) => item.outcome[1]!.papers.push('decision')],
  ['a last line with a condition', 'noLastLine', ({ item }) => item.outcome.pop()],
  ['a line that hides those below', 'hiddenLine', ({ item }) => delete item.outcome[0]!.when],
  ['a length that is never reached', 'hiddenLine', ({ pack }) => pack.periods['DECIDE']!.length.reverse()],
  ['the same condition twice', 'hiddenLine', ({ item }) => item.outcome.unshift(structuredClone(item.outcome[0]!))],
  [
    'a condition that contradicts itself',
    'neverHolds',
    ({ item }) => Object.assign(item.materials['FORM']!, { when: [{ rule: 'familyComes' }], unless: [{ rule: 'familyComes' }] }),
  ],
  ['a judgement at a stage the item lacks', 'noStage', ({ item }) => (item.judgements['NEED']!.at = 'acceptance')],
  ['stages turned round', 'stageOrder', ({ item }) => (item.stages = ['review', 'preReview', 'decision'])],
  ['a stage twice', 'stageTwice', ({ item }) => (item.stages = ['preReview', 'preReview', 'decision'])],
  ['no decision at the end', 'noDecision', ({ item }) => (item.stages = ['preReview', 'review'])],
  ['a section twice', 'sectionTwice', ({ item }) => item.form.push('job')],
  ['a person without identity', 'noPerson', ({ item }) => (item.form = ['job', 'class'])],
  ['a unit without its section', 'noUnit', ({ item }) => (item.subject = 'employer')],
  ['an ending without its kind', 'endsUnsaid', ({ item }) => (item.outcome[1]!.effects = ['endPermit'])],
  ['a permit without a term', 'noValidity', ({ item }) => (item.validity = 'none')],
  ['a permit without a class', 'noClass', ({ item }) => (item.form = ['identity', 'job'])],
  ["our outage on the authority's clock", 'ownOutage', ({ pack }) => pack.periods['DECIDE']!.pauses.push('outage')],
  ['a period met by what starts it', 'metAtOnce', ({ pack }) => (pack.periods['DECIDE']!.met = ['accepted'])],
  [
    'a rule that tells a filer of another permit',
    'tellsFiler',
    ({ item }) => (item.preconditions['ONE'] = { must: [{ rule: 'noOtherPermit' }], otherwise: 'refuse', reason: 'NO', source }),
  ],
  [
    'a gap between bands',
    'bandGap',
    ({ pack }) =>
      Object.assign(pack.points['PAY']!, {
        bands: [
          { from: 0, below: 9, points: 5 },
          { from: 10, points: 20 },
        ],
      }),
  ],
  [
    'an overlap of bands',
    'bandGap',
    ({ pack }) =>
      Object.assign(pack.points['PAY']!, {
        bands: [
          { from: 0, below: 11, points: 5 },
          { from: 10, points: 20 },
        ],
      }),
  ],
  ['a closed last band', 'bandGap', ({ pack }) => Object.assign(pack.points['PAY']!, { bands: [{ from: 0, below: 10, points: 5 }] })],
  ['a band above the maximum', 'overMaximum', ({ pack }) => Object.assign(pack.points['PAY']!, { max: 10 })],
  ['a level above the maximum', 'overMaximum', ({ pack }) => Object.assign(pack.points['CHINESE']!, { max: 4 })],
  ['wage rows that overlap', 'wageOverlap', ({ pack }) => (pack.wages['W1']!.until = '2021-01-01')],
  ['a wage row that ends before it begins', 'daysReversed', ({ pack }) => (pack.wages['W2']!.until = '2020-12-31')],
  ['a criterion that everybody meets', 'alwaysMet', ({ pack }) => (pack.criteria['DEGREE']!.when = [])],
  ['no authentication and some', 'idleWord', ({ pack }) => pack.materials['FORM']!.forms['SIGNED']!.authentication.push('apostille')],
  [
    'a reason for a rule the form lacks',
    'idleReason',
    ({ pack }) => (pack.materials['FORM']!.forms['SIGNED']!.reasons = { issuedBy: 'NO' }),
  ],
  ['a refiling that does not say where', 'refileWhere', ({ pack }) => delete pack.cutover.cases['KEEP']!.to],
  [
    'another case that is no item',
    'noItem',
    ({ item }) => (item.preconditions['ADULT']!.must = [{ rule: 'noOtherOpenCase', of: ['NEVER'] }]),
  ],
  ['a removed item that leads nowhere', 'itemNotOffered', ({ pack }) => Object.assign(pack.items['OLD']!, { replacedBy: ['NEVER'] })],
  ['a blank text', 'textMissing', ({ pack }) => (pack.reasons['NO']!.text.zh = ' ')],
  ['Chinese where English should stand', 'notEnglish', ({ pack }) => (pack.reasons['NO']!.text.en = '不是')],
  ['English where Chinese should stand', 'notChinese', ({ pack }) => (pack.reasons['NO']!.text.zh = 'Not so')],
  [
    'a placeholder in one language only',
    'placeholderTwin',
    ({ pack }) => (pack.papers['NOTICE']!.sections[0]!.lines[0]!.en = 'Valid until {end}'),
  ],
  ['a paper number that repeats', 'numberRepeats', ({ pack }) => (pack.papers['NOTICE']!.number = '{office}-{year}')],
  ['a paper number with an unknown part', 'noReference', ({ pack }) => (pack.papers['NOTICE']!.number = '{city}-{serial}')],
  [
    'two numbers for one kind of paper',
    'numberDiffers',
    ({ pack }) => (pack.papers['OTHER'] = { ...structuredClone(pack.papers['NOTICE']!), number: 'X{serial}' }),
  ],
  ['an answer that quotes what is not there', 'noReference', ({ pack }) => (pack.faq['Q1']!.answer.en = '{{periods.NEVER.length}}')],
  ['a reason that quotes a prototype', 'noReference', ({ pack }) => (pack.faq['Q1']!.answer.zh = '{{periods.constructor.name}}')],
]

describe('the checker of packs', () => {
  it('finds nothing in a sound pack, which the schema takes too', () => {
    expect(Pack.safeParse(testPack()).error).toBeUndefined()
    expect(checkPack(testPack())).toEqual([])
  })
  it.each(FAULTS)('tells %s', (_, code, plant) => {
    const faults = checkPack(planted(plant))
    expect(faults.map((f) => f.code)).toContain(code)
    const fault = faults.find((f) => f.code === code)
    expect(fault?.at).toMatch(/^(items|materials|periods|criteria|judgements|points|wages|cutover|papers|faq|reasons|window)/)
    expect(fault?.say.length).toBeGreaterThan(10)
  })
  it('plants faults that the schema lets pass, so that none of them is tested twice', () => {
    const refused = FAULTS.filter(([, , plant]) => !Pack.safeParse(planted(plant)).success).map(([name]) => name)
    expect(refused).toEqual([])
  })
  it('only warns of an item that is not offered here yet', () => {
    const faults = checkPack(planted(({ pack }) => Object.assign(pack.items['OLD']!, { replacedBy: ['NEVER'] })))
    expect(faults.map((f) => f.severity)).toEqual(['warn'])
  })
  it('tells all faults at once', () => {
    const pack = planted(({ pack: p, item }) => {
      item.preconditions['ADULT']!.reason = 'NOWHERE'
      p.criteria['TOP']!.evidence = ['M77']
    })
    expect(checkPack(pack).map((f) => f.code)).toEqual(['noReason', 'noMaterial'])
  })
})

describe('the schema', () => {
  const broken = (change: (raw: Record<string, unknown>) => void) => {
    const raw = structuredClone(testPack()) as unknown as Record<string, unknown>
    change(raw)
    return Pack.safeParse(raw)
  }
  const set = (path: string, value: unknown) => (raw: Record<string, unknown>) => {
    const keys = path.split('.')
    const last = keys.pop()!
    const at = keys.reduce<Record<string, unknown>>((x, k) => x[k] as Record<string, unknown>, raw)
    Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true })
  }
  it.each([
    ['a rule that is no word', 'items.WORK.preconditions.ADULT.must', [{ rule: 'ageAtLeest', years: 18, on: 'filed' }]],
    [
      'a person rule in the length of a period',
      'periods.DECIDE.length',
      [{ when: [{ rule: 'residentFor', months: 3 }], amount: 4, unit: 'day', source }],
    ],
    ['a parameter too many', 'items.WORK.preconditions.ADULT.must', [{ rule: 'familyComes', adults: 2 }]],
    ['a fraction of a month', 'items.WORK.validity.atMost', [{ months: 1.5, source }]],
    ['an effect that is no word', 'items.WORK.outcome', [{ effects: ['deletePermit'], papers: [], verification: 'none', source }]],
    ['a text without its twin', 'reasons.NO.text', { zh: '无' }],
    ['a source without a mark', 'items.WORK.source', 'somewhere'],
    ['a code in small letters', 'reasons.no', testPack().reasons['NO']],
    ['a prototype key as code', 'reasons.constructor', testPack().reasons['NO']],
    ['a day that is none', 'pack.from', '2024-02-30'],
    ['a number as a day', 'pack.from', 20240101],
    ['a parent by path', 'pack.extends', '../../etc/passwd'],
    ['a photo profile without its size', 'photos.FACE', { format: 'jpeg' }],
    ['an empty list', 'lists.NEAR', []],
    ['a huge amount', 'periods.SHOW.length', [{ amount: 1e15, unit: 'day', source }]],
  ])('refuses %s', (_, path, value) => {
    expect(broken(set(path, value)).success).toBe(false)
  })
  it('never takes __proto__ for a code', () => {
    const parsed = broken((raw) => Object.assign(raw, { reasons: JSON.parse('{"__proto__": {"for": "x"}}') }))
    expect(parsed.success && Object.getPrototypeOf(parsed.data.reasons) === Object.prototype && Object.keys(parsed.data.reasons)).toEqual(
      [],
    )
  })
  it('refuses what is no map at all', () => {
    for (const value of [null, undefined, 7, 'pack', [], new Map()]) expect(Pack.safeParse(value).success).toBe(false)
  })
})
