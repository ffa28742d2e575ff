import type { FastifyInstance } from 'fastify'
import { ORIGIN, PASSWORD } from './test-door.test-kit.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the door answers
export type Reply = { status: number; headers: Record<string, string | string[] | number | undefined>; json: any; text: string }
type Asked = { body?: unknown; headers?: Record<string, string | undefined>; raw?: string | Buffer; address?: string }

/** A browser for tests: keeps cookies, tells where it comes from, and carries the token of its session. */
export function testBrowser(app: FastifyInstance, audience: 'card' | 'employer' | 'office' = 'office') {
  const cookies = new Map<string, string>()
  let csrf: string | undefined
  const ask = async (method: string, path: string, { body, headers = {}, raw, address }: Asked = {}): Promise<Reply> => {
    const own: Record<string, string | undefined> = {
      accept: 'application/json',
      'accept-language': 'en',
      ...(method === 'GET' ? {} : { origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...(csrf ? { 'x-csrf-token': csrf } : {}) }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookies.size > 0 ? { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') } : {}),
      ...headers,
    }
    const given = Object.fromEntries(Object.entries(own).filter((e): e is [string, string] => e[1] !== undefined))
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const reply = await app.inject({
      method: method as 'GET',
      url: path,
      headers: given,
      ...(payload === undefined ? {} : { payload }),
      ...(address ? { remoteAddress: address } : {}),
    })
    for (const cookie of [reply.headers['set-cookie'] ?? []].flat()) {
      const [name = '', value = ''] = String(cookie).split(';')[0]!.split('=')
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const json = /json/.test(String(reply.headers['content-type'])) ? JSON.parse(reply.body) : undefined
    if (typeof json?.csrf === 'string') csrf = json.csrf
    return { status: reply.statusCode, headers: reply.headers, json, text: reply.body }
  }
  const browser = {
    cookies,
    ask,
    token: () => csrf,
    get: (path: string, asked?: Asked) => ask('GET', path, asked),
    post: (path: string, body?: unknown, asked: Asked = {}) => ask('POST', path, { ...asked, ...(body === undefined ? {} : { body }) }),
    session: () => ask('GET', `/api/${audience}/session`),
    async signIn(login: string, password = PASSWORD, asked: Asked = {}) {
      if (!csrf) await browser.session()
      return browser.post(`/api/${audience}/sign-in`, { login, password }, asked)
    },
  }
  return browser
}
