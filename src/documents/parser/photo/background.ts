import { CHIN, type Mesh, pointAt, sideRange } from '../../../identity/face/mesh.ts'
import type { Picture } from '../../../identity/face/picture.ts'
import type { PhotoCheck } from '../answers.ts'
import type { PhotoLimits } from './photo-rules.ts'
import { check } from './verdict.ts'

const STEP = 3
/** Hair frays into the background: pixels this near the person (share of the width) do not count. */
const FRINGE = 0.034

/** Background: what the model calls background, above the chin and away from the person's outline. Must be there, white, and even. */
export function checkBackground(
  { data, width, height }: Picture,
  mask: Float32Array,
  mesh: Mesh | undefined,
  rules: PhotoLimits,
): PhotoCheck[] {
  const chin = mesh ? pointAt(mesh, CHIN)[1] : height * 0.7
  const fringe = Math.round(width * FRINGE)
  const person = (x: number, y: number) => mask[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))]!
  const nearPerson = (x: number, y: number) =>
    person(x, y) > 0.15 ||
    person(x - fringe, y) > 0.3 ||
    person(x + fringe, y) > 0.3 ||
    person(x, y + fringe) > 0.3 ||
    person(x, y - fringe) > 0.3
  let [n, white, sum, squares] = [0, 0, 0, 0]
  for (let y = STEP; y < Math.min(height - STEP, chin); y += STEP) {
    for (let x = STEP; x < width - STEP; x += STEP) {
      if (nearPerson(x, y)) continue
      const i = (y * width + x) * 3
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!]
      const luma = 0.299 * r + 0.587 * g + 0.114 * b
      n++
      sum += luma
      squares += luma * luma
      if (luma >= rules.backgroundLightMin && Math.max(r, g, b) - Math.min(r, g, b) <= rules.backgroundChromaMax) white++
    }
  }
  const found = (n * STEP * STEP) / (width * height)
  const mean = sum / Math.max(1, n)
  const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, n) - mean * mean))
  return [
    check('backgroundFound', found, { min: rules.backgroundShareMin }, 3),
    check('backgroundWhite', white / Math.max(1, n), { min: rules.backgroundWhiteMin }, 3),
    check('backgroundEven', deviation, { max: rules.backgroundDeviationMax }, 1),
  ]
}

/** Width and height of the face in the picture's pixels, from its outline. */
export const faceBox = (mesh: Mesh): { left: number; top: number; right: number; bottom: number } => {
  const { from, to } = sideRange(mesh)
  return { left: from, right: to, top: pointAt(mesh, 10)[1], bottom: pointAt(mesh, CHIN)[1] }
}
