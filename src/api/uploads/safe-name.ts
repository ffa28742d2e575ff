const ENDINGS = { pdf: 'pdf', jpeg: 'jpg', png: 'png' } as const
export type FileType = keyof typeof ENDINGS
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)$/i
const MOST = 100

/** A name under which any system can store a file: no path, no device, no control character, and the ending of what the file is. */
export function safeName(label: string, type: FileType): string {
  const base = label
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"/\\|?*%;]/g, '_')
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const short = [...base].slice(0, MOST).join('').trim() || 'file'
  return `${DEVICES.test(short.split('.')[0]!) ? '_' : ''}${short}.${ENDINGS[type]}`
}

/** `Content-Disposition` with a plain name for old readers and the true one beside it (RFC 6266, RFC 8187). */
export function disposition(how: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
