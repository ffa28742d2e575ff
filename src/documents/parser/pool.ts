import type { Challenge } from '../../identity/face/challenge.ts'
import type { FaceVerdict } from '../../identity/face/judge-attempt.ts'
import { DEFAULT_FACE_SETTINGS, type FaceSettings } from '../../identity/face/settings.ts'
import {
  type Accept,
  type Busy,
  type Clean,
  type Cut,
  type CutProposal,
  type Jobs,
  type Kind,
  type PageImage,
  type PhotoReport,
  type Refused,
  refuse,
} from './answers.ts'
import type { Ending } from './child-process.ts'
import type { PhotoRules } from './photo/photo-rules.ts'
import { createScheduler } from './scheduler.ts'

export type ParserPoolOptions = {
  /** Children at most, and orders that may wait for one. */
  size: number
  queueLimit: number
  /** Memory of one child in all; it is killed and replaced above. Loaded with everything and a large scan it needs about 500. */
  memoryMb: number
  /** Time for a file; the child is killed and replaced after it. Pictures with faces have their own, since models are loaded first. */
  seconds: number
  faceSeconds?: number
  /** A child with nothing to do ends after so many seconds. */
  idleSeconds?: number
  /** JavaScript heap of one child, within `memoryMb`. */
  heapMb?: number
  face?: FaceSettings
  /** Another program for the children, for tests. */
  program?: URL
}
export type Parsers = {
  inspect(bytes: Uint8Array, accept: Accept): Promise<Clean | Refused | Busy>
  /** One page, counted from 1, as a picture. */
  renderPage(bytes: Uint8Array, page: number, width: number): Promise<PageImage | Refused | Busy>
  checkPhoto(bytes: Uint8Array, rules: PhotoRules): Promise<PhotoReport | Busy>
  proposeCut(bytes: Uint8Array, rules: PhotoRules): Promise<CutProposal | null | Busy>
  cropPhoto(bytes: Uint8Array, cut: Cut, rules: PhotoRules): Promise<Clean | Refused | Busy>
  /** Frames are overwritten when the verdict is there, also the caller's. */
  judgeFrames(input: {
    portrait: Uint8Array
    challenge: Challenge
    frames: { at: number; bytes: Uint8Array }[]
  }): Promise<FaceVerdict | Busy>
  /** Process ids of the children, orders at work and waiting: for health and metrics. */
  load(): { children: number[]; working: number; waiting: number }
  close(): Promise<void>
}
export const isBusy = (answer: unknown): answer is Busy =>
  typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 'busy'

/** A parser failed by a fault of ours: a model was altered, the rules are incomplete. Carries a name, never content. */
export class ParserFailed extends Error {
  readonly code: string
  constructor(code: string) {
    super(`a parser failed: ${code}`)
    this.code = code
  }
}

const NEEDS_FACES: readonly Kind[] = ['checkPhoto', 'proposeCut', 'cropPhoto', 'judgeFrames']
type Death = Extract<Ending<Kind>, { kind: 'died' }>['code']

/**
 * A bounded number of processes that parse foreign bytes (pictures, PDF, faces), started by the first order and ended when idle. An order that takes too
 * long or too much memory, or brings its process down, is answered with a fault of the file; the next order finds a new process (threats UPL-3, REG-7).
 */
export function createParserPool(options: ParserPoolOptions): Parsers {
  const { size, queueLimit, memoryMb, seconds, faceSeconds = 30, idleSeconds = 60, heapMb = 256, face = DEFAULT_FACE_SETTINGS } = options
  const secondsFor = (kind: Kind) => (NEEDS_FACES.includes(kind) ? faceSeconds : seconds)
  const limits = { memoryMb, heapMb, program: options.program ?? new URL('./child.ts', import.meta.url) }
  const scheduler = createScheduler({ size, queueLimit, idleSeconds, limits, secondsFor })

  const ask = async <K extends Kind, D>(kind: K, input: Jobs[K]['input'], died: (code: Death, limit: number | null) => D) => {
    const ending = await scheduler.run(kind, input)
    if (!('kind' in ending)) return ending
    if (ending.kind === 'fault') throw new ParserFailed(ending.name)
    if (ending.kind === 'answer') return ending.answer as Jobs[K]['answer']
    return died(ending.code, { tooSlow: secondsFor(kind), tooMuchMemory: memoryMb, unreadable: null }[ending.code])
  }
  const asFault = (code: Death, limit: number | null): Refused => refuse(limit === null ? { code } : { code, limit })

  return {
    async inspect(bytes, accept) {
      // What can be told by counting needs no process.
      if (bytes.length === 0) return refuse({ code: 'empty', measured: 0, limit: 1 })
      if (bytes.length > accept.maxBytes) return refuse({ code: 'tooLarge', measured: bytes.length, limit: accept.maxBytes })
      return ask('inspect', { bytes, accept }, asFault)
    },
    renderPage: (bytes, page, width) => ask('renderPage', { bytes, page, width }, asFault),
    checkPhoto: (bytes, rules) =>
      ask('checkPhoto', { bytes, rules }, (code, limit) => ({ ok: false, checks: [{ code, ok: false, measured: null, limit }] })),
    proposeCut: (bytes, rules) => ask('proposeCut', { bytes, rules }, () => null),
    cropPhoto: (bytes, cut, rules) => ask('cropPhoto', { bytes, cut, rules }, asFault),
    async judgeFrames(input) {
      const unjudged = (reason: FaceVerdict['reasons'][number]): FaceVerdict => ({
        outcome: 'refused',
        model: 'none',
        version: 'none',
        reasons: [reason],
      })
      try {
        if (input.frames.length > face.maxFrames) return unjudged('tooManyFrames')
        if (input.frames.some(({ bytes }) => bytes.length > face.maxFrameBytes)) return unjudged('frameTooLarge')
        return await ask('judgeFrames', { ...input, settings: face }, (code) => unjudged(code === 'unreadable' ? 'frameUnreadable' : code))
      } finally {
        for (const { bytes } of input.frames) bytes.fill(0)
      }
    },
    load: scheduler.load,
    close: async () => scheduler.close(),
  }
}
