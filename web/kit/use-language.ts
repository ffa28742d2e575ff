import { useSyncExternalStore } from 'react'
import { type Language, language, onLanguage } from './language.ts'

/** The language now; the component draws anew when it changes. */
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, language)
