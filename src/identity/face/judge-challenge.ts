import type { Challenge, Step } from './challenge.ts'
import { type Found, findActions, isStraight, type Seen, seenFaces } from './find-actions.ts'
import type { FaceMeasure, FrameMeasure } from './frame-measure.ts'
import type { FaceSettings } from './settings.ts'

/** Why a series is not this challenge, done by a living person, now. `promptMissed` may be tried again; the others are no mishap. */
export type ChallengeFault = 'still' | 'reordered' | 'otherOrder' | 'promptMissed' | 'notStraightFirst'
/** `upTo` is the index of the last frame that counts and `peaks` the frames in which a movement was done: the match is made on these, too. */
export type ChallengeVerdict = { ok: true; upTo: number; peaks: number[] } | { ok: false; fault: ChallengeFault; missed?: Step }

/** What each file of an attempt must be before a model looks at it. */
export type FrameHead = { at: number; bytes: number; digest: string }
export type ScreenFault = 'tooFewFrames' | 'tooManyFrames' | 'frameTooLarge' | 'outOfOrder' | 'tooLate' | 'gap' | 'repeated' | 'still'

/**
 * Refuses what needs no model: frames before, after or out of the time of the challenge, holes in the film, the same frame again (threat REG-3).
 * A frame equal to the one before it is a slow camera's and does not count; `kept` names the others by index.
 */
export function screenFrames(
  heads: readonly FrameHead[],
  challenge: Challenge,
  settings: FaceSettings,
): { ok: true; kept: number[] } | { ok: false; faults: ScreenFault[] } {
  const faults = new Set<ScreenFault>()
  if (heads.length < settings.minFrames) faults.add('tooFewFrames')
  if (heads.length > settings.maxFrames) faults.add('tooManyFrames')
  const kept: number[] = []
  const known = new Map<string, number>()
  let repeated = 0
  let lastAt = Number.NEGATIVE_INFINITY
  for (const [i, { at, bytes, digest }] of heads.entries()) {
    if (bytes === 0 || bytes > settings.maxFrameBytes) faults.add('frameTooLarge')
    if (!Number.isFinite(at) || at < 0 || at > challenge.seconds * 1000) faults.add('tooLate')
    if (at <= lastAt) faults.add('outOfOrder')
    if (i > 0 && at - lastAt > settings.maxGapMs) faults.add('gap')
    lastAt = at
    const before = known.get(digest)
    known.set(digest, i)
    if (before === undefined) kept.push(i)
    else if (before < i - 1) repeated++
  }
  if (repeated > settings.repeatedFramesMax) faults.add('repeated')
  if (heads.length >= settings.minFrames && kept.length < settings.minFrames) faults.add('still')
  return faults.size === 0 ? { ok: true, kept } : { ok: false, faults: [...faults] }
}

/**
 * Whether the movements of a series are those of the challenge, in its order, by something that moves like a face. Natural blinks between are
 * ignored; a movement that was not asked for before the last step is another challenge's (threat REG-3). Pure.
 */
export function judgeChallenge(series: readonly FrameMeasure[], challenge: Challenge, settings: FaceSettings): ChallengeVerdict {
  const seen = seenFaces(series)
  if (seen.length < settings.minFrames) return { ok: false, fault: 'promptMissed', missed: 'lookStraight' }
  if (isStill(seen, settings)) return { ok: false, fault: 'still' }
  if (disorder(seen) > settings.disorderTo) return { ok: false, fault: 'reordered' }
  const actions = findActions(seen, settings)
  const asked = challenge.steps.filter((step) => step !== 'lookStraight')
  const done: Found[] = []
  for (const found of actions) {
    const next = asked[done.length]
    if (next === undefined) break
    if (found.action === next && (done.length === 0 || found.first > done.at(-1)!.first)) done.push(found)
    else if (found.action !== 'blink' && found.action !== done.at(-1)?.action) return { ok: false, fault: 'otherOrder' }
  }
  const missed = asked[done.length]
  if (missed !== undefined) return { ok: false, fault: 'promptMissed', missed }
  const begun = done[0]?.first ?? seen.length
  const straight = seen.slice(0, begun).filter((s) => isStraight(s, settings)).length
  if (challenge.steps[0] === 'lookStraight' && straight < 2) return { ok: false, fault: 'notStraightFirst', missed: 'lookStraight' }
  // Of a turn the beginning: further on, any matcher finds a face less like its portrait.
  const peaks = done.map(({ action, first, last }) => (action.startsWith('turn') ? first : (first + last) >> 1))
  return { ok: true, upTo: done.at(-1)?.last ?? seen.length - 1, peaks }
}

const spread = (seen: readonly Seen[], of: keyof Pick<FaceMeasure, 'eyes' | 'mouth'>): number => {
  const values = seen.map((s) => s.face[of])
  return Math.max(...values) - Math.min(...values)
}
/** A photo held before the camera may move as a whole, its eyes and mouth do not. */
const isStill = (seen: readonly Seen[], { stillTo }: FaceSettings): boolean =>
  spread(seen, 'eyes') < stillTo && spread(seen, 'mouth') < stillTo

/** Below these deviations a channel is noise, and noise has no order. */
const CHANNELS = { centreX: 0.004, centreY: 0.004, mouth: 0.08, yaw: 2 } as const

/** Von Neumann's ratio of the smoothest channel: near 0 when each frame follows from the one before, 2 when they lie in any order. */
export function disorder(seen: readonly Seen[]): number {
  const ratios = Object.entries(CHANNELS).flatMap(([channel, noise]) => {
    const values = seen.map((s) => s.face[channel as keyof typeof CHANNELS])
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0)
    if (Math.sqrt(variance / values.length) < noise) return []
    return [values.slice(1).reduce((sum, v, i) => sum + (v - values[i]!) ** 2, 0) / variance]
  })
  return ratios.length === 0 ? 0 : Math.min(...ratios)
}
