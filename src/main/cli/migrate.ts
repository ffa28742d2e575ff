import { type Command, DONE } from '../command.ts'
import { openDatabase } from '../database.ts'
import { prepareFolders } from '../folders.ts'
import { bringUpToDate } from '../migrate.ts'
import { Problem } from '../problem.ts'

/** For real services, where the owner's sign-in is not on the machine that serves; npm start does the same by itself when it has it. */
export const command: Command = {
  says: 'brings the database to the version of this program',
  help: `

Applies the migrations that the database lacks, each in one transaction, and gives the application its rights. Forward only.
With DATABASE_OWNER_URL and DATABASE_URL: that database. Without: the embedded one, which is started for it if it does not run.
Exit codes: 0 done, 1 refused or failed (one sentence says why; what was applied before stays).`,
  run: async (_given, { config: read, out }) => {
    const config = read()
    const database = await openDatabase(config, prepareFolders(config).runAs)
    try {
      if (!database.owner) throw new Problem('DATABASE_URL signs in as the application, which may not migrate: set DATABASE_OWNER_URL too.')
      const { applied, already } = await bringUpToDate(config, database)
      for (const name of applied) out(`applied ${name}`)
      out(`${applied.length} applied, ${already} were there.`)
      return DONE
    } finally {
      if (database.how === 'adopted') database.leave()
      else database.stop()
    }
  },
}
