import type { FaceVerdict } from '../../identity/face/judge-attempt.ts'
import type { Attempt } from '../../identity/face/judge-frames.ts'
import type { PhotoRules } from './photo/photo-rules.ts'

export type FileType = 'pdf' | 'jpeg' | 'png'
/** Why a file is not accepted. The first group is about the file, the last about a parser that had to be stopped over it (threats UPL-1, UPL-3). */
export type FaultCode =
  | 'empty'
  | 'tooLarge'
  | 'notThisType'
  | 'polyglot'
  | 'truncated'
  | 'unreadable'
  | 'encrypted'
  | 'script'
  | 'launches'
  | 'embeddedFile'
  | 'formFields'
  | 'richMedia'
  | 'tooManyPages'
  | 'tooManyPixels'
  | 'tooManyObjects'
  | 'inflatesTooMuch'
  | 'pageNotThere'
  | 'cutOutside'
  | 'tooSlow'
  | 'tooMuchMemory'
/** A code with what was measured and what is allowed; never content. */
export type Fault = { code: FaultCode; measured?: string | number; limit?: string | number }
export type Refused = { ok: false; code: 'refused'; faults: Fault[] }
/** All parsers work and the queue is full: ask again after so many seconds. Says nothing about the file. */
export type Busy = { ok: false; code: 'busy'; retryAfterSeconds: number }
/** A file that was decoded whole; `bytes` are what to keep: pictures written anew, without metadata or anything behind the picture. */
export type Clean = { ok: true; type: FileType; bytes: Uint8Array; pages: number; width: number | null; height: number | null }
export type Accept = { types: readonly FileType[]; maxBytes: number; maxPages: number; maxPixels?: number }
export type PageImage = { ok: true; type: 'png'; bytes: Uint8Array; pages: number; width: number; height: number }

export type PhotoCheck = { code: string; ok: boolean; measured: string | number | null; limit: string | number | null }
/** Part of a picture in its own pixels, upright. `rotate` turns the picture clockwise about the middle of the part, in degrees. */
export type Cut = { left: number; top: number; width: number; height: number; rotate?: number }
export type CutProposal = { box: Cut; width: number; height: number }
/** All rules at once with what was measured; `cut` is a part of the picture that meets more of them, when a face was found and it is worth it. */
export type PhotoReport = { ok: boolean; checks: PhotoCheck[]; cut?: CutProposal }

/** What a parser can be asked, and its answer. */
export type Jobs = {
  inspect: { input: { bytes: Uint8Array; accept: Accept }; answer: Clean | Refused }
  renderPage: { input: { bytes: Uint8Array; page: number; width: number }; answer: PageImage | Refused }
  checkPhoto: { input: { bytes: Uint8Array; rules: PhotoRules }; answer: PhotoReport }
  proposeCut: { input: { bytes: Uint8Array; rules: PhotoRules }; answer: CutProposal | null }
  cropPhoto: { input: { bytes: Uint8Array; cut: Cut; rules: PhotoRules }; answer: Clean | Refused }
  judgeFrames: { input: Attempt & { settings: unknown }; answer: FaceVerdict }
}
export type Kind = keyof Jobs
export type Order = { [K in Kind]: { id: number; kind: K; input: Jobs[K]['input'] } }[Kind]
/** `fault` is the name of an exception of ours: its message could hold content and stays in the child. */
export type Reply = { id: number; rss: number } & ({ answer: Jobs[Kind]['answer'] } | { fault: string })

export const refuse = (...faults: Fault[]): Refused => ({ ok: false, code: 'refused', faults })
