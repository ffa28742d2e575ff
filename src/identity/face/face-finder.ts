import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Face, Mesh } from './mesh.ts'
import { readModel } from './model-file.ts'
import type { Picture } from './picture.ts'

/** The few calls of the face library and of its number cruncher that are used here. */
type Tensor = { dispose(): void }
export type Tensors = {
  ready(): Promise<void>
  tensor(values: Uint8Array, shape: number[], type: 'int32'): Tensor
  dispose(tensor: Tensor): void
}
type Found = { box: [number, number, number, number]; boxScore: number; faceScore: number; mesh: Mesh; rotation: Rotation | null }
type Rotation = { angle: { yaw: number; pitch: number; roll: number } }
type HumanLibrary = {
  tf: Tensors
  init(): Promise<void>
  load(): Promise<void>
  detect(tensor: Tensor): Promise<{ face: Found[]; error: string | null }>
}
export type FaceFinder = { find(picture: Picture): Promise<Face[]>; tensors: Tensors }

const require = createRequire(import.meta.url)
const off = { enabled: false }
const DEGREES = 180 / Math.PI

/** Runs `work` with a `fetch` that reads named, checked models and nothing else: the library knows no other way to be given a model. */
async function withModels<T>(work: () => Promise<T>): Promise<T> {
  const before = globalThis.fetch
  globalThis.fetch = async (input) => {
    const address = input instanceof Request ? input.url : String(input)
    const { bytes } = await readModel(address.split('/').at(-1) ?? '')
    const type = address.endsWith('.json') ? 'application/json' : 'application/octet-stream'
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
  }
  try {
    return await work()
  } finally {
    globalThis.fetch = before
  }
}

/**
 * Loads what finds faces and the points on them. `eyelids` also measures the eyelids closely: needed to see a blink, a third slower.
 * Throws `ModelAltered` when a model is not the one that was tested.
 */
export async function loadFaceFinder({ eyelids }: { eyelids: boolean }): Promise<FaceFinder> {
  // Named here because the library asks for them without naming them to us.
  require('@tensorflow/tfjs')
  require('@tensorflow/tfjs-backend-wasm')
  const entry = require.resolve('@vladmandic/human')
  const { Human } = require(join(dirname(entry), 'human.node-wasm.js')) as { Human: new (settings: object) => HumanLibrary }
  const human = new Human({
    debug: false,
    backend: 'wasm',
    wasmPath: `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`,
    modelBasePath: pathToFileURL(`${join(dirname(entry), '..', 'models')}/`).href,
    cacheSensitivity: 0,
    async: true,
    softwareKernels: true,
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { rotation: true, maxDetected: 4, minConfidence: 0.3, return: false },
      mesh: { enabled: true },
      iris: { enabled: eyelids },
      emotion: off,
      description: off,
      antispoof: off,
      liveness: off,
    },
  })
  await withModels(async () => {
    await human.tf.ready()
    await human.init()
    await human.load()
  })
  return {
    tensors: human.tf,
    async find({ data, width, height }) {
      const tensor = human.tf.tensor(data, [1, height, width, 3], 'int32')
      try {
        const { face, error } = await human.detect(tensor)
        if (error) throw new Error('the face library failed')
        return face.filter((f) => f.mesh.length >= 468).map(toFace)
      } finally {
        human.tf.dispose(tensor)
      }
    },
  }
}

const toFace = ({ box, boxScore, faceScore, mesh, rotation }: Found): Face => ({
  box: { left: box[0], top: box[1], width: box[2], height: box[3] },
  boxScore,
  meshScore: faceScore,
  mesh,
  // The library counts the other way round: in a picture that is not mirrored, a nose to the right is a head turned to its own left.
  yaw: -(rotation?.angle.yaw ?? 0) * DEGREES,
  pitch: (rotation?.angle.pitch ?? 0) * DEGREES,
  roll: (rotation?.angle.roll ?? 0) * DEGREES,
})
