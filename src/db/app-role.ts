import type pg from 'pg'

/** The role that holds the application's rights; migrations grant to it by name. */
export const APP_ROLE = 'laihua_app'

/**
 * How the running application signs in: as the role itself with a password that we set, or as a user whom the operator made and who then becomes a
 * member of it. Without either, the sign-in is left as it is.
 */
export type AppSignIn = { password: string } | { user: string } | undefined

const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Makes sure that the application's role exists, owns nothing, may use the schema, and that `signIn` works.
 * Throws with the statement to run when the owner may not make roles (many hosted servers).
 */
export async function allowApplication(client: pg.Client, signIn: AppSignIn): Promise<void> {
  const { rows } = await client.query<{ login: boolean }>('select rolcanlogin as login from pg_roles where rolname = $1', [APP_ROLE])
  if (rows.length === 0)
    await orTell(
      client,
      `create role ${APP_ROLE} login`,
      'do $$ begin create role laihua_app login; exception when duplicate_object then null; end $$',
    )
  if (signIn && 'password' in signIn) {
    const statement = `alter role ${APP_ROLE} with login password ${client.escapeLiteral(signIn.password)}`
    await orTell(client, `alter role ${APP_ROLE} with login password '…'`, statement)
  } else if (signIn && signIn.user !== APP_ROLE) {
    const statement = `grant ${APP_ROLE} to ${client.escapeIdentifier(signIn.user)}`
    await orTell(client, statement, statement)
  }
  await client.query(`grant usage on schema public to ${APP_ROLE}`)
}

const orTell = async (client: pg.Client, shown: string, statement: string) => {
  try {
    await client.query(statement)
  } catch (cause) {
    if ((cause as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw cause
    throw new Error(`The database owner may not make roles. Ask its administrator to run: ${shown};`, { cause })
  }
}
