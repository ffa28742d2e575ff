import type { Language, Text } from '../kernel.ts'
import { labels } from './labels.ts'
import type { Item, OpenItem, Pack } from './pack.ts'
import { lengthText } from './quote.ts'
import { condition, sentence } from './sentences.ts'
import { stageDiagram } from './stage-diagram.ts'
import { t } from './wording.ts'

/** How sure a value is, from its source: V plain, S "reported", M and I "set by this system" (the words that officers see beside it). */
export const markText = (source: string): Text => {
  if (source.startsWith('V')) return t('已核实', 'verified')
  if (source.startsWith('S')) return t('据报道，尚待本机关确认', 'reported, not confirmed by this office')
  return t('由本系统设定，待本机关确认', 'set by this system, to be confirmed by the authority')
}

const WORDS = {
  closed: t('已取消，自', 'Removed since'),
  instead: t('改为办理', 'Instead'),
  filedBy: t('由谁提交', 'Filed by'),
  conditions: t('条件', 'Conditions'),
  materials: t('材料', 'Papers'),
  judgements: t('审批人员需要认定', 'What officers find'),
  periods: t('期限', 'Periods'),
  outcome: t('结果', 'Outcome'),
  validity: t('许可最长期限', 'Longest term'),
  stages: t('办理阶段', 'Stages'),
  source: t('依据', 'Source'),
  always: t('始终', 'always'),
  optional: t('可选', 'optional'),
  missedIs: t('逾期', 'if missed'),
  paper: t('材料', 'Paper'),
  asked: t('何时需要', 'Asked when'),
  forms: t('可接受的形式', 'Accepted forms'),
  instead2: t('可以不交', 'Instead of it'),
  period: t('期限', 'Period'),
  who: t('由谁', 'Who'),
  length: t('时长', 'Length'),
  window: t('窗口核验', 'Shown at the window'),
} as const
const RELIEF = {
  waived: t('免交', 'not asked'),
  reused: t('沿用已有材料', 'the one on file'),
  commitment: t('以承诺代替', 'a commitment'),
  owed: t('可容缺后补', 'owed, brought later'),
} as const

/** One item of a pack as markdown in one language: who files, conditions, papers, findings, periods, outcome, each with its source and mark. */
export function describeItem(pack: Pack, code: string, language: Language): string {
  const item = Object.hasOwn(pack.items, code) ? pack.items[code] : undefined
  if (!item) throw new Error(`${code} is not an item of this pack`)
  const head = `## ${code} ${item.title[language]}\n`
  return `${head}\n${item.offer === 'open' ? openItem(pack, code, item, language) : closedItem(pack, item, language)}`
}

/** Every item of a pack as one document, open ones first, with the stage diagram of each. */
export function describePack(pack: Pack, language: Language): string {
  const { jurisdiction, from, law } = pack.pack
  const codes = Object.keys(pack.items).sort(
    (a, b) => Number(pack.items[a]!.offer !== 'open') - Number(pack.items[b]!.offer !== 'open') || (a < b ? -1 : 1),
  )
  return [
    `# ${jurisdiction} ${from}\n`,
    `${law.join(language === 'zh' ? '、' : '; ')}\n`,
    ...codes.map((code) => describeItem(pack, code, language)),
  ].join('\n')
}

const closedItem = (pack: Pack, item: Extract<Item, { offer: 'closedTo' }>, l: Language) => {
  const others = item.replacedBy.map((c) => pack.items[c]?.title[l] ?? c)
  const instead = others.length === 0 ? '' : ` ${WORDS.instead[l]}: ${others.join(', ')}.`
  return `${WORDS.closed[l]} ${item.since}. ${item.why[l]}${instead} ${marked(item.source, l)}\n`
}

function openItem(pack: Pack, code: string, item: OpenItem, l: Language): string {
  const say = (text: Text) => text[l]
  const when = (given: Parameters<typeof condition>[0]) => condition(given, pack, code)?.[l]
  const list = (title: Text, lines: string[]) =>
    lines.length === 0 ? '' : `### ${say(title)}\n\n${lines.map((x) => `- ${x}`).join('\n')}\n`
  const table = (title: Text, heads: Text[], rows: string[][]) =>
    rows.length === 0
      ? ''
      : `### ${say(title)}\n\n${[heads.map(say), heads.map(() => '---'), ...rows].map((r) => `| ${r.map(cell).join(' | ')} |`).join('\n')}\n`
  const materials = Object.entries(item.materials).flatMap(([m, asked]) => {
    const material = pack.materials[m]
    if (!material || asked.need === 'none') return []
    const forms = (asked.forms ?? Object.keys(material.forms)).flatMap((f) => {
      const form = material.forms[f]
      if (!form) return []
      const rules = [when(form), ...form.rules.map((r) => say(sentence(r, pack, code)))].filter((x) => x !== undefined)
      return [rules.length === 0 ? say(form.title) : `${say(form.title)} (${rules.join('; ')})`]
    })
    const relief = (asked.relief ?? material.relief).map((r) => [say(RELIEF[r.kind]), when(r)].filter((x) => x !== undefined).join(': '))
    const need = [
      asked.need === 'optional' ? say(WORDS.optional) : undefined,
      when(asked) ?? (asked.need === 'required' ? say(WORDS.always) : undefined),
    ]
    return [
      [
        `${m} ${say(material.title)}`,
        need.filter((x) => x !== undefined).join(': '),
        forms.join('<br>'),
        relief.join('<br>') || '–',
        marked(asked.source, l),
      ],
    ]
  })
  const periods = Object.entries(item.periods).flatMap(([p, runs]) => {
    const period = runs === 'runs' ? pack.periods[p] : undefined
    if (!period) return []
    return [
      [
        `${p} ${say(period.text)}`,
        say(labels.party[period.party]),
        say(lengthText(period.length, pack)),
        say(labels.missed[period.missed]),
        marked(period.source, l),
      ],
    ]
  })
  const outcome = item.outcome.map((o) => {
    const effects = o.effects.map((e) => say(labels.effect[e])).join(', ')
    const papers = o.papers.map((k) => say(labels.paperKind[k])).join(', ')
    const duty =
      o.verification === 'none'
        ? ''
        : `; ${say(WORDS.window)}: ${pack.periods[o.verification.period]?.text[l] ?? o.verification.period} → ${o.verification.papers.map((k) => say(labels.paperKind[k])).join(', ')}`
    return `${[when(o), effects].filter((x) => x !== undefined).join(': ')}${papers === '' ? '' : `; ${papers}`}${duty} ${marked(o.source, l)}`
  })
  return [
    `${say(WORDS.filedBy)}: ${item.filedBy.map((f) => say(labels.filer[f])).join(', ')}. ${marked(item.source, l)}\n`,
    list(
      WORDS.conditions,
      Object.entries(item.preconditions).map(
        ([p, pre]) =>
          `${p}: ${[when(pre), pre.must.map((r) => say(sentence(r, pack, code))).join('; ')].filter((x) => x !== undefined).join(' → ')} (${say(labels.otherwise[pre.otherwise])}, ${pre.reason}) ${marked(pre.source, l)}`,
      ),
    ),
    table(WORDS.materials, [WORDS.paper, WORDS.asked, WORDS.forms, WORDS.instead2, WORDS.source], materials),
    list(
      WORDS.judgements,
      Object.entries(item.judgements).map(
        ([j, judgement]) => `${say(labels.stage[judgement.at])}: ${say(judgement.asks)} (${j}) ${marked(judgement.source, l)}`,
      ),
    ),
    table(WORDS.periods, [WORDS.period, WORDS.who, WORDS.length, WORDS.missedIs, WORDS.source], periods),
    list(WORDS.outcome, outcome),
    item.validity === 'none'
      ? ''
      : list(
          WORDS.validity,
          item.validity.atMost.map(
            (line) =>
              `${[when(line), say(labels.amount(line.months, 'month'))].filter((x) => x !== undefined).join(': ')} ${marked(line.source, l)}`,
          ),
        ),
    `### ${say(WORDS.stages)}\n\n\`\`\`mermaid\n${stageDiagram(item, l)}\n\`\`\`\n`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}

const marked = (source: string, l: Language) => (source.startsWith('V') ? `[${source}]` : `[${source}, ${markText(source)[l]}]`)
/** Text inside a table cell: a bar or a line break would end it. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>')
