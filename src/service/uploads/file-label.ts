const MOST = 120
const ENDING = /\.[A-Za-z0-9]{1,8}$/

/**
 * What is kept of the name a browser sends: a label for people, never a path or an address (threat UPL-5). The last part of a path, without
 * control, direction and line characters, cut to 120 letters with its ending.
 */
export function fileLabel(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    // Controls, line and paragraph ends, direction overrides (a name may otherwise show as "…gpj.exe"), zero-width and replacement characters.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .split(/[\\/]/)
    .pop()!
    .trim()
    .replace(/^\.+/, '')
  if (clean === '') return 'file'
  const letters = [...clean]
  if (letters.length <= MOST) return clean
  const ending = ENDING.exec(clean)?.[0] ?? ''
  return letters.slice(0, MOST - ending.length).join('') + ending
}
