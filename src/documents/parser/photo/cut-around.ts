import { CHIN, FOREHEAD, type Mesh, pointAt, SIDES } from '../../../identity/face/mesh.ts'
import type { CutProposal } from '../answers.ts'
import { tilt } from './head.ts'
import type { PhotoLimits } from './photo-rules.ts'

type Size = { width: number; height: number }

/**
 * The part of a picture that shows the head as the rules want it: head height in the lower middle of its range, hair below the top edge, turned upright
 * where the head is tilted too far. As much as the picture holds; what it does not hold is not painted in. In pixels of the whole picture.
 */
export function cutAround(mesh: Mesh, measured: Size, whole: Size, rules: PhotoLimits): CutProposal {
  const scale = whole.width / measured.width
  const at = (index: number) => pointAt(mesh, index).map((v) => v * scale) as [number, number]
  const turned = Math.abs(tilt(mesh)) > rules.rollMaxDegrees
  const angle = turned ? (tilt(mesh) * Math.PI) / 180 : 0
  const [right, down] = [
    [Math.cos(angle), Math.sin(angle)],
    [-Math.sin(angle), Math.cos(angle)],
  ] as [[number, number], [number, number]]
  const along = ([x, y]: [number, number], axis: [number, number]) => x * axis[0] + y * axis[1]
  const [forehead, chin] = [along(at(FOREHEAD), down), along(at(CHIN), down)]
  const crown = forehead - rules.crownFactor * (chin - forehead)
  const middle = (along(at(SIDES[0]), right) + along(at(SIDES[1]), right)) / 2
  const aspect = rules.resizedWidthPx / rules.resizedHeightPx
  const fitting = ratios(rules)
    .map((ratio) => boxFor((chin - crown) / ratio))
    .find((box) => fits(box, whole))
  const box = fitting ?? shiftInside(boxFor((chin - crown) / ratios(rules).at(-1)!), whole)
  return { box: turned ? { ...box, rotate: Math.round(-tilt(mesh) * 10) / 10 } : box, width: whole.width, height: whole.height }

  function boxFor(height: number) {
    const top = Math.max(rules.topMarginMin, Math.min(rules.topMarginMax, 0.08))
    const across = middle
    const below = crown + (0.5 - top) * height
    const centre = [across * right[0] + below * down[0], across * right[1] + below * down[1]] as const
    const width = height * aspect
    return {
      left: Math.round(centre[0] - width / 2),
      top: Math.round(centre[1] - height / 2),
      width: Math.round(width),
      height: Math.round(height),
    }
  }
}

/** Head ratios to try, from roomy to close: the closer, the less of the picture is needed. */
const ratios = ({ headRatioMin, headRatioMax }: PhotoLimits): number[] =>
  [0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((share) => headRatioMin + (headRatioMax - headRatioMin) * share)

const fits = (box: { left: number; top: number } & Size, whole: Size): boolean =>
  box.left >= 0 && box.top >= 0 && box.left + box.width <= whole.width && box.top + box.height <= whole.height

function shiftInside(box: { left: number; top: number } & Size, whole: Size) {
  const scale = Math.min(1, whole.width / box.width, whole.height / box.height)
  const width = Math.floor(box.width * scale)
  const height = Math.floor(box.height * scale)
  const inside = (at: number, size: number, all: number) => Math.max(0, Math.min(all - size, Math.round(at)))
  return { left: inside(box.left + (box.width - width) / 2, width, whole.width), top: inside(box.top, height, whole.height), width, height }
}
