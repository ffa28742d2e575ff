/** The door signs people in and out within one transaction of the database; it reaches it through this room alone. */
export { transaction } from '../db/db.ts'
