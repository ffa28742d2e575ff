import type { Language } from '../../domain/kernel.ts'

/** The language of an answer: `lang` in the address, then the browser's order, then the account's, then Chinese. */
export function languageOf(query: unknown, accept: string | undefined, account: Language | undefined): Language {
  if (query === 'zh' || query === 'en') return query
  const wanted = (accept ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'zh' || tag === 'en')
  return wanted === 'zh' || wanted === 'en' ? wanted : (account ?? 'zh')
}
