import type { Point } from './mesh.ts'
import type { Picture } from './picture.ts'

/** Turn, scale and shift: `u = a·x − b·y + tx`, `v = b·x + a·y + ty`. */
export type Similarity = { a: number; b: number; tx: number; ty: number }

/** Eyes, nose, corners of the mouth in the 112 × 112 picture that ArcFace models were trained with. */
export const TEMPLATE: Point[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
]
export const SIDE = 112

/** The similarity that brings points closest to others by least squares (Umeyama 1991, without reflection). */
export function similarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const centre = (points: readonly Point[]) => [0, 1].map((i) => points.reduce((sum, p) => sum + p[i as 0 | 1], 0) / points.length)
  const [fx, fy] = centre(from) as [number, number]
  const [tx, ty] = centre(to) as [number, number]
  let a = 0
  let b = 0
  let spread = 0
  for (const [i, point] of from.entries()) {
    const other = to[i]!
    const [x, y, u, v] = [point[0] - fx, point[1] - fy, other[0] - tx, other[1] - ty]
    a += x * u + y * v
    b += x * v - y * u
    spread += x * x + y * y
  }
  if (spread === 0) throw new Error('all points of the face lie in one place')
  a /= spread
  b /= spread
  return { a, b, tx: tx - (a * fx - b * fy), ty: ty - (b * fx + a * fy) }
}

/** The face as a 112 × 112 picture (bilinear; the edge is repeated outside), planes of red, green, blue scaled for the model: (v − 127) / 128. */
export function alignFace({ data, width, height }: Picture, { a, b, tx, ty }: Similarity): Float32Array {
  const plane = SIDE * SIDE
  const planes = new Float32Array(3 * plane)
  const scale = a * a + b * b
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const u = x - tx
      const v = y - ty
      const sx = Math.max(0, Math.min(width - 1, (a * u + b * v) / scale))
      const sy = Math.max(0, Math.min(height - 1, (-b * u + a * v) / scale))
      const left = Math.floor(sx)
      const top = Math.floor(sy)
      const fx = sx - left
      const fy = sy - top
      const row = top * width
      const below = Math.min(height - 1, top + 1) * width
      const right = Math.min(width - 1, left + 1)
      for (let c = 0; c < 3; c++) {
        const upper = data[(row + left) * 3 + c]! * (1 - fx) + data[(row + right) * 3 + c]! * fx
        const lower = data[(below + left) * 3 + c]! * (1 - fx) + data[(below + right) * 3 + c]! * fx
        planes[c * plane + y * SIDE + x] = (upper * (1 - fy) + lower * fy - 127) / 128
      }
    }
  }
  return planes
}
