import { runAsChild } from './child.ts'
import { loadHooks } from './hooks.ts'

/** Does what follows a commit and what falls due; `compose.ts` says what that is. Any number may run, and each may be killed. */
await runAsChild('worker', async (context) => {
  const { work } = await loadHooks()
  const started = await work?.(context)
  // Without tasks it still waits for its end, so that the supervisor has the same processes everywhere.
  const idle = setInterval(() => {}, 60_000)
  return {
    close: async () => {
      clearInterval(idle)
      await started?.close()
    },
  }
})
