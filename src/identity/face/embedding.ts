import { alignFace, SIDE, similarity, TEMPLATE } from './align.ts'
import { type Face, fivePoints } from './mesh.ts'
import { readModel } from './model-file.ts'
import type { Picture } from './picture.ts'

/** What a face looks like to the model, of length one. Personal data of the most sensitive kind: lives in memory for one check only (PIPL art. 28). */
export type Embedding = Float32Array
/** Cosine of two faces, −1 to 1, with the model and version that found it. What it means is for the caller's thresholds to say. */
export type Likeness = { score: number; model: string; version: string }
export type FaceMatcher = {
  model: string
  version: string
  embed(picture: Picture, face: Pick<Face, 'mesh'>): Promise<Embedding>
  compare(a: Embedding, b: Embedding): Likeness
}

/** Cosine of two embeddings of length one. */
export const cosine = (a: Embedding, b: Embedding): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

/** Loads the matcher (MobileFaceNet). Throws `ModelAltered` when the file is not the one that was tested. One thread: other jobs run beside it. */
export async function loadFaceMatcher(folder?: string): Promise<FaceMatcher> {
  const { bytes, version } = await readModel('fr_feature.onnx', folder)
  const { InferenceSession, Tensor } = await import('onnxruntime-node')
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 })
  const model = 'mobilefacenet'
  return {
    model,
    version,
    async embed(picture, face) {
      const planes = alignFace(picture, similarity(fivePoints(face.mesh), TEMPLATE))
      const { output } = await session.run({ input: new Tensor('float32', planes, [1, 3, SIDE, SIDE]) })
      planes.fill(0)
      const raw = output!.data as Float32Array
      const length = Math.hypot(...raw)
      return raw.map((value) => value / length)
    },
    compare: (a, b) => ({ score: cosine(a, b), model, version }),
  }
}
