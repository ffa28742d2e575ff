import { APOSTROPHES, HYPHENS, mrzLetters, SPACES } from './icao-letters.ts'

/** Places of the name field in the machine-readable zone of a passport (TD3). */
export const MRZ_PLACES = 39

/** One identifier in machine-readable letters: A to Z, words and hyphens parted by `<`, apostrophes left out (ICAO Doc 9303 part 3, section 4.6). */
export function mrzPart(part: string): string {
  let out = ''
  for (const letter of part.normalize('NFC')) {
    if (SPACES.test(letter) || HYPHENS.test(letter)) out += '<'
    else if (!APOSTROPHES.test(letter)) out += mrzLetters(letter)
  }
  return out.replace(/<+/g, '<').replace(/^<|<$/g, '')
}

/** The name field: primary identifier, `<<`, secondary identifier, filled to 39 places and cut from the right (DD-43). One name is an ordinary name. */
export function mrzName(surname: string, givenNames: string): { field: string; truncated: boolean } {
  const whole = [mrzPart(surname), mrzPart(givenNames)].filter(Boolean).join('<<')
  return { field: whole.slice(0, MRZ_PLACES).padEnd(MRZ_PLACES, '<'), truncated: whole.length > MRZ_PLACES }
}
