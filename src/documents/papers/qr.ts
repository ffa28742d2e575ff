import QRCode from 'qrcode'

/** Modules on each side that must stay white (ISO/IEC 18004). */
export const QUIET = 4
/** 15 % of the code may be soiled: enough for a folded sheet, and still coarse enough for a cheap camera. */
const LEVEL = 'M'

/** Dark stretches of a code, row by row, in modules, quiet zone included in `size`. */
export const qrStretches = (text: string): { size: number; stretches: { x: number; y: number; length: number }[] } => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: LEVEL })
  const stretches: { x: number; y: number; length: number }[] = []
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (!modules.get(y, x)) continue
      const from = x
      while (x < modules.size && modules.get(y, x)) x += 1
      stretches.push({ x: from + QUIET, y: y + QUIET, length: x - from })
    }
  }
  return { size: modules.size + 2 * QUIET, stretches }
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** The code as an SVG for pages: black on white with its own quiet zone, named for people who do not see it. */
export const qrSvg = (text: string, name: string): string => {
  const { size, stretches } = qrStretches(text)
  const path = stretches.map((s) => `M${s.x} ${s.y}h${s.length}v1h-${s.length}z`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges"><title>${escapeXml(name)}</title><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}

/** The code as a PNG of at least `width` pixels a side, for mail and for devices that take no SVG. */
export const qrPng = (text: string, width: number): Promise<Buffer> => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: LEVEL })
  const scale = Math.max(1, Math.ceil(width / (modules.size + 2 * QUIET)))
  return QRCode.toBuffer(text, { errorCorrectionLevel: LEVEL, margin: QUIET, scale, type: 'png' })
}

/** An address that may stand in a code: http or https, printable ASCII, short enough to scan from a poor print. */
export const isCheckAddress = (url: string): boolean =>
  url.length <= 120 && /^https?:\/\/[!-~]+$/.test(url) && URL.canParse(url) && new URL(url).username === '' && new URL(url).password === ''
