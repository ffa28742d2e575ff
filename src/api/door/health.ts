import { sql } from 'kysely'
import { securityHeaders } from '../headers.ts'
import type { Door, Outgoing } from './door.ts'

/** Is this process able to serve? One short look at the database; a pool that is exhausted must not hang the answer. */
export async function healthReply({ tools, https }: Door): Promise<Outgoing> {
  const asked = sql`select 1`.execute(tools.db).then(
    () => true,
    () => false,
  )
  const healthy = await Promise.race([asked, new Promise<false>((resolve) => setTimeout(resolve, 2000, false).unref())])
  const headers = { ...securityHeaders({ surface: 'api', nonce: '', https }), 'content-type': 'application/json; charset=utf-8' }
  return { status: healthy ? 200 : 503, headers: healthy ? headers : { ...headers, 'retry-after': '5' }, body: JSON.stringify({ healthy }) }
}
