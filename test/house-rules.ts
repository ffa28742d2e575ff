import { isTest } from './imports.ts'

const GENERATED = /(^|\/)generated\/|\.generated\./
export const LONG = 200
export const TOO_LONG = 400

/** Places that a pack may name and code may not. The legal time zone (Asia/Shanghai, Beijing time, 北京时间) is a name of its own. */
const PLACES = /Guangzhou|Beijing(?! time)|Shenzhen|Guangdong|(?<!Asia\/)Shanghai|Hainan|广州|北京(?!时间)|深圳|广东|上海|海南/
/** A number of days or months beside a word of law, which belongs into a pack. */
const LITERAL_LAW =
  /\b(?:within|after|before|for|least|most)?(?:working|calendar|natural)Days?\s*[:=]\s*\d|\badd(?:Working)?Days\([^()]*,\s*-?(?:[2-9]|\d{2,})\)/i
/** Where this was written and by whom is nobody's business: addresses of the workshop, of package registries, of helpers. Written in pieces for this file's own sake. */
const WORKSHOP = new RegExp(
  [
    '/wo' + 'rk/',
    'shar' + 'ed/(design|style|settled|threats|dependencies|domain)',
    'registry\\.np' + 'mjs',
    'npm' + 'mirror',
    'artifact' + 'ory',
    '\\bClau' + 'de\\b',
    '\\bGP' + 'T\\b',
    '\\bLL' + 'M\\b',
    'AI (agent|assistant|session)',
  ].join('|'),
  'i',
)

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '$1')

const linesWith = (text: string, pattern: RegExp) =>
  text.split('\n').flatMap((line, i) => (pattern.test(line) ? [{ at: i + 1, found: pattern.exec(line)![0] }] : []))

/** What one file breaks of the rules of the house, as sentences. `items` are the codes of business items in any pack. */
export function findFaults(path: string, text: string, items: readonly string[]): string[] {
  const faults = linesWith(text, WORKSHOP).map(({ at }) => `${path}:${at}: names the workshop`)
  if (!/\.tsx?$/.test(path)) return faults
  const length = text.split('\n').length - 1
  if (!GENERATED.test(path) && length > TOO_LONG) faults.push(`${path}: ${length} lines; ${TOO_LONG} never`)
  if (path.startsWith('src/') && !isTest(path)) {
    const code = withoutComments(text)
    for (const { at, found } of linesWith(code, PLACES)) faults.push(`${path}:${at}: names ${found}; places belong into a pack`)
    const item = new RegExp(`['"\`](${items.join('|')})['"\`]`)
    if (items.length > 0)
      for (const { at, found } of linesWith(code, item)) faults.push(`${path}:${at}: names the item ${found}; items belong into a pack`)
    if (/^src\/(domain|service|tasks)\//.test(path))
      for (const { at, found } of linesWith(code, LITERAL_LAW))
        faults.push(`${path}:${at}: ${found.trim()} reads like law; periods belong into a pack`)
    if (/\b(utils?|helpers?|misc|common)(\.ts|\/)/.test(path.slice(4)) && !path.startsWith('src/contract/'))
      faults.push(`${path}: a name that says nothing`)
  }
  if (isTest(path) && linesWith(text, /\b(it|test|describe)\.(only|skip|todo)\(/).length > 0)
    faults.push(`${path}: a test is left out or alone`)
  return faults
}
