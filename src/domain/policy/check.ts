import { checkItem } from './check-item.ts'
import { checkLists } from './check-lists.ts'
import { checkTexts } from './check-texts.ts'
import type { Pack } from './pack.ts'

/** A fault of a pack that its schema cannot see: a code, the place as a path of keys, and a sentence for the policy officer. `warn` is told, and published all the same. */
export type PackFault = { code: string; at: string; severity: 'stop' | 'warn'; say: string }
export type Tell = (code: string, at: string, say: string) => void

// A pack may send people to an item that this installation does not offer yet: they are told, and nothing breaks.
const WARNINGS: ReadonlySet<string> = new Set(['itemNotOffered'])

/** All faults of a merged pack, at once. That none of them stops is a condition of publication. */
export function checkPack(pack: Pack): PackFault[] {
  const faults: PackFault[] = []
  const tell: Tell = (code, at, say) => faults.push({ code, at, severity: WARNINGS.has(code) ? 'warn' : 'stop', say })
  for (const [code, item] of Object.entries(pack.items)) checkItem(pack, code, item, tell)
  checkLists(pack, tell)
  checkTexts(pack, tell)
  return faults
}
