import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

const Manifest = z.record(
  z.string(),
  z.strictObject({
    package: z.string().nullable(),
    file: z.string().regex(/^(models\/)?[a-z_]+\.(onnx|json|bin)$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    licence: z.string(),
    source: z.string(),
    use: z.string(),
  }),
)
const OWN_FOLDER = fileURLToPath(new URL('../../../models/', import.meta.url))

/** A model is missing or is not the one that was tested (threat OPS-7). A fault of the installation, never of a person's picture. */
export class ModelAltered extends Error {
  readonly code = 'modelAltered'
  constructor(model: string, cause?: unknown) {
    super(`model ${model} is missing or is not the one named in the manifest`, { cause })
  }
}

const packageFolder = (name: string): string => {
  let folder = dirname(createRequire(import.meta.url).resolve(name))
  while (!folder.endsWith(join(...name.split('/')))) {
    const above = dirname(folder)
    if (above === folder) throw new Error(`package ${name} is not installed`)
    folder = above
  }
  return folder
}

/**
 * The bytes of a model and its version (the first 16 hex digits of the SHA-256). Throws `ModelAltered` when a byte differs from the manifest.
 * Models that come with an npm package are read from there.
 */
export async function readModel(name: string, folder: string = OWN_FOLDER): Promise<{ bytes: Buffer; version: string }> {
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
    const entry = Object.hasOwn(manifest, name) ? manifest[name] : undefined
    if (!entry) throw new Error('not in the manifest')
    const bytes = await readFile(join(entry.package === null ? folder : packageFolder(entry.package), entry.file))
    const digest = createHash('sha256').update(bytes).digest('hex')
    if (digest !== entry.sha256) throw new Error(`its SHA-256 is ${digest}`)
    return { bytes, version: digest.slice(0, 16) }
  } catch (cause) {
    throw new ModelAltered(name, cause)
  }
}
