import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { DEFAULT_LIMITS, LIMIT_NAMES, settingOf } from './limits.ts'
import { isLoopback } from './loopback.ts'

const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig(env, '/srv')
    return {}
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return Object.fromEntries(error.faults.map(({ setting, says }) => [setting, says]))
  }
}
const REAL = { LAIHUA_KIND: 'real', LAIHUA_ORIGIN: 'https://permits.example' }

describe('settings', () => {
  it('need not be set for a demo on this machine', () => {
    const config = readConfig({ HOME: '/root', PATH: '/bin' }, '/srv')
    expect(config).toMatchObject({
      kind: 'demo',
      host: '127.0.0.1',
      port: 8080,
      healthPort: 8081,
      publicOrigin: 'http://localhost:8080',
      database: { place: 'embedded' },
    })
    expect(config.limits).toEqual(DEFAULT_LIMITS)
    expect(config.masterKeyFile).toBe(`${config.dataFolder}/keys/master.key`)
  })

  it('take an empty value for none, and paths from the folder of the start', () => {
    expect(readConfig({ LAIHUA_PORT: '', LAIHUA_DATA: 'here' }, '/srv')).toMatchObject({
      port: 8080,
      dataFolder: '/srv/here',
      blobs: { folder: '/srv/here/blobs' },
    })
  })

  it('that are wrong are told all together, each with its name and what is right, never with its value', () => {
    const faults = faultsOf({
      LAIHUA_PORT: '70000',
      LAIHUA_KIND: 'production',
      LAIHUA_ORIGIN: 'permits.example/path',
      LAIHUA_PROXIES: '10.0.0.1 10.0.0.0/40',
      LAIHUA_FACE_TRIES_A_DAY: '1e3',
      DATABASE_URL: 'mysql://root:geheim@db/x',
      LAIHUA_SESION_MINUTES: '5',
      LAIHUA_PRT: '1',
    })
    expect(Object.keys(faults).sort()).toEqual([
      'DATABASE_URL',
      'LAIHUA_FACE_TRIES_A_DAY',
      'LAIHUA_KIND',
      'LAIHUA_ORIGIN',
      'LAIHUA_PORT',
      'LAIHUA_PROXIES',
      'LAIHUA_PRT',
      'LAIHUA_SESION_MINUTES',
    ])
    expect(faults['LAIHUA_PRT']).toContain('did you mean LAIHUA_PORT?')
    expect(faults['LAIHUA_FACE_TRIES_A_DAY']).toContain('from 1 to 20')
    expect(JSON.stringify(faults)).not.toContain('geheim')
  })

  it.each(['', '-1', '1.5', '0x10', '９', '1'.repeat(400), '1\0', '\ud800', '__proto__', ' 5'])('refuse the number %j', (value) => {
    if (value === '') return expect(faultsOf({ LAIHUA_STEP_UP_MINUTES: value })).toEqual({})
    return expect(Object.keys(faultsOf({ LAIHUA_STEP_UP_MINUTES: value }))).toEqual(['LAIHUA_STEP_UP_MINUTES'])
  })

  it('never take a name from the prototype for one of theirs', () => {
    expect(readConfig({ constructor: 'x', __proto__: 'y' } as never, '/srv').kind).toBe('demo')
    expect(Object.keys(faultsOf({ LAIHUA_: 'x', LAIHUA_CONSTRUCTOR: 'y' }))).toEqual(['LAIHUA_', 'LAIHUA_CONSTRUCTOR'])
  })

  it('exist for every limit, within its bounds', () => {
    for (const name of LIMIT_NAMES) {
      expect(readConfig({ [settingOf(name)]: String(DEFAULT_LIMITS[name]) }, '/srv').limits[name]).toBe(DEFAULT_LIMITS[name])
      expect(Object.keys(faultsOf({ [settingOf(name)]: '999999999999' }))).toEqual([settingOf(name)])
    }
  })
})

describe('a demo', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'permits.example', '128.0.0.1'])('refuses to listen on %s', (host) => {
    expect(faultsOf({ LAIHUA_HOST: host })['LAIHUA_HOST']).toMatch(/known accounts/)
  })
  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('listens on %s', (host) => {
    expect(faultsOf({ LAIHUA_HOST: host })).toEqual({})
  })
})

describe('a real service', () => {
  it('needs the address that its papers will name, over https', () => {
    expect(Object.keys(faultsOf({ LAIHUA_KIND: 'real' }))).toEqual(['LAIHUA_ORIGIN'])
    expect(faultsOf({ ...REAL, LAIHUA_ORIGIN: 'http://permits.example' })['LAIHUA_ORIGIN']).toMatch(/https/)
    expect(faultsOf({ ...REAL, LAIHUA_ORIGIN_CARD: 'http://card.example' })['LAIHUA_ORIGIN_CARD']).toMatch(/https/)
    expect(faultsOf(REAL)).toEqual({})
  })

  it('refuses plain HTTP beyond this machine unless a proxy is named or it has a certificate', () => {
    expect(faultsOf({ ...REAL, LAIHUA_HOST: '0.0.0.0' })['LAIHUA_HOST']).toMatch(/LAIHUA_PROXIES/)
    expect(faultsOf({ ...REAL, LAIHUA_HOST: '0.0.0.0', LAIHUA_PROXIES: '10.1.0.0/16, 2001:db8::1' })).toEqual({})
    expect(faultsOf({ ...REAL, LAIHUA_HOST: '::', LAIHUA_TLS_CERTIFICATE: '/a.pem', LAIHUA_TLS_KEY: '/b.pem' })).toEqual({})
    expect(faultsOf({ ...REAL, LAIHUA_TLS_KEY: '/b.pem' })['LAIHUA_TLS_CERTIFICATE']).toMatch(/both or neither/)
  })
})

describe('settings that belong together', () => {
  it('are asked for together', () => {
    expect(Object.keys(faultsOf({ DATABASE_OWNER_URL: 'postgres://o@db/x' }))).toEqual(['DATABASE_OWNER_URL'])
    expect(Object.keys(faultsOf({ LAIHUA_S3_BUCKET: 'papers' }))).toEqual(['LAIHUA_S3_ENDPOINT and LAIHUA_S3_SECRET_FILE'])
    expect(Object.keys(faultsOf({ LAIHUA_PORT: '9000', LAIHUA_HEALTH_PORT: '9000' }))).toEqual(['LAIHUA_HEALTH_PORT'])
  })
})

describe('loopback', () => {
  it.each(['127.0.0.1', '127.255.255.254', 'LOCALHOST', '::1', '[::1]', '::ffff:127.0.0.1'])('is %s', (host) =>
    expect(isLoopback(host)).toBe(true),
  )
  it.each(['', '0.0.0.0', '::', '127.0.0.1.example', '1127.0.0.1', 'localhost.example', '::ffff:10.0.0.1', '2130706433'])(
    'is not %j',
    (host) => expect(isLoopback(host)).toBe(false),
  )
})
