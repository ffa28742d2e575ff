import type { Action } from './challenge.ts'
import type { FaceMeasure, FrameMeasure } from './frame-measure.ts'
import type { FaceSettings } from './settings.ts'

export type Seen = { at: number; face: FaceMeasure }
/** A movement from its first frame to its last, by index in the series. */
export type Found = { action: Action; first: number; last: number }
/** A person's own middle: against it a blink and a turn are measured, so that narrow eyes and a tilted phone are ordinary. */
export type Baseline = { eyes: number; yaw: number }

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
export const seenFaces = (series: readonly FrameMeasure[]): Seen[] => series.flatMap(({ at, face }) => (face ? [{ at, face }] : []))
export const baselineOf = (seen: readonly Seen[]): Baseline => ({
  eyes: median(seen.map((s) => s.face.eyes)),
  yaw: median(seen.slice(0, Math.max(3, seen.length >> 2)).map((s) => s.face.yaw)),
})

/** Whether a frame shows the person from the front, mouth closed. */
export const isStraight = ({ face }: Seen, settings: FaceSettings): boolean =>
  Math.abs(face.yaw) <= settings.straightDegrees && face.mouth < settings.mouthOpenFrom

/** All movements in a series, in the order in which they began. An opened mouth counts until it is closed again; a blink that lasts is none. */
export function findActions(seen: readonly Seen[], settings: FaceSettings): Found[] {
  if (seen.length === 0) return []
  const own = baselineOf(seen)
  const turn = (s: Seen) => s.face.yaw - own.yaw
  const away = (s: Seen) => Math.abs(turn(s)) >= settings.turnDegrees * 0.7
  const found = [
    ...runs(seen, 'openMouth', (s, on) => s.face.mouth >= (on ? settings.mouthClosedTo : settings.mouthOpenFrom)),
    ...runs(seen, 'turnLeft', (s, on) => turn(s) >= settings.turnDegrees * (on ? 0.6 : 1)),
    ...runs(seen, 'turnRight', (s, on) => -turn(s) >= settings.turnDegrees * (on ? 0.6 : 1)),
    // From the side an eye looks narrow: a blink counts only from the front.
    ...runs(seen, 'blink', (s) => !away(s) && s.face.eyes <= own.eyes * (1 - settings.blinkDrop)).filter(
      ({ first, last }) => first > 0 && last < seen.length - 1 && seen[last]!.at - seen[first]!.at <= settings.blinkMaxMs,
    ),
  ]
  return found.sort((a, b) => a.first - b.first)
}

function runs(seen: readonly Seen[], action: Action, holds: (s: Seen, on: boolean) => boolean): Found[] {
  const found: Found[] = []
  let first = -1
  for (const [i, s] of seen.entries()) {
    const on = first >= 0
    if (holds(s, on)) {
      if (!on) first = i
    } else if (on) {
      found.push({ action, first, last: i - 1 })
      first = -1
    }
  }
  if (first >= 0) found.push({ action, first, last: seen.length - 1 })
  return found
}
