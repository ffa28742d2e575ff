import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'

const BINARY = /\.(png|jpe?g|webp|gif|ico|pdf|ttf|otf|woff2?|wasm|onnx|bin|gz|zip|mjpeg|traineddata)$/i

/** The project's own text files as git knows them, new ones included: path and text. */
export function projectFiles(): { path: string; text: string }[] {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  })
  if (listed.status !== 0) throw new Error(`git cannot list the files: ${listed.stderr || listed.error}`)
  return listed.stdout
    .split('\0')
    .filter(
      (path) =>
        path !== '' && !BINARY.test(path) && path !== 'package-lock.json' && existsSync(path) && statSync(path).size < 2 * 1024 ** 2,
    )
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}
