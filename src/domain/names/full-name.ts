type Name = { surname?: string | undefined; givenNames?: string | undefined; oneName?: boolean | undefined }

/** The name as the passport shows it, primary identifier first; a person with one name has just that. Never upper-cased, cut or reordered. */
export const fullName = ({ surname = '', givenNames = '', oneName }: Name): string => [surname, oneName ? '' : givenNames].map((s) => s.trim()).filter(Boolean).join(' ')
