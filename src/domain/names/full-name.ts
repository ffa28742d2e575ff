/** The parts of a passport name as a form holds them. A person with one name has only a surname. */
export type NameParts = {
  surname?: string | undefined
  givenNames?: string | undefined
  oneName?: boolean | undefined
  /** Name line of the passport's machine-readable zone, where it differs from the rule (DD-43). */
  mrzName?: string | undefined
}

const tidy = (part: string | undefined) =>
  (part ?? '')
    .normalize('NFC')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .trim()

/** The two identifiers as they count: composed, single spaces, no given names where the person has one name. */
export const identifiersOf = (name: NameParts): { surname: string; givenNames: string } => ({
  surname: tidy(name.surname),
  givenNames: name.oneName ? '' : tidy(name.givenNames),
})

/** The name as the passport shows it, primary identifier first; a person with one name has just that. Never upper-cased, cut or reordered. */
export const fullName = (name: NameParts): string => Object.values(identifiersOf(name)).filter(Boolean).join(' ')
