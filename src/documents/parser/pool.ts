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
import { type Ending, type ParserChild, startChild } from './child-process.ts'
import type { PhotoRules } from './photo/photo-rules.ts'

export type ParserPoolOptions = {
  /** Children at most, and orders that may wait for one. */
  size: number
  queueLimit: number
  memoryMb: number
  /** Time for a file; the child is killed and replaced after it. Pictures with faces have their own, since models are loaded first. */
  seconds: number
  faceSeconds?: number
  /** A child with nothing to do ends after so many seconds. */
  idleSeconds?: number
  heapMb?: number
  face?: FaceSettings
  /** Another program for the children, for tests. */
  program?: URL
}
export type Parsers = {
  inspect(bytes: Uint8Array, accept: Accept): Promise<Clean | Refused | Busy>
  renderPage(bytes: Uint8Array, page: number, width: number): Promise<PageImage | Refused | Busy>
  checkPhoto(bytes: Uint8Array, rules: PhotoRules): Promise<PhotoReport | Busy>
  proposeCut(bytes: Uint8Array, rules: PhotoRules): Promise<CutProposal | null | Busy>
  cropPhoto(bytes: Uint8Array, cut: Cut, rules: PhotoRules): Promise<Clean | Refused | Busy>
  judgeFrames(input: {
    portrait: Uint8Array
    challenge: Challenge
    frames: { at: number; bytes: Uint8Array }[]
  }): Promise<FaceVerdict | Busy>
  /** Children that live, orders at work and waiting: for health and metrics. */
  load(): { children: number[]; working: number; waiting: number }
  close(): Promise<void>
}
export const isBusy = (answer: unknown): answer is Busy =>
  typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 'busy'

/** A parser failed by a fault of ours: a model was altered, rules are incomplete. Carries a name, never content. */
export class ParserFailed extends Error {
  readonly code: string
  constructor(code: string) {
    super(`a parser failed: ${code}`)
    this.code = code
  }
}

const NEEDS_FACES: readonly Kind[] = ['checkPhoto', 'proposeCut', 'cropPhoto', 'judgeFrames']
type Waiting = { start(child: ParserChild): void }

/**
 * A bounded number of processes that parse foreign bytes (images, PDF, faces), started by the first order and ended when idle. An order that
 * takes too long or too much memory, or brings its process down, answers with a fault of the file; the next order finds a new process.
 */
export function createParserPool(options: ParserPoolOptions): Parsers {
  const { size, queueLimit, memoryMb, seconds, faceSeconds = 30, idleSeconds = 60, heapMb = 256, face = DEFAULT_FACE_SETTINGS } = options
  const program = options.program ?? new URL('./child.ts', import.meta.url)
  const idle = new Map<ParserChild, NodeJS.Timeout>()
  const working = new Set<ParserChild>()
  const queue: Waiting[] = []
  let closed = false
  let usualSeconds = 1

  const take = (kind: Kind): ParserChild | undefined => {
    for (const child of idle.keys()) if (!child.usable()) retire(child)
    const child = [...idle.keys()].sort((a, b) => Number(b.known.has(kind)) - Number(a.known.has(kind)))[0]
    if (child) {
      clearTimeout(idle.get(child))
      idle.delete(child)
      return child
    }
    return working.size < size ? startChild({ memoryMb, heapMb, program }) : undefined
  }
  const retire = (child: ParserChild) => {
    clearTimeout(idle.get(child))
    idle.delete(child)
    child.kill()
  }
  const giveBack = (child: ParserChild) => {
    working.delete(child)
    const next = queue.shift()
    if (next) return next.start(child.usable() ? child : (child.kill(), startChild({ memoryMb, heapMb, program })))
    if (closed || !child.usable()) return child.kill()
    idle.set(child, setTimeout(() => retire(child), idleSeconds * 1000).unref())
  }

  const run = async <K extends Kind>(kind: K, input: Jobs[K]['input']): Promise<Ending<K> | Busy> => {
    if (closed) throw new ParserFailed('closed')
    const child = take(kind)
    if (!child && queue.length >= queueLimit) {
      return { ok: false, code: 'busy', retryAfterSeconds: Math.max(1, Math.ceil((usualSeconds * (queue.length + 1)) / size)) }
    }
    const begin = performance.now()
    const work = async (with_: ParserChild): Promise<Ending<K>> => {
      working.add(with_)
      try {
        return await with_.run(kind, input, NEEDS_FACES.includes(kind) ? faceSeconds : seconds)
      } finally {
        usualSeconds = usualSeconds * 0.8 + ((performance.now() - begin) / 1000) * 0.2
        giveBack(with_)
      }
    }
    return child ? work(child) : new Promise((resolve, reject) => queue.push({ start: (c) => void work(c).then(resolve, reject) }))
  }
  /** Death becomes the answer that `died` makes of it; a fault of ours an exception. */
  const ask = async <K extends Kind, D>(
    kind: K,
    input: Jobs[K]['input'],
    died: (code: 'tooSlow' | 'tooMuchMemory' | 'unreadable', limit?: number) => D,
  ) => {
    const ending = await run(kind, input)
    if (!('kind' in ending)) return ending
    if (ending.kind === 'answer') return ending.answer
    if (ending.kind === 'fault') throw new ParserFailed(ending.name)
    return died(
      ending.code,
      { tooSlow: NEEDS_FACES.includes(kind) ? faceSeconds : seconds, tooMuchMemory: memoryMb, unreadable: undefined }[ending.code],
    )
  }
  const asFault = (code: 'tooSlow' | 'tooMuchMemory' | 'unreadable', limit?: number) =>
    refuse(limit === undefined ? { code } : { code, limit })

  return {
    inspect: async (bytes, accept) => {
      // What can be told by counting does not need a process.
      if (bytes.length === 0) return refuse({ code: 'empty', measured: 0, limit: 1 })
      if (bytes.length > accept.maxBytes) return refuse({ code: 'tooLarge', measured: bytes.length, limit: accept.maxBytes })
      return ask('inspect', { bytes, accept }, asFault)
    },
    renderPage: (bytes, page, width) => ask('renderPage', { bytes, page, width }, asFault),
    checkPhoto: (bytes, rules) =>
      ask('checkPhoto', { bytes, rules }, (code, limit) => ({
        ok: false,
        checks: [{ code, ok: false, measured: null, limit: limit ?? null }],
      })),
    proposeCut: (bytes, rules) => ask('proposeCut', { bytes, rules }, () => null),
    cropPhoto: (bytes, cut, rules) => ask('cropPhoto', { bytes, cut, rules }, asFault),
    judgeFrames: async (input) => {
      try {
        return await ask('judgeFrames', { ...input, settings: face }, (code) => ({
          outcome: 'refused' as const,
          model: 'none',
          version: 'none',
          reasons: [code === 'unreadable' ? ('frameUnreadable' as const) : code],
        }))
      } finally {
        for (const { bytes } of input.frames) bytes.fill(0)
      }
    },
    load: () => ({ children: [...idle.keys(), ...working].map((c) => c.pid), working: working.size, waiting: queue.length }),
    close: async () => {
      closed = true
      for (const child of [...idle.keys()]) retire(child)
      for (const child of working) child.kill()
    },
  }
}
