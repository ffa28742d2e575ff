import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium')
const CACHE = join(ROOT, 'node_modules/.cache')

export type Unpacked = { executable: string; environment: Record<string, string> }

/**
 * Unpacks the browser that npm brought, once, under another name first so that a cut-off start leaves no half browser; with fonts for Chinese, which it
 * lacks, and with its own libraries where the machine has none. `CHROMIUM` names another browser to use.
 */
export async function unpackChromium(): Promise<Unpacked> {
  const own = process.env['CHROMIUM']
  if (own) return { executable: own, environment: { FONTCONFIG_FILE: fontConfig(CACHE) } }
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const folder = join(CACHE, `chromium-${version}`)
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    await inFolder(fresh, async () => {
      const { default: chromium, inflate } = await import('@sparticuz/chromium')
      await chromium.executablePath()
      await inflate(join(PACKAGE, 'bin/al2023.tar.br'))
    })
    try {
      renameSync(fresh, folder)
    } catch (error) {
      // Another run was quicker.
      rmSync(fresh, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  const executable = join(folder, 'chromium')
  const environment: Record<string, string> = { FONTCONFIG_FILE: fontConfig(folder) }
  if (spawnSync(executable, ['--version'], { stdio: 'ignore' }).status !== 0) environment['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib')
  return { executable, environment }
}

/** The package unpacks into the system's temporary folder, which other users share. */
const inFolder = async (folder: string, work: () => Promise<void>) => {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** Text that names no font we serve is drawn in Noto Sans SC, so that a Chinese page is readable in a screenshot. */
const fontConfig = (folder: string): string => {
  const file = join(folder, 'fonts.conf')
  const folders = [
    ...['400Regular', '500Medium', '700Bold'].map((weight) => join(ROOT, 'node_modules/@expo-google-fonts/noto-sans-sc', weight)),
    join(ROOT, 'assets/fonts'),
  ]
  const prefer = ['sans-serif', 'serif', 'system-ui', 'monospace'].map(
    (name) => `<alias><family>${name}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  )
  const text = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.map((f) => `<dir>${f}</dir>`).join('')}<cachedir>${join(folder, 'font-cache')}</cachedir>${prefer.join('')}</fontconfig>\n`
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  return file
}
