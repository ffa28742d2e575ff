export type Language = 'zh' | 'en'
const KEY = 'laihua.language'
const listeners = new Set<() => void>()

/** The language in the address wins, then the one chosen before, then the browser's. */
const first = (): Language => {
  const asked = new URLSearchParams(location.search).get('lang')
  if (asked === 'zh' || asked === 'en') return asked
  const kept = localStorage.getItem(KEY)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
let current: Language = first()
document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en'

export const language = (): Language => current
/** Switches the language everywhere: kept in the browser and in the address, so that a link opens as its sender saw it. */
export function setLanguage(next: Language): void {
  current = next
  localStorage.setItem(KEY, next)
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  const address = new URL(location.href)
  address.searchParams.set('lang', next)
  history.replaceState(history.state, '', address)
  for (const tell of listeners) tell()
}
export const onLanguage = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
/** Picks the reader's language of a text of law or policy. */
export const inLanguage = (text: { zh: string; en: string }): string => text[current]
