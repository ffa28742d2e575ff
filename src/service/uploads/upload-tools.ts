import type { Refusal } from '../../domain/refusals.ts'
import type { Tools } from '../tools.ts'
import type { UploadParsers } from './parsers.ts'

/** Set in the configuration; a pack narrows bytes and pages for each slot. */
export type UploadLimits = {
  /** No file is larger, whatever a slot says: it is held in memory while it is inspected. */
  maxBytes: number
  /** Largest piece; the smallest is a sixteenth of it, but for the last one. */
  chunkBytes: number
  /** Files of one employer that are not yet attached, and the bytes they announced. */
  openFiles: number
  openBytes: number
  /** A file that is touched no more and attached nowhere is kept so many days. */
  looseDays: number
}
export const UPLOAD_LIMITS: UploadLimits = {
  maxBytes: 50 * 1024 ** 2,
  chunkBytes: 1024 ** 2,
  openFiles: 200,
  openBytes: 1024 ** 3,
  looseDays: 30,
}
/** What a picture of a seal must be; no pack speaks of it. */
export const SEAL_RULES = { types: ['png', 'jpeg'], maxBytes: 2 * 1024 ** 2, maxPages: 1, photo: null } as const

export type UploadTools = Pick<Tools, 'db' | 'vault' | 'blobs' | 'packs' | 'now'> & { parsers: UploadParsers; uploads: UploadLimits }

/** Reasons of this room beside the general ones. */
export type UploadRefusal =
  /** The piece does not begin where the stored bytes end; go on from `received`. */
  | { code: 'uploadOffset'; received: number }
  | { code: 'uploadChunkSize'; least: number; most: number }
  /** Too much under way at once: finish, attach or cancel something first. */
  | { code: 'uploadQuota'; of: 'files' | 'bytes'; limit: number }
  | { code: 'uploadIdTaken' }
  | { code: 'pageNotThere'; pages: number }
export type UploadOutcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal | UploadRefusal }
export const no = <const R extends Refusal | UploadRefusal>(refusal: R): { ok: false; refusal: R } => ({ ok: false, refusal })
export const yes = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const looseUntil = (tools: Pick<UploadTools, 'now' | 'uploads'>): string =>
  new Date(Date.parse(tools.now()) + tools.uploads.looseDays * 86_400_000).toISOString()
