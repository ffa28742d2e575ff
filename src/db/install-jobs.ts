import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { APP_ROLE } from './app-role.ts'

/** Where the job library keeps its tables. */
export const JOB_SCHEMA = 'pgboss'

/**
 * Brings up the job library's schema as the owner, who alone may create and alter tables; the application then starts the library with
 * `migrate: false` and may put, take and end jobs there. Queues are made by the application at its start: they are rows.
 */
export async function installJobs(client: pg.Client, ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: JOB_SCHEMA, supervise: false, schedule: false, max: 2 })
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false })
  await client.query(`
    grant usage on schema ${JOB_SCHEMA} to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema ${JOB_SCHEMA} to ${APP_ROLE};
    grant usage on all sequences in schema ${JOB_SCHEMA} to ${APP_ROLE};
    grant execute on all functions in schema ${JOB_SCHEMA} to ${APP_ROLE};
  `)
}
