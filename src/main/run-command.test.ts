import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

const run = async (words: string[], env: Record<string, string> = {}) => {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runCommand(words, { out: (l) => out.push(l), err: (l) => err.push(l), env })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
const commands = readdirSync('src/main/cli').map((file) => file.replace('.ts', ''))

describe('the command line', () => {
  it('lists every command with one line each', async () => {
    const { code, out } = await run(['help'])
    expect(code).toBe(0)
    for (const name of commands) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
    expect((await run([])).code).toBe(2)
  })

  it.each(commands)('explains %s with --help, -h and help, even when the settings are wrong', async (name) => {
    const wrong = { LAIHUA_PORT: 'x' }
    for (const words of [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
    ]) {
      const { code, out } = await run(words, wrong)
      expect(code).toBe(0)
      expect(out).toContain(`npm run laihua -- ${name}`)
      expect(out.length).toBeGreaterThan(60)
    }
  })

  it.each([['nonsense'], ['__proto__'], ['../config'], ['constructor'], ['a'.repeat(10_000)], ['']])(
    'refuses the command %j in one sentence',
    async (name) => {
      const { code, err } = await run([name])
      expect(code).toBe(2)
      expect(err.length).toBeLessThan(200)
    },
  )

  it('refuses unknown options and too many words with the right use', async () => {
    for (const words of [
      ['doctor', '--force'],
      ['doctor', 'now'],
    ]) {
      const { code, err } = await run(words)
      expect(code).toBe(2)
      expect(err).toContain('npm run laihua -- doctor')
    }
  })

  it('ends with 1 and every fault when the settings are wrong', async () => {
    const { code, err } = await run(['migrate'], { LAIHUA_PORT: 'x', LAIHUA_KIND: 'y' })
    expect(code).toBe(1)
    expect(err).toMatch(/LAIHUA_PORT[\s\S]*LAIHUA_KIND/)
  })

  it('doctor names what is wrong and ends with 1', async () => {
    const { code, out } = await run(['doctor'], { LAIHUA_HOST: '0.0.0.0' })
    expect(code).toBe(1)
    expect(out).toMatch(/^wrong LAIHUA_HOST/m)
  })
})
