import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { PaperKind } from '../../domain/policy/words.ts'
import { everyPaper } from './for-tests/every-paper.ts'
import type { ModelKind, PaperTexts } from './model.ts'
import { PLACEHOLDERS } from './placeholders.ts'

const root = new URL('../../../policy/', import.meta.url)
const layouts = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[^/]+\/[^/]+\/papers[^/]*\.yaml$/.test(file))
  .flatMap((file) => {
    const { papers } = parse(readFileSync(new URL(file, root), 'utf8')) as { papers: Record<string, PaperTexts & { kind: ModelKind }> }
    return Object.entries(papers).map(([code, layout]) => ({ name: `${file} ${code}`, layout }))
  })

describe('the texts of every pack', () => {
  it('have a builder for every kind that a pack may order', () =>
    expect(PaperKind.options.filter((kind) => !Object.hasOwn(PLACEHOLDERS, kind))).toEqual([]))

  it('are there', () => expect(layouts.length).toBeGreaterThan(10))

  it.each(layouts)('$name names only what its kind of paper offers', ({ layout }) => {
    const made = everyPaper[layout.kind](layout)
    expect(made.ok ? 'made' : made.refusal).toBe('made')
  })
})
