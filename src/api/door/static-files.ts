import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { type Surface, securityHeaders } from '../headers.ts'
import type { Outgoing } from './door.ts'

/** Where the nonce of a reply goes in a built page: Vite writes it (`html.cspNonce`) into script, style and the `csp-nonce` meta element. */
export const NONCE_MARK = '__CSP_NONCE__'
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.bin': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
}
const TEXT = new Set(['.js', '.css', '.svg', '.json', '.webmanifest', '.txt', '.wasm'])
const SURFACES = ['employer', 'office', 'card'] as const
type File = {
  path: string
  bytes: number
  type: string
  etag: string
  surface: Surface
  brotli: Buffer | undefined
  html: string | undefined
  forever: boolean
}
export type StaticFiles = {
  /** The file at an address, or the page of the surface that owns it; undefined where nothing is. */
  find(path: string): File | undefined
}

/**
 * Lists what was built, once: only listed files are ever served, and no address reaches the file system (threat NET-4). `dist/employer`, `dist/office` and `dist/card`
 * are served under their names, `dist/public` at the root. An address without suffix that belongs to a surface gets its page; other suffixes are absent (NET-3).
 */
export function listStaticFiles(folder: string, publicPaths: readonly string[]): StaticFiles {
  const files = new Map<string, File>()
  const walk = (dir: string, address: string, surface: Surface) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) walk(path, `${address}${entry.name}/`, surface)
      else if (entry.isFile()) {
        const file = describe(path, surface)
        if (file) files.set(`${address}${entry.name}`, file)
      }
    }
  }
  for (const surface of SURFACES) if (existsSync(join(folder, surface))) walk(join(folder, surface), `/${surface}/`, surface)
  if (existsSync(join(folder, 'public'))) walk(join(folder, 'public'), '/', 'public')
  const isPublic = (path: string) => publicPaths.some((p) => path === p || (p !== '/' && path.startsWith(`${p}/`)))
  return {
    find(path) {
      const listed = files.get(path)
      if (listed) return listed
      if (extname(path) !== '') return undefined
      const own = SURFACES.find((s) => path === `/${s}` || path.startsWith(`/${s}/`))
      if (own) return files.get(`/${own}/index.html`)
      return isPublic(path) ? files.get('/index.html') : undefined
    },
  }
}

const describe = (path: string, surface: Surface): File | undefined => {
  const suffix = extname(path)
  const type = TYPES[suffix]
  if (!type) return undefined
  const { size } = statSync(path)
  const content = readFileSync(path)
  const small = TEXT.has(suffix) && size > 1024 && size < 16_000_000
  return {
    path,
    bytes: size,
    type,
    surface,
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    brotli: small ? brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : undefined,
    html: suffix === '.html' ? content.toString('utf8') : undefined,
    // Vite puts a digest of the content into the names under `assets/`.
    forever: /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path),
  }
}

/** A built file as a reply. Pages carry a fresh nonce and are never kept; files named by their content are kept for ever. */
export function staticReply(
  file: File,
  asked: { nonce: string; https: boolean; acceptEncoding: string; ifNoneMatch: string | undefined },
): Outgoing {
  const cache = file.html !== undefined ? 'no-store' : file.forever ? 'public, max-age=31536000, immutable' : 'no-cache'
  const headers: Record<string, string> = {
    ...securityHeaders({ surface: file.surface, nonce: asked.nonce, https: asked.https, cache }),
    'content-type': file.type,
  }
  if (file.html !== undefined) return { status: 200, headers, body: file.html.replaceAll(NONCE_MARK, asked.nonce) }
  const kept = { ...headers, etag: file.etag, vary: 'accept-encoding' }
  if (asked.ifNoneMatch === file.etag) return { status: 304, headers: kept, body: undefined }
  if (file.brotli && /\bbr\b/.test(asked.acceptEncoding))
    return { status: 200, headers: { ...kept, 'content-encoding': 'br', 'content-length': String(file.brotli.length) }, body: file.brotli }
  return { status: 200, headers: { ...kept, 'content-length': String(file.bytes) }, body: createReadStream(file.path) }
}
