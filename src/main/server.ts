import { createServer } from 'node:http'
import { connect } from '../db/db.ts'
import { runAsChild } from './child.ts'
import { startHealth } from './health.ts'
import { loadHooks, type Service } from './hooks.ts'
import { keepPulse, noteUp } from './outage.ts'
import { whyNotListening } from './port.ts'

/** The web server: what answers requests is composed in `compose.ts`, when and where it listens and how it ends is here. */
await runAsChild('server', async (context, begin) => {
  const { config, db, log } = context
  const hooks = await loadHooks()
  const publicDb = connect({
    connectionString: begin.appUrl,
    name: 'laihua-public',
    max: config.limits.publicConnections,
    statementSeconds: config.limits.statementSeconds,
  })
  if (await noteUp(db, config.limits.outageSeconds)) log.warn('outageBooked')
  const service = hooks.serve ? await hooks.serve({ ...context, publicDb }) : nothingYet()
  const port = await listen(service, config.host, config.port)
  const health = await startHealth(config.healthPort, db).catch((error) => {
    throw whyNotListening(error, config.healthPort, 'LAIHUA_HEALTH_PORT')
  })
  const stopPulse = keepPulse(db, log, config.limits)
  return {
    ready: { port },
    close: async () => {
      stopPulse()
      const nudge = setInterval(service.closeIdleConnections, 200)
      await service.close().finally(() => clearInterval(nudge))
      await health.close()
      await publicDb.destroy()
    },
  }
})

function listen(service: Service, host: string, port: number): Promise<number> {
  return service.listen({ host, port }).catch((error) => {
    throw whyNotListening(error, port, 'LAIHUA_PORT')
  })
}

/** A program without `compose.ts` has a door and nothing behind it. */
function nothingYet(): Service {
  const server = createServer((_request, reply) =>
    reply.writeHead(503, { 'content-type': 'application/problem+json' }).end('{"code":"nothingHere"}'),
  )
  return {
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject).listen(port, host, () => resolve((server.address() as { port: number }).port))
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
    closeIdleConnections: () => server.closeIdleConnections(),
  }
}
