import * as z from 'zod'

const share = z.number().min(0).max(1)
const count = z.int().min(1)

/**
 * Limits of the real-person check, set in the configuration. Defaults were measured: 16,384 pairs of strangers had no score of 0.50 or more,
 * a mouth opens to 0.5–0.65 before a live camera and stays at 0.04 in a photo, a blink halves the eye ratio of about 0.35.
 */
export const FaceSettings = z.strictObject({
  /** Score from which a person counts as the one in the portrait, and from which an officer looks. Below, the attempt is refused. */
  matchFrom: share.default(0.5),
  officerFrom: share.default(0.35),
  /** Frames of one attempt must be one person: lowest score of any frame against the typical one (live: 0.69 and more). */
  samePersonFrom: share.default(0.5),
  minFrames: count.default(12),
  maxFrames: count.default(90),
  maxFrameBytes: count.default(400_000),
  maxFramePixels: count.default(2_100_000),
  /** Frames that come again later, bit for bit: a live camera never does that, a clip in a loop does. */
  repeatedFramesMax: z.int().min(0).default(0),
  maxGapMs: count.default(2_000),
  mouthOpenFrom: share.default(0.35),
  mouthClosedTo: share.default(0.2),
  /** Share by which the eye ratio falls below its own median. */
  blinkDrop: share.default(0.25),
  blinkMaxMs: count.default(1_500),
  turnDegrees: z.number().min(5).max(60).default(15),
  straightDegrees: z.number().min(3).max(30).default(12),
  /** How sure the mesh is; a mask or hand brings it from 1 to about 0.6. */
  certaintyFrom: share.default(0.9),
  boxScoreFrom: share.default(0.5),
  /** Width of the face by the width of the picture. */
  faceShareFrom: share.default(0.14),
  faceShareTo: share.default(0.75),
  /** Mean light of face and surroundings (0–255). Light explains a failed match and never causes one: what is dark may be a person's skin. */
  lightFrom: z.number().min(0).max(255).default(60),
  backlightDifference: z.number().min(0).max(255).default(90),
  /** Successive differences by variance (von Neumann 1941): near 0 for a filmed motion, 2 for frames in any order. */
  disorderTo: z.number().min(0).max(2).default(1),
  /** A picture that does not move: eyes and mouth vary by less than this. */
  stillTo: share.default(0.025),
})
export type FaceSettings = z.infer<typeof FaceSettings>
export const DEFAULT_FACE_SETTINGS: FaceSettings = Object.freeze(FaceSettings.parse({}))
