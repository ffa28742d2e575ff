import { disposition, type FileType, safeName } from './safe-name.ts'

const TYPES: Record<FileType, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' }
/** A reply that is not JSON: headers and bytes, as the door sends them. */
export type FileReply = { kind: 'file'; headers: Record<string, string>; content: AsyncIterable<Uint8Array> | Uint8Array }

/** No browser runs, guesses, frames or keeps what we send, even when a file is opened by its address (threat UPL-2). */
const NEVER_RUN = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** A kept file as an attachment under a safe name; never shown in place. */
export function fileReply(file: { name: string; type: FileType; bytes: number; content: AsyncIterable<Uint8Array> }): FileReply {
  return {
    kind: 'file',
    headers: {
      ...NEVER_RUN,
      'content-type': TYPES[file.type],
      'content-length': String(file.bytes),
      'content-disposition': disposition('attachment', safeName(file.name, file.type)),
    },
    content: file.content,
  }
}

/** A page as a picture which we made ourselves: the only form in which an uploaded file is seen on a screen. */
export function pictureReply(picture: { type: 'png' | 'jpeg'; bytes: Uint8Array }, page: number): FileReply {
  return {
    kind: 'file',
    headers: {
      ...NEVER_RUN,
      'content-type': TYPES[picture.type],
      'content-length': String(picture.bytes.length),
      'content-disposition': disposition('inline', safeName(`page-${page}`, picture.type)),
    },
    content: picture.bytes,
  }
}
