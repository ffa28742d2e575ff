import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dataFolder, type StartedService, startService } from '../../test/service.ts'
import { isAlive, startOfProcess } from './process-identity.ts'

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const asRoot = process.getuid?.() === 0 && process.platform === 'linux'
const alive = (pid: number) => startOfProcess(pid) !== undefined
const answers = async (port: number) => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ready`)).status === 200
  } catch {
    return false
  }
}

describe('npm start', () => {
  const place = dataFolder()
  let health = 0
  let service: StartedService | undefined
  beforeAll(async () => {
    health = await freePort()
  })
  const start = async (more: Record<string, string> = {}) => {
    service = await startService(place.settings({ LAIHUA_HEALTH_PORT: String(health), ...more }))
    return service
  }
  const database = () => Number(readFileSync(join(place.folder, 'data/postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
  const child = (name: string) => place.running().children[name]!.pid
  afterEach(async () => {
    await service?.end()
  })
  afterAll(place.remove)

  it('makes everything in an empty folder, and ends everything on Ctrl-C', async () => {
    const { address, pid, end } = await start()
    expect((await fetch(address)).status).toBeLessThan(600)
    expect(await answers(health)).toBe(true)
    const pids = [pid, child('server'), child('worker'), database()]
    expect(await end()).toBe(0)
    await expect.poll(() => pids.filter(alive), { timeout: 5000 }).toEqual([])
  })

  it('is up again within 8 seconds', async () => {
    expect((await start()).milliseconds).toBeLessThan(8000)
  })

  it('never runs its server as root, nor with a secret in arguments or environment', async () => {
    await start()
    const passwords = Object.values(
      JSON.parse(readFileSync(join(place.folder, 'data/postgres/passwords.json'), 'utf8')) as Record<string, string>,
    )
    for (const pid of [child('server'), child('worker')]) {
      const uids = /^Uid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]!.split(/\s+/)
      // Where the checkout lies in a folder closed to others, a demo runs as root and says so; the test of that note stands below.
      if (!/would run as root/.test(service?.said() ?? '')) expect(uids).not.toContain('0')
      const seen =
        readFileSync(`/proc/${pid}/cmdline`, 'utf8') + (process.getuid?.() === 0 ? readFileSync(`/proc/${pid}/environ`, 'utf8') : '')
      for (const password of passwords) expect(seen).not.toContain(password)
    }
  })

  it.each(['server', 'worker'])('starts its %s again when that is killed', async (name) => {
    const { said } = await start()
    const before = child(name)
    process.kill(before, 'SIGKILL')
    await expect
      .poll(() => place.running().children[name]?.pid !== before && place.running().children[name] !== undefined, { timeout: 10_000 })
      .toBe(true)
    await expect.poll(() => answers(health), { timeout: 10_000 }).toBe(true)
    expect(said()).toContain(`The ${name} ended (SIGKILL)`)
  })

  it('starts its database again when that is killed, and keeps what was acknowledged', async () => {
    const { said } = await start()
    const passwords = JSON.parse(readFileSync(join(place.folder, 'data/postgres/passwords.json'), 'utf8')) as { owner: string }
    const port = Number(readFileSync(join(place.folder, 'data/postgres/data/postmaster.pid'), 'utf8').split('\n')[3])
    const open = async () => {
      const client = new pg.Client({ connectionString: `postgres://laihua:${passwords.owner}@127.0.0.1:${port}/laihua` })
      client.on('error', () => {})
      await client.connect()
      return client
    }
    const before = await open()
    await before.query("insert into outage (from_at, source) values (now(), 'acknowledged')")
    const old = database()
    process.kill(old, 'SIGKILL')
    await expect.poll(() => /started again/.test(said()) && alive(database()) && database() !== old, { timeout: 20_000 }).toBe(true)
    await expect.poll(() => answers(health), { timeout: 20_000 }).toBe(true)
    const after = await open()
    expect((await after.query("select 1 from outage where source = 'acknowledged'")).rowCount).toBe(1)
    await after.end()
    await before.end().catch(() => {})
  })

  it('leaves no server behind when it is killed itself, and the next start takes over its database', async () => {
    const first = await start()
    const pids = [child('server'), child('worker')]
    const running = database()
    first.kill('SIGKILL')
    await first.ended
    await start()
    expect(pids.filter(alive)).toEqual([])
    expect(database()).toBe(running)
    expect(await answers(health)).toBe(true)
  })

  it('ends in order when whoever started it is gone', async () => {
    const shell = spawn(process.execPath, ['-e', `require('child_process').fork('src/main/start.ts', [], { stdio: 'inherit' })`], {
      env: { PATH: process.env['PATH'] ?? '', ...place.settings({ LAIHUA_HEALTH_PORT: String(health) }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await new Promise<void>((resolve) => shell.stdout.on('data', (d: Buffer) => String(d).includes('ready at') && resolve()))
    const pids = [child('server'), child('worker'), database()]
    shell.kill('SIGKILL')
    await expect.poll(() => pids.filter(alive), { timeout: 15_000 }).toEqual([])
  })

  it('says in one sentence that it runs already, and that the port is taken', async () => {
    const { address } = await start()
    await expect(startService(place.settings())).rejects.toThrow(/^Laihua runs already on .* at http/)
    const other = dataFolder()
    const port = new URL(address).port
    await expect(startService(other.settings({ LAIHUA_PORT: port, LAIHUA_HEALTH_PORT: '0' }))).rejects.toThrow(
      `Port ${port} is taken by another program: stop it, or choose another one with LAIHUA_PORT=${Number(port) + 10}.`,
    )
    other.remove()
  })

  it('says in one sentence that a demo stays one', async () => {
    await expect(startService(place.settings({ LAIHUA_KIND: 'real', LAIHUA_ORIGIN: 'https://permits.example' }))).rejects.toThrow(
      /born demo and stays so/,
    )
    await expect(startService(place.settings({ LAIHUA_HOST: '0.0.0.0' }))).rejects.toThrow(/known accounts/)
  })
})

describe('a place that cannot be used', () => {
  const refusal = (settings: Record<string, string>) =>
    startService(settings).then(
      () => 'started',
      (error: Error) => error.message,
    )

  it('is told: a file where the folder should be', async () => {
    const place = dataFolder()
    writeFileSync(join(place.folder, 'data'), '')
    expect(await refusal(place.settings())).toMatch(/is not a folder: move the file away/)
    place.remove()
  })

  it('is told: a database elsewhere that does not answer, or refuses us', async () => {
    const place = dataFolder()
    const port = await freePort()
    expect(await refusal(place.settings({ DATABASE_URL: `postgres://a:geheim@127.0.0.1:${port}/x` }))).toBe(
      `The database at 127.0.0.1:${port} does not answer (ECONNREFUSED): start it, or correct DATABASE_URL.`,
    )
    place.remove()
  })

  it.runIf(asRoot)('that only root can enter still holds a demo, with a note; its database goes where it can run', async () => {
    const place = dataFolder()
    chmodSync(place.folder, 0o700)
    const service = await startService(place.settings())
    expect(service.said()).toMatch(/Note: \w+ cannot enter .* so that the service would run as root/)
    const home = readFileSync(join(place.folder, 'data/postgres-is-at'), 'utf8').trim()
    await service.end()
    const again = await startService(place.settings())
    expect(readFileSync(join(place.folder, 'data/postgres-is-at'), 'utf8').trim()).toBe(home)
    await again.end()
    expect(await refusal(place.settings({ LAIHUA_KIND: 'real', LAIHUA_ORIGIN: 'https://permits.example' }))).toMatch(
      /move it to where all may enter/,
    )
    rmSync(dirname(home), { recursive: true })
    place.remove()
  })

  it.runIf(asRoot)('is told: a folder of another user, a full disk', async () => {
    const place = dataFolder()
    chmodSync(place.folder, 0o755)
    mkdirSync(join(place.folder, 'data'))
    const asNobody = spawnSync(process.execPath, ['src/main/start.ts'], {
      uid: 65_534,
      gid: 65_534,
      env: { PATH: process.env['PATH'] ?? '', ...place.settings() },
      encoding: 'utf8',
    })
    expect(asNobody.stderr).toMatch(/cannot be written: give it to the user that starts Laihua/)
    const disk = join(place.folder, 'disk')
    mkdirSync(disk)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk]).status === 0) {
      expect(await refusal(place.settings({ LAIHUA_DATA: join(disk, 'data') }))).toMatch(/has less than 300 MB left: free some space/)
      spawnSync('umount', [disk])
    }
    place.remove()
  })
})

it('a process is known by its start too, so that a later one with its number is safe', () => {
  const startedAt = startOfProcess(process.pid)!
  expect(isAlive({ pid: process.pid, startedAt })).toBe(true)
  expect(isAlive({ pid: process.pid, startedAt: `${startedAt}0` })).toBe(false)
  for (const odd of [0, -1, Number.NaN, 2 ** 40]) expect(startOfProcess(odd)).toBeUndefined()
})
