import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asUser, chooseRunAs } from '../src/main/embedded/run-as.ts'

const PACKAGED = '/usr/lib/postgresql'

/** The PostgreSQL versions that this machine's packages brought, oldest first. */
export const packagedVersions = (): string[] =>
  existsSync(PACKAGED)
    ? readdirSync(PACKAGED)
        .filter((v) => existsSync(join(PACKAGED, v, 'bin/initdb')))
        .sort()
    : []

export type OtherPostgres = { url: (user: string, password: string, database: string) => string; stop: () => void }

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** A throw-away server of a packaged version, with a superuser `admin`, password `admin`. */
export async function startOther(version: string): Promise<OtherPostgres> {
  const runAs = chooseRunAs({ folders: [] })
  const folder = mkdtempSync(join(tmpdir(), 'laihua-other-'))
  const file = join(folder, 'password')
  writeFileSync(file, 'admin\n')
  if (runAs) for (const path of [folder, file]) chownSync(path, runAs.uid, runAs.gid)
  const data = join(folder, 'data')
  const run = (program: string, args: string[]) => {
    const done = spawnSync(join(PACKAGED, version, 'bin', program), args, {
      ...asUser(runAs),
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
      stdio: 'ignore',
    })
    if (done.status !== 0) throw new Error(`${program} of PostgreSQL ${version} failed`)
  }
  run('initdb', ['-D', data, '-U', 'admin', '-A', 'scram-sha-256', '--pwfile', file, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  const port = await freePort()
  run('pg_ctl', [
    'start',
    '-w',
    '-D',
    data,
    '-l',
    join(folder, 'log'),
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`,
  ])
  return {
    url: (user, password, database) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`,
    stop: () => {
      run('pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', data])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
