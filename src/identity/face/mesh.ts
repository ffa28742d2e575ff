/** Points of a face in pixels of the picture it was found in, numbered as in the MediaPipe face mesh (468 points and the irises). */
export type Mesh = readonly (readonly [x: number, y: number, z?: number])[]
export type Point = readonly [x: number, y: number]
/** A face in a picture. Angles in degrees; `yaw` is positive when the person turns to their own left. */
export type Face = {
  box: { left: number; top: number; width: number; height: number }
  /** How sure the finder is of a face (0–1), and the mesh of its points. */
  boxScore: number
  meshScore: number
  mesh: Mesh
  yaw: number
  pitch: number
  roll: number
}

const at = (mesh: Mesh, index: number): Point => {
  const point = mesh[index]
  if (!point) throw new Error(`a mesh of ${mesh.length} points has no point ${index}`)
  return [point[0], point[1]]
}
/** Distance of two points of a mesh in pixels. */
export const span = (mesh: Mesh, a: number, b: number): number => {
  const [ax, ay] = at(mesh, a)
  const [bx, by] = at(mesh, b)
  return Math.hypot(ax - bx, ay - by)
}
const middle = (mesh: Mesh, ids: number[]): Point => {
  const points = ids.map((id) => at(mesh, id))
  return [points.reduce((sum, p) => sum + p[0], 0) / ids.length, points.reduce((sum, p) => sum + p[1], 0) / ids.length]
}

/** Height of the eyes by their width, mean of both: about 0.35 open, below three quarters of a person's own median while blinking. */
export const eyeOpening = (mesh: Mesh): number =>
  (span(mesh, 159, 145) / span(mesh, 33, 133) + span(mesh, 386, 374) / span(mesh, 362, 263)) / 2

/** Height of the mouth between the lips by its width: below 0.1 closed, above 0.35 clearly open. */
export const mouthOpening = (mesh: Mesh): number => span(mesh, 13, 14) / span(mesh, 78, 308)

/** Forehead, chin, and both sides of a face. */
export const FOREHEAD = 10
export const CHIN = 152
export const SIDES = [234, 454] as const
export const pointAt = at

/** Where a face begins and ends in the picture's width. */
export const sideRange = (mesh: Mesh): { from: number; to: number } => {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const [x] of mesh) {
    from = Math.min(from, x)
    to = Math.max(to, x)
  }
  return { from, to }
}

/** Eyes, nose tip and corners of the mouth, in the order that the face embedding was trained with: left in the picture first. */
export function fivePoints(mesh: Mesh): Point[] {
  let left = { eye: middle(mesh, [33, 133, 159, 145]), mouth: at(mesh, 61) }
  let right = { eye: middle(mesh, [263, 362, 386, 374]), mouth: at(mesh, 291) }
  if (left.eye[0] > right.eye[0]) [left, right] = [right, left]
  return [left.eye, right.eye, at(mesh, 1), left.mouth, right.mouth]
}
