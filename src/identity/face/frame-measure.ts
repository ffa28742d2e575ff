import { CHIN, eyeOpening, type Face, FOREHEAD, mouthOpening, pointAt, sideRange, span } from './mesh.ts'
import type { Picture } from './picture.ts'
import type { FaceSettings } from './settings.ts'

/** What the face in one frame does, in shares of the picture, ratios and degrees: enough to judge a series, too little to know a person. */
export type FaceMeasure = {
  centreX: number
  centreY: number
  width: number
  eyes: number
  mouth: number
  yaw: number
  certainty: number
  /** Mean light of the face and of the rest of the picture, 0–255. */
  light: number
  lightAround: number
  /** The face touches the edge of the picture. */
  cut: boolean
}
/** One frame at so many milliseconds after the challenge began; `face` only when there is exactly one. */
export type FrameMeasure = { at: number; faces: number; face: FaceMeasure | null }

/** Measures a frame from the faces found in it. Faces that the finder is not sure of do not count. */
export function measureFrame(at: number, picture: Picture, found: Face[], settings: Pick<FaceSettings, 'boxScoreFrom'>): FrameMeasure {
  const faces = found.filter((f) => f.boxScore >= settings.boxScoreFrom && f.meshScore >= 0.5)
  const [face] = faces
  return { at, faces: faces.length, face: faces.length === 1 && face ? measureFace(picture, face) : null }
}

function measureFace(picture: Picture, { mesh, meshScore, yaw }: Face): FaceMeasure {
  const { from, to } = sideRange(mesh)
  const [top, bottom] = [pointAt(mesh, FOREHEAD)[1], pointAt(mesh, CHIN)[1]]
  const margin = span(mesh, FOREHEAD, CHIN) * 0.05
  const { light, lightAround } = lights(picture, from, to, Math.min(top, bottom), Math.max(top, bottom))
  return {
    centreX: (from + to) / 2 / picture.width,
    centreY: (top + bottom) / 2 / picture.height,
    width: (to - from) / picture.width,
    eyes: eyeOpening(mesh),
    mouth: mouthOpening(mesh),
    yaw,
    certainty: meshScore,
    light,
    lightAround,
    cut: from < margin || to > picture.width - margin || bottom > picture.height - margin || top < 0,
  }
}

/** Mean luma (ITU-R BT.601) inside and outside a box, on every fourth pixel each way. */
function lights({ data, width, height }: Picture, from: number, to: number, top: number, bottom: number) {
  const inside = { sum: 0, n: 0 }
  const outside = { sum: 0, n: 0 }
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 4) {
      const i = (y * width + x) * 3
      const where = x >= from && x <= to && y >= top && y <= bottom ? inside : outside
      where.sum += 0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!
      where.n++
    }
  }
  return { light: inside.sum / Math.max(1, inside.n), lightAround: outside.sum / Math.max(1, outside.n) }
}
