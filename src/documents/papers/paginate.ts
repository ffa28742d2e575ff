import type { PaperRefusal } from './model.ts'
import { type Row, splitRow } from './row.ts'
import { BOTTOM, PAGE } from './sheet.ts'

export type Placed = { row: Row; y: number }
/** More than this is no paper but an attack or a fault; 60 lines of work history and long duties give about ten pages. */
export const MOST_PAGES = 60

/** Room that the rows need until the first one that may end a page. */
const chainHeight = (rows: Row[], fullPage: number): number => {
  let height = 0
  for (const row of rows) {
    // A row that will be cut anyway may start low on the page.
    height += row.before + (row.height > fullPage ? 80 : row.height)
    if (!row.keepWithNext) break
  }
  return height
}

/** Puts rows on pages from top to bottom. Rows stay whole unless one is taller than a page. Refuses a paper of more than `MOST_PAGES`. */
export const paginate = (rows: Row[], runningHead: number): { ok: true; pages: Placed[][] } | { ok: false; refusal: PaperRefusal } => {
  const pages: Placed[][] = [[]]
  let y: number = PAGE.top
  const queue = [...rows]
  const turn = () => {
    pages.push([])
    y = PAGE.top + runningHead
  }
  const fullPage = BOTTOM - PAGE.top - runningHead
  while (queue.length) {
    const row = queue[0]!
    if (row.newPage && pages.at(-1)!.length) turn()
    const first = pages.at(-1)!.length === 0
    const before = first ? 0 : row.before
    const chain = Math.min(chainHeight(queue, fullPage), fullPage)
    if (y + before + row.height <= BOTTOM && (first || y + chain <= BOTTOM)) {
      pages.at(-1)!.push({ row, y: y + before })
      y += before + row.height
      queue.shift()
      continue
    }
    if (row.height > fullPage) {
      const cut = splitRow(row, BOTTOM - y - before)
      if (cut) {
        pages.at(-1)!.push({ row: cut.head, y: y + before })
        queue[0] = cut.rest
      } else if (first) throw new Error('a row without text is taller than a page')
    }
    if (pages.length >= MOST_PAGES) return { ok: false, refusal: { code: 'paperTooLong', pages: MOST_PAGES } }
    turn()
  }
  return { ok: true, pages }
}
