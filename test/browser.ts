import { type Browser, type BrowserContext, chromium, devices, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { unpackChromium } from './chromium.ts'

/** `single-process`, which the package would set, dies on the second context. Nothing leaves this machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--headless=shell',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

/** A motion-JPEG file (4:2:0) that plays as the camera; or the browser's own moving test picture. */
export type Camera = { file: string } | 'testPicture'

export async function launchBrowser(options: { camera?: Camera } = {}): Promise<Browser> {
  const { executable, environment } = await unpackChromium()
  const camera = options.camera
    ? [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        ...(options.camera === 'testPicture' ? [] : [`--use-file-for-fake-video-capture=${options.camera.file}`]),
      ]
    : []
  return chromium.launch({
    executablePath: executable,
    headless: true,
    args: [...ARGUMENTS, ...camera],
    env: { ...plain(process.env), ...environment },
    timeout: 60_000,
  })
}

const plain = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** The screens we promise to work on. */
export const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { ...devices['Pixel 7']!, defaultBrowserType: undefined },
  smallPhone: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
} as const

export type Faults = { errors: string[]; outside: string[] }

/** A browser for the journeys of one file. `open` gives a page of its own context, and `faults` what went wrong on any of them: errors, and requests to other origins. */
export function withBrowser(options: { camera?: Camera } = {}) {
  let browser: Browser | undefined
  const contexts: BrowserContext[] = []
  const faults: Faults = { errors: [], outside: [] }
  beforeAll(async () => {
    browser = await launchBrowser(options)
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
  })
  return {
    faults,
    open: async (
      address: string,
      {
        screen = 'desk',
        language = 'zh-CN',
        permissions = [] as string[],
      }: { screen?: keyof typeof SCREENS; language?: 'zh-CN' | 'en-GB'; permissions?: string[] } = {},
    ): Promise<Page> => {
      if (!browser) throw new Error('the browser is there inside tests only')
      const { defaultBrowserType: _, ...size } = { defaultBrowserType: undefined, ...SCREENS[screen] }
      const context = await browser.newContext({ ...size, locale: language, timezoneId: 'Asia/Shanghai', permissions })
      contexts.push(context)
      const page = await context.newPage()
      const { origin } = new URL(address)
      page.on('pageerror', (error) => faults.errors.push(error.message))
      page.on('crash', () => faults.errors.push('the page crashed'))
      page.on('request', (request) => {
        const asked = new URL(request.url())
        if (/^https?:$/.test(asked.protocol) && asked.origin !== origin) faults.outside.push(asked.origin)
      })
      await page.goto(address)
      return page
    },
  }
}
