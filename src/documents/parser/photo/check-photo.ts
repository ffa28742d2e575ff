import sharp from 'sharp'
import type { Face } from '../../../identity/face/mesh.ts'
import { decodePicture, type Picture, wipe } from '../../../identity/face/picture.ts'
import type { PhotoCheck, PhotoReport } from '../answers.ts'
import { MAX_PIXELS } from '../inspect.ts'
import { checkBackground } from './background.ts'
import { cutAround } from './cut-around.ts'
import { faceModels } from './face-models.ts'
import { checkHead } from './head.ts'
import { checkColour, checkLight } from './light.ts'
import { type PhotoLimits, PhotoRules } from './photo-rules.ts'
import { check } from './verdict.ts'

/** Pictures are measured at this size at most; ratios do not change by it. */
const MEASURED_SIDE = 800
/** Faults that a cut can mend. */
const BY_CUT: ReadonlySet<string> = new Set(['longSide', 'aspect', 'centredX', 'headHeight', 'topMargin', 'chinMargin', 'roll', 'bytes'])

/**
 * Measures a permit photo by every rule of the pack and tells all at once (domain rules PHO-1, PHO-2, PHO-5). Larger pictures are no fault. Throws when
 * the pack lacks a limit.
 */
export async function checkPhoto(bytes: Uint8Array, given: PhotoRules): Promise<PhotoReport> {
  const rules = PhotoRules.parse(given)
  const opened = await open(bytes)
  if (!opened) return { ok: false, checks: [{ code: 'decodable', ok: false, measured: null, limit: rules.format }] }
  const { meta, picture } = opened
  const aspect = meta.width / meta.height
  const checks: PhotoCheck[] = [
    { code: 'decodable', ok: true, measured: meta.format, limit: null },
    { code: 'format', ok: meta.format === rules.format, measured: meta.format, limit: rules.format },
    check('bytes', bytes.length, { max: rules.maxBytes }),
    check('width', meta.width, { min: rules.minWidthPx }),
    check('height', meta.height, { min: rules.minHeightPx }),
    check('longSide', Math.max(meta.width, meta.height), { max: rules.maxLongSidePx }),
    check('aspect', aspect, { min: rules.aspectMin, max: rules.aspectMax }, 3),
    checkColour(picture, rules),
  ]
  const { finder, personMask } = await faceModels()
  const faces = onlyFaces(await finder.find(picture), rules)
  const [face] = faces
  checks.push(check('oneFace', faces.length, { min: 1, max: 1 }), ...checkBackground(picture, personMask(picture), face?.mesh, rules))
  if (face) checks.push(...checkHead(face, picture, rules), ...(await checkLight(picture, face.mesh, rules)))
  wipe(picture.data)
  const mendable = face && faces.length === 1 && checks.some((c) => !c.ok && BY_CUT.has(c.code))
  const cut = mendable ? { cut: cutAround(face.mesh, picture, meta, rules) } : {}
  return { ok: checks.every((c) => c.ok), checks, ...cut }
}

/** Faces that the finder is sure enough of by the pack. */
export const onlyFaces = (found: Face[], rules: PhotoLimits): Face[] =>
  found.filter((f) => f.boxScore > rules.boxScoreMin && f.meshScore > rules.faceScoreMin)

/** Format and size of a picture as it is looked at (upright), and its pixels; nothing when it cannot be decoded to the end. */
export async function open(
  bytes: Uint8Array,
): Promise<{ meta: { format: string; width: number; height: number }; picture: Picture } | undefined> {
  try {
    const { format, autoOrient } = await sharp(bytes, { failOn: 'truncated', limitInputPixels: MAX_PIXELS }).metadata()
    const picture = await decodePicture(bytes, MEASURED_SIDE, MAX_PIXELS)
    return { meta: { format, width: autoOrient.width, height: autoOrient.height }, picture }
  } catch {
    return undefined
  }
}
