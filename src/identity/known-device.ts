import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Instant } from '../domain/kernel.ts'
import { hashOfSecret, newSecret } from './secret.ts'

/** Did this account sign in wholly from this browser before? Its guesses then count apart from those of strangers. */
export async function isKnownDevice(db: Db | Tx, accountId: string | undefined, token: string | undefined): Promise<boolean> {
  const { rows } =
    await sql`select 1 from known_device where token_hash = ${hashOfSecret(token ?? '')} and account_id = ${accountId ?? null}::uuid`.execute(
      db,
    )
  return rows.length > 0
}

const MOST_DEVICES = 10
/** Remembers the browser of a whole sign-in and gives its token, for a cookie; the oldest of more than ten are forgotten. */
export async function rememberDevice(tx: Tx, accountId: string, known: string | undefined, at: Instant): Promise<string> {
  if (known !== undefined) {
    const { rows } =
      await sql`update known_device set seen_at = ${at} where token_hash = ${hashOfSecret(known)} and account_id = ${accountId} returning 1`.execute(
        tx,
      )
    if (rows.length > 0) return known
  }
  const token = newSecret()
  await sql`insert into known_device (token_hash, account_id, since, seen_at) values (${hashOfSecret(token)}, ${accountId}, ${at}, ${at})`.execute(
    tx,
  )
  await sql`delete from known_device where account_id = ${accountId} and token_hash not in
    (select token_hash from known_device where account_id = ${accountId} order by seen_at desc limit ${MOST_DEVICES})`.execute(tx)
  return token
}

/** Forgets all browsers of an account: after a reset or a lost device. */
export async function forgetDevices(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from known_device where account_id = ${accountId}`.execute(tx)
}
