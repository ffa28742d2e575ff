import * as z from 'zod'
import { Problem, problemTexts } from '../contract/problem.ts'
import { escapeHtml } from './door/escape-html.ts'
import { statusOf } from './problem.ts'
import { isUnsafe, type Route, route, sessionAudienceOf } from './route.ts'

type Json = Record<string, unknown>
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json
  return rest
}
const textOf = ({ zh, en }: { zh: string; en: string }) => `${en} · ${zh}`

/** OpenAPI 3.1 from the route values: schemas, roles, limits, purpose of the read and every problem that can come back. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const r of routes) {
    const path = r.path.replace(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [r.method.toLowerCase()]: operationOf(r) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Laihua 来华',
      version: '1',
      description: 'Work permits for foreigners: filing, decision, card, check. Every write carries `commandId` and may be sent twice.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((r) => r.audience))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: Object.fromEntries(
        ['card', 'employer', 'office'].map((a) => [a, { type: 'apiKey', in: 'cookie', name: `__Host-laihua-${a}` }]),
      ),
    },
  }
}

const operationOf = (r: Route): Json => {
  const session = sessionAudienceOf(r.audience)
  const pathNames = [...r.path.matchAll(/:([A-Za-z]+)/g)].map((m) => m[1]!)
  const parameters = [
    ...pathNames.map((name) => ({ name, in: 'path', required: true, schema: propertyOf(r.params, name) })),
    ...Object.entries(propertiesOf(r.query)).map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
    ...(isUnsafe(r) && session
      ? [
          {
            name: 'x-csrf-token',
            in: 'header',
            required: true,
            schema: { type: 'string' },
            description: `from GET /api/${session}/session`,
          },
        ]
      : []),
  ]
  const type =
    r.accepts === 'form' ? 'application/x-www-form-urlencoded' : r.accepts === 'bytes' ? 'application/octet-stream' : 'application/json'
  const byStatus = Map.groupBy(
    ['tooManyRequests' as const, ...(session && r.roles !== 'anyone' ? (['notSignedIn'] as const) : []), ...r.problems],
    (code) => statusOf[code],
  )
  return {
    operationId: `${r.method.toLowerCase()}${r.path.replace(/[^A-Za-z0-9]+(.)?/g, (_, c: string | undefined) => (c ?? '').toUpperCase())}`,
    tags: [r.audience],
    summary: r.summary.en,
    description: r.summary.zh,
    ...(session && r.roles !== 'anyone' ? { security: [{ [session]: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(r.body || r.accepts === 'bytes'
      ? {
          requestBody: {
            required: true,
            content: {
              [type]: r.body
                ? { schema: schemaOf(r.body, 'input'), ...exampleOf(r.example?.body) }
                : { schema: { type: 'string', format: 'binary' } },
            },
          },
        }
      : {}),
    responses: {
      '200': { description: 'Done', content: contentOf(r) },
      ...Object.fromEntries(
        [...byStatus].map(([status, codes]) => [
          String(status),
          {
            description: [...new Set(codes)].map((c) => `\`${c}\` ${textOf(problemTexts[c].title)}`).join('; '),
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
    'x-roles': r.roles,
    'x-scope': r.scope,
    'x-purpose': r.purpose,
    'x-limit': r.limit,
    'x-step-up': r.stepUp,
  }
}
const exampleOf = (example: unknown) => (example === undefined ? {} : { example })
const propertiesOf = (schema: z.ZodType | undefined): Record<string, Json> =>
  schema ? ((schemaOf(schema, 'input')['properties'] as Record<string, Json> | undefined) ?? {}) : {}
const propertyOf = (schema: z.ZodType | undefined, name: string): Json => propertiesOf(schema)[name] ?? { type: 'string' }
const contentOf = (r: Route): Json => {
  if ('file' in r.reply) return Object.fromEntries(r.reply.file.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
  if ('html' in r.reply) return { 'text/html': { schema: { type: 'string' } } }
  return { 'application/json': { schema: schemaOf(r.reply, 'output'), ...exampleOf(r.example?.reply) } }
}

/** The description of the interface, as data and as a page that needs no script. */
export function openApiRoutes(routes: readonly Route[]): Route[] {
  const common = {
    method: 'GET',
    audience: 'public',
    scope: 'none',
    roles: 'anyone',
    purpose: 'none',
    limit: 'public',
    stepUp: false,
    problems: [],
  } as const
  const description = openApi(routes)
  const page = docsPage(routes)
  const asJson = route({
    ...common,
    path: '/api/openapi.json',
    summary: { zh: '接口说明（OpenAPI 3.1）', en: 'Description of the interface (OpenAPI 3.1)' },
    reply: z.record(z.string(), z.unknown()),
    example: { reply: { openapi: '3.1.0' } },
    cacheSeconds: 300,
    handle: () => description,
  })
  const asPage = route({
    ...common,
    path: '/api/docs',
    summary: { zh: '接口说明页', en: 'Description of the interface as a page' },
    reply: { html: true },
    handle: ({ nonce }) => ({ html: page.replaceAll('{nonce}', nonce) }),
  })
  return [asJson, asPage]
}

const docsPage = (routes: readonly Route[]): string => {
  const audiences = [...new Set(routes.map((r) => r.audience))]
  const sections = audiences.map(
    (a) =>
      `<h2 id="${a}">${a}</h2>${routes
        .filter((r) => r.audience === a)
        .map(entryOf)
        .join('')}`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Laihua interface 接口说明</title><style nonce="{nonce}">
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}code,pre{font:14px/1.4 ui-monospace,monospace}pre{background:#f4f6f8;padding:.8rem;overflow:auto}
details{border-top:1px solid #d0d5dd;padding:.6rem 0}summary{cursor:pointer}dt{font-weight:600}dd{margin:0 0 .4rem}a,summary code{color:#0b4f94}</style></head><body>
<h1>Interface <span lang="zh-CN">接口说明</span></h1><p>Machine-readable: <a href="/api/openapi.json">openapi.json</a>. Errors are <code>application/problem+json</code> (RFC 9457). Every POST, PUT and DELETE of a
signed-in surface carries <code>x-csrf-token</code>.</p><nav>${audiences.map((a) => `<a href="#${a}">${a}</a>`).join(' · ')}</nav>${sections.join('')}</body></html>`
}
const entryOf = (r: Route): string => {
  const row = (name: string, value: string) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`
  const shape = (name: string, schema: unknown) => `<dt>${name}</dt><dd><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></dd>`
  const example = r.example?.body === undefined ? '' : shape('example', r.example.body)
  return `<details><summary><code>${r.method} ${escapeHtml(r.path)}</code> ${escapeHtml(textOf(r.summary))}</summary><dl>${row('roles', r.roles === 'anyone' ? 'anyone' : r.roles.join(', '))}${row('scope', r.scope)}${row(
    'purpose of the read',
    r.purpose,
  )}${row('limit', r.limit)}${row('renewed proof', r.stepUp ? 'needed' : 'no')}${r.body ? shape('body', schemaOf(r.body, 'input')) : ''}${example}${'parse' in r.reply ? shape('reply', schemaOf(r.reply, 'output')) : ''}${row(
    'problems',
    r.problems.map((code) => `${code} (${statusOf[code]})`).join(', '),
  )}</dl></details>`
}
