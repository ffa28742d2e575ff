import {
  CHIN,
  eyeOpening,
  type Face,
  FOREHEAD,
  fivePoints,
  type Mesh,
  mouthOpening,
  pointAt,
  SIDES,
  span,
} from '../../../identity/face/mesh.ts'
import type { PhotoCheck } from '../answers.ts'
import type { PhotoLimits } from './photo-rules.ts'
import { check } from './verdict.ts'

/** Degrees by which the line of the eyes falls to the right of the picture. */
export function tilt(mesh: Mesh): number {
  const [left, right] = fivePoints(mesh) as [readonly [number, number], readonly [number, number]]
  return (Math.atan2(right[1] - left[1], right[0] - left[0]) * 180) / Math.PI
}
/** The top of the hair is not a point of the mesh: it is guessed above the forehead (`crownFactor` of forehead to chin). */
export const crownY = (mesh: Mesh, { crownFactor }: Pick<PhotoLimits, 'crownFactor'>): number =>
  pointAt(mesh, FOREHEAD)[1] - crownFactor * span(mesh, FOREHEAD, CHIN)

/** Where the head is in the picture, and whether it looks at the camera with open eyes and closed mouth (ICAO 9303 part 3, portrait). */
export function checkHead({ mesh, yaw }: Face, { width, height }: { width: number; height: number }, rules: PhotoLimits): PhotoCheck[] {
  const crown = crownY(mesh, rules)
  const chin = pointAt(mesh, CHIN)[1]
  const centre = (pointAt(mesh, SIDES[0])[0] + pointAt(mesh, SIDES[1])[0]) / 2 / width
  return [
    check('centredX', centre, { min: round(0.5 - rules.centreXMax), max: round(0.5 + rules.centreXMax) }, 3),
    check('headHeight', (chin - crown) / height, { min: rules.headRatioMin, max: rules.headRatioMax }, 3),
    check('topMargin', crown / height, { min: rules.topMarginMin, max: rules.topMarginMax }, 3),
    check('chinMargin', (height - chin) / height, { min: rules.chinMarginMin }, 3),
    check('roll', tilt(mesh), { min: -rules.rollMaxDegrees, max: rules.rollMaxDegrees }, 1),
    check('yaw', yaw, { min: -rules.yawMaxDegrees, max: rules.yawMaxDegrees }, 1),
    check('eyesOpen', eyeOpening(mesh), { min: rules.eyesOpenMin }, 3),
    check('mouthClosed', mouthOpening(mesh), { max: rules.mouthOpenMax }, 3),
  ]
}
const round = (value: number): number => Math.round(value * 1000) / 1000
