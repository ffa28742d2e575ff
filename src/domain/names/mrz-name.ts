/** Transliteration of Latin letters by ICAO Doc 9303 part 3, section 6; what is not listed loses its marks by canonical decomposition. */
const ICAO: Readonly<Record<string, string>> = {
  Ä: 'AE', Å: 'AA', Æ: 'AE', Ö: 'OE', Ø: 'OE', Œ: 'OE', Ü: 'UE', ß: 'SS', ẞ: 'SS', Þ: 'TH', Ð: 'D', Đ: 'D', Ħ: 'H', ı: 'I', Ł: 'L', Ŋ: 'N', Ŧ: 'T', ĸ: 'Q', Ĳ: 'IJ',
  А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', Ё: 'E', Ж: 'ZH', З: 'Z', И: 'I', Й: 'I', К: 'K', Л: 'L', М: 'M', Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S', Т: 'T', У: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH', Щ: 'SHCH', Ъ: 'IE', Ы: 'Y', Ь: '', Э: 'E', Ю: 'IU', Я: 'IA',
}
const LENGTH = 39

/** One identifier in machine-readable letters: A–Z, words parted by `<`, apostrophes left out, hyphens as `<`. */
export function mrzPart(part: string): string {
  let out = ''
  for (const letter of part.normalize('NFC').toUpperCase()) {
    const known = ICAO[letter]
    if (known !== undefined) out += known
    else if (/['’ʼ`´.,]/.test(letter)) continue
    else if (/[\s\-‐-―]/.test(letter)) out += '<'
    else out += letter.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^A-Z]/g, '')
  }
  return out.replace(/<+/g, '<').replace(/^<|<$/g, '')
}

/** The name field of the passport's machine-readable zone: 39 places, filled with `<`, cut from the right (ICAO Doc 9303 part 3, DD-43). */
export function mrzName(surname: string, givenNames: string): { field: string; truncated: boolean } {
  const whole = [mrzPart(surname), mrzPart(givenNames)].filter(Boolean).join('<<')
  return { field: whole.slice(0, LENGTH).padEnd(LENGTH, '<'), truncated: whole.length > LENGTH }
}
