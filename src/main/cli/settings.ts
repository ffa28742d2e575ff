import { type Command, DONE } from '../command.ts'
import { DEFAULT_LIMITS, LIMIT_NAMES, settingOf } from '../limits.ts'
import { Settings } from '../settings.ts'

export const command: Command = {
  says: 'lists every setting with what it is when nothing is set',
  help: `

Settings are environment variables. Values are not shown, because some are secrets.`,
  run: async (_given, { out }) => {
    const unset = Settings.parse({}) as Record<string, unknown>
    for (const [name, schema] of Object.entries(Settings.shape)) {
      const value = unset[name]
      const shown = value === undefined || (Array.isArray(value) && value.length === 0) ? '' : ` (${value})`
      out(`${name.padEnd(36)} ${schema.description ?? ''}${shown}`)
    }
    out('')
    for (const name of LIMIT_NAMES) out(`${settingOf(name).padEnd(36)} ${DEFAULT_LIMITS[name]}`)
    return DONE
  },
}
