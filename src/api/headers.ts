/** Where a reply is seen: decides the content security policy and the camera. */
export type Surface = 'api' | 'page' | 'public' | 'card' | 'employer' | 'office' | 'file'

const policy = (parts: Record<string, string>) =>
  Object.entries(parts)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ')
const none = { 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" }
/** An application of our own: its own scripts only. Styles carry the nonce of the reply, because the component library writes its style elements at run time. */
const app = (nonce: string, script: string, style: string) => ({
  ...none,
  'script-src': script,
  'style-src': style.replace('{nonce}', `'nonce-${nonce}'`),
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self' blob:",
  'media-src': "'self' blob:",
  'form-action': "'self'",
  'object-src': "'none'",
})
const csp: Record<Surface, (nonce: string) => string> = {
  /** Data: nothing may be loaded or run, whoever shows it. */
  api: () => policy(none),
  /** Pages without script: check results, descriptions of the interface, errors for people. */
  page: (nonce) =>
    policy({ ...none, 'style-src': `'self' 'nonce-${nonce}'`, 'img-src': "'self' data:", 'font-src': "'self'", 'form-action': "'self'" }),
  public: (nonce) => policy(app(nonce, "'self'", "'self' {nonce}")),
  employer: (nonce) => policy(app(nonce, "'self'", "'self' {nonce}")),
  office: (nonce) => policy(app(nonce, "'self'", "'self' {nonce}")),
  /** The face mesh of the challenge is WebAssembly; that, and no `eval`. */
  card: (nonce) => policy(app(nonce, "'self' 'wasm-unsafe-eval'", "'self' {nonce}")),
  /** What came from outside runs nothing even when opened by its address (threat UPL-2). */
  file: () => `${policy({ ...none, 'img-src': "'self'", 'style-src': "'unsafe-inline'" })}; sandbox`,
}
const CLOSED = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
const permissions = (surface: Surface) =>
  [
    `camera=${surface === 'card' ? '(self)' : '()'}`,
    `fullscreen=${surface === 'card' ? '(self)' : '()'}`,
    `publickey-credentials-get=${['public', 'card', 'employer', 'office'].includes(surface) ? '(self)' : '()'}`,
    ...CLOSED.map((name) => `${name}=()`),
  ].join(', ')

export type HeaderOptions = { surface: Surface; nonce: string; https: boolean; cache?: string }
/** The exact set for every answer, errors and static files included (threat SES-9, ASVS 3.4). Nothing may be kept by a cache unless the caller names it. */
export const securityHeaders = ({ surface, nonce, https, cache = 'no-store' }: HeaderOptions): Record<string, string> => ({
  'content-security-policy': csp[surface](nonce),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': permissions(surface),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': cache,
  ...(surface === 'public' ? {} : { 'x-robots-tag': 'noindex, nofollow' }),
  ...(https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
})
