import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig(env, '/nowhere')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return [error.message]
    throw error
  }
}

describe('the settings', () => {
  it('need nothing to start a demo on this machine alone', () =>
    expect(readConfig({}, '/nowhere')).toMatchObject({ kind: 'demo', host: '127.0.0.1' }))
  it('are told together when several are wrong', () => {
    const [told = ''] = faultsOf({ LAIHUA_PORT: 'ninety', LAIHUA_KIND: 'toy' })
    expect(told).toContain('LAIHUA_PORT')
    expect(told).toContain('LAIHUA_KIND')
  })
  it('keep a demo off the network', () => expect(faultsOf({ LAIHUA_HOST: '0.0.0.0' }).join()).toContain('LAIHUA_HOST'))
})
