import { readFileSync, statSync } from 'node:fs'
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml'

/** A YAML file with its data and a way back from a path of keys to a line (from 1), as near as the file has it. */
export type YamlFile = { file: string; data: Record<string, unknown>; lineOf: (path: PropertyKey[]) => number | undefined }

// Larger than any policy file by a factor of ten: beyond it somebody tries something (threat POL-2).
const MAX_BYTES = 1_000_000
const MAX_DEPTH = 20

/** Why a file is not read; always with the line where it is known. */
export class YamlRefused extends Error {}

/**
 * Reads one YAML 1.2 file of plain data: size and depth limited, every key once and a string, no aliases, anchors, tags or merge keys (threat POL-2),
 * UTF-8 without NUL. The top is a map.
 */
export function readYamlFile(file: string): YamlFile {
  if (statSync(file).size > MAX_BYTES) throw new YamlRefused(`${file}: larger than ${MAX_BYTES} bytes`)
  const bytes = readFileSync(file)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new YamlRefused(`${file}: not UTF-8`, { cause })
  }
  if (text.includes('\0')) throw new YamlRefused(`${file}: has a NUL character`)
  const lines = new LineCounter()
  const doc = parseDocument(text, { version: '1.2', schema: 'core', strict: true, uniqueKeys: true, stringKeys: true, lineCounter: lines })
  const refuse = (offset: number | undefined, why: string): never => {
    throw new YamlRefused(`${file}:${lines.linePos(offset ?? 0).line}: ${why}`)
  }
  const first = doc.errors[0] ?? doc.warnings[0]
  if (first) refuse(first.pos[0], first.message.split('\n')[0] ?? 'not YAML')
  visit(doc, {
    Alias: (_, node) => refuse(node.range?.[0], `an alias (*${node.source}) is not allowed`),
    Node: (_, node, path) => {
      if ('anchor' in node && node.anchor) refuse(node.range?.[0], `an anchor (&${node.anchor}) is not allowed`)
      if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) refuse(node.range?.[0], `a tag (${node.tag}) is not allowed`)
      if (path.length > MAX_DEPTH * 2) refuse(node.range?.[0], `deeper than ${MAX_DEPTH} levels`)
      if (isScalar(node) && typeof node.value === 'string' && !node.value.isWellFormed()) refuse(node.range?.[0], 'a broken character')
    },
  })
  if (!isMap(doc.contents)) refuse(0, 'the top of the file must be a map')
  const data = doc.toJS({ maxAliasCount: 0 }) as Record<string, unknown>
  return { file, data, lineOf: (path) => lineOf(doc.contents, path, lines) }
}

/** Follows a path of keys; where the file stops knowing it, the answer is `undefined`. */
function lineOf(top: unknown, path: PropertyKey[], lines: LineCounter): number | undefined {
  let at: unknown = top
  let place: Node | undefined
  for (const key of path) {
    if (isMap(at)) {
      const pair = at.items.find((p) => isScalar(p.key) && String(p.key.value) === String(key))
      if (!pair || !isNode(pair.key)) return undefined
      place = pair.key
      at = pair.value
    } else if (isSeq(at) && isNode(at.items[Number(key)])) {
      at = at.items[Number(key)]
      place = at as Node
    } else return undefined
  }
  return place?.range ? lines.linePos(place.range[0]).line : undefined
}
