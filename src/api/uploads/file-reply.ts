import { Readable } from 'node:stream'
import type { FileReply } from '../route.ts'
import { type FileType, safeName } from './safe-name.ts'

/** Media types that leave the service for a file that came in; nothing else is ever sent. */
export const FILE_TYPES: Record<FileType, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' }

/** A kept file as an attachment under a safe name; never shown in place (threat UPL-2). The door adds the headers under which no browser runs or guesses it. */
export const fileReply = (file: { name: string; type: FileType; bytes: number; content: AsyncIterable<Uint8Array> }): FileReply => ({
  body: Readable.from(file.content, { objectMode: false }),
  type: FILE_TYPES[file.type],
  bytes: file.bytes,
  name: safeName(file.name, file.type),
  inline: false,
})

/** A page as a picture which we made ourselves: the only form in which an uploaded file is seen on a screen. */
export const pictureReply = (picture: { type: 'png' | 'jpeg'; bytes: Uint8Array }, page: number): FileReply => ({
  body: picture.bytes,
  type: FILE_TYPES[picture.type],
  bytes: picture.bytes.length,
  name: safeName(`page-${page}`, picture.type),
  inline: true,
})
