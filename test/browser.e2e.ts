import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withBrowser } from './browser.ts'

const browser = withBrowser({ camera: 'testPicture' })
let server: Server
let address = ''
beforeAll(async () => {
  server = createServer((_request, reply) =>
    reply
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(
        '<!doctype html><html lang=zh><title>x</title><meta charset=utf-8><p><span id=han>工</span><p><span id=none>&#xF0000;</span><video id=v autoplay muted></video>',
      ),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://localhost:${(server.address() as { port: number }).port}/`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('the browser of the journeys', () => {
  it('draws Chinese with a real glyph, not with the box for what is missing', async () => {
    const page = await browser.open(address)
    const ink = (text: string) =>
      page.evaluate((letters) => {
        const canvas = document.createElement('canvas')
        const pen = canvas.getContext('2d')!
        pen.font = '64px sans-serif'
        pen.fillText(letters, 10, 80)
        return canvas.toDataURL()
      }, text)
    const [work, permit, missing] = [await ink('工'), await ink('许'), await ink('\u{F0000}')]
    expect(new Set([work, permit, missing]).size).toBe(3)
  })

  it('has a camera that moves, on a phone as on a desk, each in a context of its own', async () => {
    for (const screen of ['phone', 'desk', 'smallPhone'] as const) {
      const page = await browser.open(address, { screen, permissions: ['camera'] })
      const size = await page.evaluate(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ video: true })
        return stream.getVideoTracks()[0]!.getSettings().width ?? 0
      })
      expect(size).toBeGreaterThan(0)
    }
  })

  it('speaks the language it is told to, in the legal time zone', async () => {
    const page = await browser.open(address, { language: 'en-GB' })
    expect(await page.evaluate(() => [navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone])).toEqual([
      'en-GB',
      'Asia/Shanghai',
    ])
  })

  it('notices a page that fails and one that asks elsewhere', async () => {
    const page = await browser.open(address)
    expect(browser.faults).toEqual({ errors: [], outside: [] })
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('planted')
      })
      void fetch('http://elsewhere.example/').catch(() => {})
    })
    await expect.poll(() => browser.faults).toEqual({ errors: ['planted'], outside: ['http://elsewhere.example'] })
  })
})
