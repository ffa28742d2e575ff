import type { Language, Text } from '../kernel.ts'
import { labels } from './labels.ts'
import type { OpenItem } from './pack.ts'
import { t } from './wording.ts'
import type { Stage, WorkStage } from './words.ts'

const PASS: Readonly<Record<WorkStage, Text>> = {
  preReview: t('通过预审', 'pre-review passed'),
  acceptance: t('受理', 'accepted'),
  review: t('审查完毕', 'reviewed'),
  decision: t('准予', 'granted'),
}
const EDGE = {
  submit: t('提交', 'filed'),
  back: t('一次性告知补正', 'every defect told'),
  resubmit: t('补正后提交', 'corrected'),
  notAccepted: t('不予受理', 'not accepted'),
  refused: t('不予许可', 'refused'),
  withdraw: t('撤回', 'withdrawn'),
  lapse: t('逾期未补正', 'not corrected in time'),
} as const

/** The stages of an item as a mermaid state diagram, from its own order: which ones it has, what returns, what ends. */
export function stageDiagram(item: Pick<OpenItem, 'stages'>, language: Language): string {
  const lines: string[] = []
  const go = (from: Stage | '[*]', to: Stage | '[*]', why?: Text) => lines.push(`  ${from} --> ${to}${why ? `: ${why[language]}` : ''}`)
  const first = item.stages[0]!
  go('[*]', 'draft')
  go('draft', first, EDGE.submit)
  for (const [i, stage] of item.stages.entries()) {
    go(stage, item.stages[i + 1] ?? 'granted', PASS[stage])
    if (stage !== 'decision') {
      go(stage, 'correction', EDGE.back)
      go('correction', stage, EDGE.resubmit)
    }
    if (stage === 'preReview' || stage === 'acceptance') go(stage, 'notAccepted', EDGE.notAccepted)
    if (stage === 'decision') go(stage, 'refused', EDGE.refused)
    go(stage, 'withdrawn', EDGE.withdraw)
  }
  if (item.stages.some((s) => s !== 'decision')) {
    go('correction', 'lapsed', EDGE.lapse)
    go('correction', 'withdrawn', EDGE.withdraw)
  }
  const used = [...new Set(lines.flatMap((line) => line.match(/[A-Za-z]+/g) ?? []))]
  const names = (Object.keys(labels.stage) as Stage[]).filter((s) => used.includes(s)).map((s) => `  ${s}: ${labels.stage[s][language]}`)
  return ['stateDiagram-v2', ...names, ...lines].join('\n')
}
