import sharp from 'sharp'
import type { Mesh } from '../../../identity/face/mesh.ts'
import type { Picture } from '../../../identity/face/picture.ts'
import type { PhotoCheck } from '../answers.ts'
import { faceBox } from './background.ts'
import type { PhotoLimits } from './photo-rules.ts'
import { check } from './verdict.ts'

/** Whether a picture has colour at all: mean difference of the strongest and weakest channel. */
export function checkColour({ data }: Picture, rules: PhotoLimits): PhotoCheck {
  let sum = 0
  let n = 0
  for (let i = 0; i + 2 < data.length; i += 21) {
    sum += Math.max(data[i]!, data[i + 1]!, data[i + 2]!) - Math.min(data[i]!, data[i + 1]!, data[i + 2]!)
    n++
  }
  return check('colour', sum / Math.max(1, n), { min: rules.colourMin }, 1)
}

/** Sharpness and light of the face, on a grey copy of one width for every picture. */
export async function checkLight(picture: Picture, mesh: Mesh, rules: PhotoLimits): Promise<PhotoCheck[]> {
  const { data: grey, width, height } = await greyFace(picture, mesh, rules.sharpnessFaceWidthPx)
  let [sum, over, left, right] = [0, 0, 0, 0]
  for (const [i, value] of grey.entries()) {
    sum += value
    if (value > rules.overexposedLight) over++
    if (i % width < width / 2) left += value
    else right += value
  }
  const columns = Math.ceil(width / 2)
  const sides = Math.abs(left / (columns * height) - right / ((width - columns) * height))
  return [
    check('sharpness', laplacianVariance(grey, width, height), { min: rules.sharpnessMin }),
    check('faceLight', sum / grey.length, { min: rules.faceLightMin, max: rules.faceLightMax }),
    check('overexposed', over / grey.length, { max: rules.overexposedMax }, 3),
    check('sideLight', sides, { max: rules.sideLightDifferenceMax }),
  ]
}

async function greyFace({ data, width, height }: Picture, mesh: Mesh, faceWidth: number) {
  const box = faceBox(mesh)
  const left = Math.max(0, Math.min(width - 2, Math.round(box.left)))
  const top = Math.max(0, Math.min(height - 2, Math.round(box.top)))
  const region = {
    left,
    top,
    width: Math.max(1, Math.min(width - left, Math.round(box.right - box.left))),
    height: Math.max(1, Math.min(height - top, Math.round(box.bottom - box.top))),
  }
  const { data: grey, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract(region)
    .resize({ width: Math.round(faceWidth) })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: grey, width: info.width, height: info.height }
}

/** Variance of the discrete Laplacian: large where edges are sharp. */
function laplacianVariance(grey: Uint8Array, width: number, height: number): number {
  let [n, sum, squares] = [0, 0, 0]
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const value = 4 * grey[i]! - grey[i - 1]! - grey[i + 1]! - grey[i - width]! - grey[i + width]!
      n++
      sum += value
      squares += value * value
    }
  }
  return n === 0 ? 0 : squares / n - (sum / n) ** 2
}
