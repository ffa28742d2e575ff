import { nameOfCodePoint } from './fonts.ts'
import type { PaperRefusal } from './model.ts'

/** Joiners are allowed only between letters of scripts that need them (Persian, Indic). */
const JOINED = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Sinhala}]\p{M}*[\u200c\u200d]/gu
/** Controls, invisible format characters (bidi controls, zero width), lone surrogates, private use, unassigned. */
const REFUSED = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u115f\u1160\u3164\uffa0]/u

/**
 * Text as it will be drawn: canonical composition (the same visible text), line ends as `\n`, tabs as spaces. A character that draws nothing or
 * moves its neighbours is refused by name (`characterNotAllowed`), so that two papers that look the same are the same.
 */
export const drawable = (text: string): { ok: true; text: string } | { ok: false; refusal: PaperRefusal } => {
  const clean = text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, '    ')
  const found = REFUSED.exec(clean.replace(JOINED, '').replaceAll('\n', ''))
  return found ? { ok: false, refusal: { code: 'characterNotAllowed', codePoint: nameOfCodePoint(found[0]) } } : { ok: true, text: clean }
}
