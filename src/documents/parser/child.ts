import type { Jobs, Kind, Order, Reply } from './answers.ts'
import { confine } from './confine.ts'

/**
 * A process that parses foreign bytes: no environment, no network, no files but to read the program, nothing but messages from its owner.
 * It does one order at a time and may be killed at any moment. Libraries are loaded by the first order that needs them.
 */
confine()
process.on('disconnect', () => process.exit(0))

type Work = { [K in Kind]: (input: Jobs[K]['input']) => Promise<Jobs[K]['answer']> }
const work: Work = {
  inspect: async (input) => (await import('./inspect.ts')).inspect(input.bytes, input.accept),
  renderPage: async (input) => (await import('./render-page.ts')).renderPage(input.bytes, input.page, input.width),
  checkPhoto: async (input) => (await import('./photo/check-photo.ts')).checkPhoto(input.bytes, input.rules),
  proposeCut: async (input) => (await import('./photo/crop-photo.ts')).proposeCut(input.bytes, input.rules),
  cropPhoto: async (input) => (await import('./photo/crop-photo.ts')).cropPhoto(input.bytes, input.cut, input.rules),
  judgeFrames: async (input) => (await import('./face-job.ts')).judgeAttemptFrames(input),
}

process.on('message', async (order: Order) => {
  const head = { id: order.id }
  try {
    const answer = await work[order.kind](order.input as never)
    reply({ ...head, rss: process.memoryUsage.rss(), answer })
  } catch (error) {
    reply({ ...head, rss: process.memoryUsage.rss(), fault: nameOf(error) })
  }
})

const reply = (message: Reply): void => void process.send?.(message)
const nameOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name).slice(0, 60) : 'unknown'
