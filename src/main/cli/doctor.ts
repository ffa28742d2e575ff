import { type Command, DONE, FAILED } from '../command.ts'
import { examine } from '../examine.ts'

export const command: Command = {
  says: 'looks whether this machine and these settings can run Laihua',
  help: `

Looks at Node, memory, disk, folders, settings, ports, keys, the pages and the database, and changes nothing. Each line begins with ok, note or wrong,
and says the way out. Exit codes: 0 nothing is wrong, 1 something is.`,
  run: async (_given, io) => {
    const findings = await examine(io.config)
    for (const { state, says } of findings) io.out(`${state.padEnd(5)} ${says}`)
    return findings.some((f) => f.state === 'wrong') ? FAILED : DONE
  },
}
