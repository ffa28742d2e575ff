import type { Challenge } from './challenge.ts'
import { type Seen, seenFaces } from './find-actions.ts'
import type { FrameMeasure } from './frame-measure.ts'
import { type ChallengeFault, judgeChallenge, type ScreenFault } from './judge-challenge.ts'
import type { FaceSettings } from './settings.ts'

/** What a person can do better, worst first; one is told at a time and none speaks of the person. */
export const ADVICE = ['noFace', 'twoFaces', 'tooFar', 'tooNear', 'tooDark', 'backlight', 'covered', 'moved', 'promptMissed'] as const
export type Advice = (typeof ADVICE)[number]
export type FaceReason =
  | ScreenFault
  | ChallengeFault
  | 'notThisChallenge'
  | 'identityChanged'
  | 'noMatch'
  | 'unsureMatch'
  | 'frameUnreadable'
  | 'portraitUnusable'
  | 'tooSlow'
  | 'tooMuchMemory'
/**
 * `pass`: the person of the portrait did the challenge. `officer`: a person must look. `retry`: the pictures do not allow a judgement, with one
 * advice. `refused`: someone else, or no living person. The score is for the record and never for the person.
 */
export type FaceVerdict = {
  outcome: 'pass' | 'officer' | 'retry' | 'refused'
  advice?: Advice
  score?: number
  model: string
  version: string
  reasons: FaceReason[]
}
/** Scores of the frames that the challenge is judged on: the typical one against the portrait, the least like the others among themselves. */
export type SeriesLikeness = { toPortrait: number; together: number }
type Verdict = Omit<FaceVerdict, 'model' | 'version'>

/** Mishaps that a second try can mend; everything else that the screen finds is a replay or a broken client. */
const MENDABLE: readonly string[] = ['tooFewFrames', 'gap', 'promptMissed', 'notStraightFirst']

/** The verdict of frames that were refused before a model saw them. */
export const screenedVerdict = (faults: ScreenFault[]): Verdict =>
  faults.every((fault) => MENDABLE.includes(fault))
    ? { outcome: 'retry', advice: faults.includes('gap') ? 'moved' : 'promptMissed', reasons: faults }
    : { outcome: 'refused', reasons: faults }

/** The verdict of a measured series. `likeness` is missing as long as no frame was good enough to be compared. Pure. */
export function judgeAttempt(
  series: readonly FrameMeasure[],
  challenge: Challenge,
  likeness: SeriesLikeness | undefined,
  settings: FaceSettings,
): Verdict {
  const advice = adviceFor(series, settings)
  if (advice) return { outcome: 'retry', advice, reasons: [] }
  const moved = judgeChallenge(series, challenge, settings)
  if (!moved.ok) {
    return MENDABLE.includes(moved.fault)
      ? { outcome: 'retry', advice: 'promptMissed', reasons: [moved.fault] }
      : { outcome: 'refused', reasons: [moved.fault] }
  }
  if (!likeness) return { outcome: 'retry', advice: 'noFace', reasons: [] }
  const score = Math.round(likeness.toPortrait * 1000) / 1000
  if (likeness.together < settings.samePersonFrom) return { outcome: 'refused', score, reasons: ['identityChanged'] }
  if (likeness.toPortrait >= settings.matchFrom) return { outcome: 'pass', score, reasons: [] }
  const light = lightAdvice(seenFaces(series), settings)
  if (light) return { outcome: 'retry', advice: light, score, reasons: [] }
  return likeness.toPortrait >= settings.officerFrom
    ? { outcome: 'officer', score, reasons: ['unsureMatch'] }
    : { outcome: 'refused', score, reasons: ['noMatch'] }
}

const share = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length / Math.max(1, all.length)

/** The worst thing that makes a series useless, if any. Too little light is told only where no face is found or no match made. */
export function adviceFor(series: readonly FrameMeasure[], settings: FaceSettings): Advice | undefined {
  const seen = seenFaces(series)
  if (series.filter((f) => f.faces > 1).length >= 2) return 'twoFaces'
  if (share(series, (f) => f.faces === 0) > 0.25 || seen.length < settings.minFrames)
    return seen.length === 0 ? 'noFace' : adviceLost(seen, settings)
  const checks: Partial<Record<Advice, boolean>> = {
    tooFar: share(seen, (s) => s.face.width < settings.faceShareFrom) > 0.5,
    tooNear: share(seen, (s) => s.face.width > settings.faceShareTo) > 0.5,
    covered: share(seen, (s) => s.face.certainty < settings.certaintyFrom) > 0.3,
    moved: share(seen, (s) => s.face.cut) > 0.25,
  }
  return ADVICE.find((advice) => checks[advice])
}
const adviceLost = (seen: Seen[], settings: FaceSettings): Advice => lightAdvice(seen, settings) ?? 'moved'

/** Dark means the whole picture, light behind means the picture around the face: neither looks at the face alone. */
function lightAdvice(seen: readonly Seen[], settings: FaceSettings): Advice | undefined {
  if (share(seen, ({ face }) => face.light < settings.lightFrom && face.lightAround < settings.lightFrom) > 0.5) return 'tooDark'
  if (share(seen, ({ face }) => face.lightAround - face.light > settings.backlightDifference) > 0.5) return 'backlight'
  return undefined
}
