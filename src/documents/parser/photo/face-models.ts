import { type FaceFinder, loadFaceFinder } from '../../../identity/face/face-finder.ts'
import { readModel } from '../../../identity/face/model-file.ts'
import type { Picture } from '../../../identity/face/picture.ts'

/** The few calls used of the number cruncher, for the model that tells a person from the background. */
type Tensor = {
  toFloat(): Tensor
  div(by: number): Tensor
  reshape(shape: number[]): Tensor
  squeeze(): Tensor
  dataSync(): Float32Array
  dispose(): void
}
type Cruncher = {
  tidy<T>(work: () => T): T
  tensor(values: Uint8Array, shape: number[], type: 'int32'): Tensor
  image: { resizeBilinear(tensor: Tensor, size: [number, number]): Tensor }
  io: { fromMemory(parts: object): unknown }
  loadGraphModel(handler: unknown): Promise<{ execute(input: Tensor): Tensor }>
}
type Parts = { modelTopology: object; format: string; weightsManifest: { weights: object[] }[] }

export type FaceModels = {
  finder: FaceFinder /** 0 (background) to 1 (person) for each pixel, row by row. */
  personMask(picture: Picture): Float32Array
}
const SIDE = 256
let loaded: Promise<FaceModels> | undefined

/** The models for photo checks, loaded once in a process. Throws `ModelAltered`. */
export const faceModels = (): Promise<FaceModels> => {
  loaded ??= load()
  return loaded
}

async function load(): Promise<FaceModels> {
  const finder = await loadFaceFinder({ eyelids: false })
  const tf = finder.tensors as unknown as Cruncher
  const parts = JSON.parse((await readModel('selfie.json')).bytes.toString('utf8')) as Parts
  const weights = (await readModel('selfie.bin')).bytes
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length)
  const weightSpecs = parts.weightsManifest.flatMap((group) => group.weights)
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology: parts.modelTopology, format: parts.format, weightSpecs, weightData }),
  )
  return {
    finder,
    personMask: ({ data, width, height }) => {
      const mask = tf.tidy(() => {
        const small = tf.image.resizeBilinear(tf.tensor(data, [1, height, width, 3], 'int32').toFloat(), [SIDE, SIDE]).div(255)
        return tf.image.resizeBilinear(model.execute(small).reshape([1, SIDE, SIDE, 1]), [height, width]).squeeze()
      })
      const values = mask.dataSync()
      mask.dispose()
      return values
    },
  }
}
