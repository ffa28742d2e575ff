import { connect } from '../db/db.ts'
import { runAsChild, tell } from './child.ts'
import { loadHooks } from './hooks.ts'
import { noteUp } from './outage.ts'

/**
 * Before anyone is served: books an outage, brings packs, calendars and offices into the database, and in a demo its examples. A process of its own, because
 * it alone has the owner's rights, and as the user of the service, because it writes files.
 */
await runAsChild('prepare', async (context, begin) => {
  const { config, db, log } = context
  const ownerDb = begin.ownerUrl
    ? connect({ connectionString: begin.ownerUrl, name: 'laihua-prepare', max: 4, statementSeconds: 600 })
    : undefined
  if (await noteUp(db, config.limits.outageSeconds)) log.warn('outageBooked')
  const hooks = await loadHooks()
  await hooks.loadPolicy?.({ ...context, ownerDb })
  if (config.kind === 'demo') await hooks.seedDemo?.({ ...context, ownerDb })
  const says = (await hooks.greet?.({ ...context, ownerDb })) ?? []
  await ownerDb?.destroy()
  tell({ type: 'ready', says })
  return 'done'
})
