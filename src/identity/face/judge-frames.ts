import { createHash } from 'node:crypto'
import { type Challenge, Challenge as ChallengeShape } from './challenge.ts'
import { cosine, type Embedding, type FaceMatcher } from './embedding.ts'
import type { FaceFinder } from './face-finder.ts'
import { isStraight, median, seenFaces } from './find-actions.ts'
import { type FrameMeasure, measureFrame } from './frame-measure.ts'
import { adviceFor, type FaceReason, type FaceVerdict, judgeAttempt, type SeriesLikeness, screenedVerdict } from './judge-attempt.ts'
import { judgeChallenge, screenFrames } from './judge-challenge.ts'
import type { Face } from './mesh.ts'
import { decodePicture, type Picture, wipe } from './picture.ts'
import type { FaceSettings } from './settings.ts'

/** Frames as a camera gave them, not mirrored, each with its milliseconds since the challenge was shown. */
export type Attempt = { portrait: Uint8Array; challenge: Challenge; frames: { at: number; bytes: Uint8Array }[] }
export type FaceTools = { finder: FaceFinder; matcher: FaceMatcher; settings: FaceSettings }

const LONG_SIDE = 640
/** Frames compared with the portrait beside those in which the movements were done. */
const COMPARED = 10
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

/**
 * Judges one attempt: challenge and likeness on the same frames, all worked out here from the pictures. Nothing is kept: files, pixels and
 * embeddings are overwritten before the answer leaves (threats REG-3, REG-6).
 */
export async function judgeFrames(tools: FaceTools, { portrait, challenge, frames }: Attempt): Promise<FaceVerdict> {
  const { model, version } = tools.matcher
  const refuse = (reason: FaceReason): FaceVerdict => ({ outcome: 'refused', model, version, reasons: [reason] })
  try {
    if (!ChallengeShape.safeParse(challenge).success) return refuse('notThisChallenge')
    const heads = frames.map(({ at, bytes }) => ({ at, bytes: bytes.length, digest: digestOf(bytes) }))
    const screened = screenFrames(heads, challenge, tools.settings)
    if (!screened.ok) return { ...screenedVerdict(screened.faults), model, version }
    const own = await embedPortrait(tools, portrait)
    if (!own) return { outcome: 'officer', model, version, reasons: ['portraitUnusable'] }
    const kept = screened.kept.map((i) => frames[i]!)
    const measured = await measureFrames(tools, kept, challenge)
    if (!measured.ok) return refuse(measured.reason)
    const likeness = await compareFrames(tools, kept, measured.series, challenge, own)
    own.fill(0)
    return { ...judgeAttempt(measured.series, challenge, likeness, tools.settings), model, version }
  } finally {
    wipe(portrait, ...frames.map((f) => f.bytes))
  }
}

async function embedPortrait({ finder, matcher, settings }: FaceTools, portrait: Uint8Array): Promise<Embedding | undefined> {
  const found = await look(portrait, settings.maxFramePixels * 20, finder)
  if (!found) return undefined
  const faces = found.faces.filter((f) => f.boxScore >= 0.45 && f.meshScore >= 0.5)
  const embedding = faces.length === 1 ? await matcher.embed(found.picture, faces[0]!) : undefined
  wipe(found.picture.data)
  return embedding
}

/** A picture and its faces, or nothing when it cannot be decoded. The pixels are the caller's to wipe. */
async function look(bytes: Uint8Array, maxPixels: number, finder: FaceFinder): Promise<{ picture: Picture; faces: Face[] } | undefined> {
  let picture: Picture
  try {
    picture = await decodePicture(bytes, LONG_SIDE, maxPixels)
  } catch {
    return undefined
  }
  return { picture, faces: await finder.find(picture) }
}

type Measured = { ok: true; series: FrameMeasure[] } | { ok: false; reason: FaceReason }
async function measureFrames({ finder, settings }: FaceTools, frames: Attempt['frames'], challenge: Challenge): Promise<Measured> {
  const series: FrameMeasure[] = []
  const pixels: { at: number; bytes: number; digest: string }[] = []
  for (const { at, bytes } of frames) {
    const found = await look(bytes, settings.maxFramePixels, finder)
    if (!found) return { ok: false, reason: 'frameUnreadable' }
    pixels.push({ at, bytes: 1, digest: digestOf(found.picture.data) })
    series.push(measureFrame(at, found.picture, found.faces, settings))
    wipe(found.picture.data)
  }
  // The same picture in another file is the same frame.
  const screened = screenFrames(pixels, challenge, settings)
  if (screened.ok) return { ok: true, series }
  return { ok: false, reason: screened.faults.includes('still') ? 'still' : 'repeated' }
}

/** Compares straight frames from the whole attempt and those with movements: who moves must be who is recognised. */
async function compareFrames(
  { finder, matcher, settings }: FaceTools,
  frames: Attempt['frames'],
  series: FrameMeasure[],
  challenge: Challenge,
  portrait: Embedding,
): Promise<SeriesLikeness | undefined> {
  if (adviceFor(series, settings)) return undefined
  const verdict = judgeChallenge(series, challenge, settings)
  if (!verdict.ok) return undefined
  const seen = seenFaces(series)
  const straight = seen.flatMap((s, i) => (i <= verdict.upTo && isStraight(s, settings) ? [i] : []))
  const every = Math.max(1, straight.length / COMPARED)
  const spread = straight.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every))
  const chosen = [...new Set([...spread, ...verdict.peaks])].map((i) => frames.find((f) => f.at === seen[i]!.at)!)
  const embeddings: Embedding[] = []
  for (const { bytes } of chosen) {
    const found = await look(bytes, settings.maxFramePixels, finder)
    const face = found?.faces.find((f) => f.boxScore >= settings.boxScoreFrom)
    if (found && face) embeddings.push(await matcher.embed(found.picture, face))
    if (found) wipe(found.picture.data)
  }
  if (embeddings.length < 2) return undefined
  const toPortrait = median(embeddings.map((e) => matcher.compare(e, portrait).score))
  const together = Math.min(...embeddings.flatMap((a, i) => embeddings.slice(i + 1).map((b) => cosine(a, b))))
  for (const e of embeddings) e.fill(0)
  return { toPortrait, together }
}
