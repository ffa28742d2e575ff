import type { FaultCode } from '../answers.ts'
import { isDict, isName, type PdfDict, type PdfValue } from './lexer.ts'
import type { PdfObject } from './read-objects.ts'

export type ActiveCode = Extract<FaultCode, 'encrypted' | 'script' | 'launches' | 'embeddedFile' | 'formFields' | 'richMedia'>
/** Told in this order; one reason each. */
const ORDER: readonly ActiveCode[] = ['encrypted', 'script', 'launches', 'embeddedFile', 'formFields', 'richMedia']

/** Keys that only active content has (ISO 32000-1, 12.6 and 7.11; ISO 32000-2, 13.7). */
const KEYS: Readonly<Record<string, ActiveCode>> = {
  JS: 'script',
  JavaScript: 'script',
  EmbeddedFiles: 'embeddedFile',
  EF: 'embeddedFile',
  XFA: 'formFields',
  RichMediaContent: 'richMedia',
  RichMediaSettings: 'richMedia',
}
/** Names that a type, subtype or action has; they count wherever they stand, since they may be referred to. */
const NAMES: Readonly<Record<string, ActiveCode>> = {
  JavaScript: 'script',
  Launch: 'launches',
  GoToE: 'launches',
  GoToR: 'launches',
  ImportData: 'launches',
  SubmitForm: 'launches',
  EmbeddedFile: 'embeddedFile',
  FileAttachment: 'embeddedFile',
  RichMedia: 'richMedia',
  RichMediaExecute: 'richMedia',
  Rendition: 'richMedia',
  Movie: 'richMedia',
  Sound: 'richMedia',
}
/** Keys whose value is a word of its own kind, never an action or type: a font may be called `Launch`. */
const HARMLESS: ReadonlySet<string> = new Set(['BaseFont', 'FontName', 'Name', 'Title', 'Nm'])

/** The active or attached things in a file, one code each (threat UPL-1). A form that holds nothing but signatures is a signed paper, no form. */
export function findActive(objects: readonly PdfObject[], trailers: readonly PdfDict[]): ActiveCode[] {
  const found = new Set<ActiveCode>()
  if (trailers.some(({ dict }) => given(dict, 'Encrypt'))) found.add('encrypted')
  let form = false
  let signatures = 0
  let fields = 0
  const walk = (value: PdfValue, key: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, key)
    else if (isName(value)) {
      const code = Object.hasOwn(NAMES, bare(value.name)) && !HARMLESS.has(key) ? NAMES[bare(value.name)] : undefined
      if (code) found.add(code)
      if (key === 'FT') bare(value.name) === 'Sig' ? signatures++ : fields++
    } else if (isDict(value)) {
      if (isName(value.dict.get('Type'), 'XRef') && given(value.dict, 'Encrypt')) found.add('encrypted')
      for (const [written, inner] of value.dict) {
        const name = bare(written)
        if (Object.hasOwn(KEYS, name) && inner !== null) found.add(KEYS[name]!)
        if (name === 'AcroForm' && inner !== null) form = true
        walk(inner, name)
      }
    }
  }
  for (const { value } of objects) walk(value, '')
  for (const trailer of trailers) walk(trailer, '')
  if (fields > 0 || (form && signatures === 0)) found.add('formFields')
  return ORDER.filter((code) => found.has(code))
}
const given = (dict: PdfDict['dict'], key: string): boolean => [...dict].some(([name, value]) => bare(name) === key && value !== null)
/** Without the mark of a key given twice; also ends a name at a NUL, as some readers do. */
const bare = (name: string): string => name.split('\0', 1)[0]!
