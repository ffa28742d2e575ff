import { createServer } from 'node:http'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'

export type Health = { close: () => Promise<void> }

/**
 * Answers `/live` (this process turns) and `/ready` (the database answers too) on loopback only, apart from the service, so that no one outside can see or
 * flood it (threat NET-4). Port 0 turns it off.
 */
export async function startHealth(port: number, db: Db): Promise<Health> {
  if (port === 0) return { close: async () => {} }
  const server = createServer({ requestTimeout: 5000, headersTimeout: 5000 }, async (request, reply) => {
    const say = (status: number, body: object) =>
      reply.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
    if (request.method !== 'GET') return say(405, { code: 'methodNotAllowed' })
    if (request.url === '/live') return say(200, { live: true })
    if (request.url !== '/ready') return say(404, { code: 'notFound' })
    const answers = await Promise.race([
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 3000).unref()),
    ])
    return say(answers ? 200 : 503, { live: true, database: answers })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
