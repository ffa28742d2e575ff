/** Something an operator has to settle: one sentence that says what is wrong and the way out. Shown without a stack; anything else is our fault. */
export class Problem extends Error {
  override name = 'Problem'
}

/** Exit code of a program that ended with a `Problem`: starting it again as it is would not help (EX_CONFIG of sysexits). */
export const PROBLEM_EXIT = 78

const CODES: Readonly<Record<string, (what: string) => string>> = {
  EACCES: (what) => `${what} cannot be written: give it to the user that starts Laihua, or name another folder in LAIHUA_DATA.`,
  EPERM: (what) => `${what} cannot be written: give it to the user that starts Laihua, or name another folder in LAIHUA_DATA.`,
  EROFS: (what) => `${what} lies on a read-only disk: name another folder in LAIHUA_DATA.`,
  ENOSPC: (what) => `The disk of ${what} is full: free some space and start again. Nothing was lost.`,
  EDQUOT: (what) => `The disk quota of ${what} is used up: free some space and start again. Nothing was lost.`,
  ENOTDIR: (what) => `${what} is not a folder: move the file away, or name another folder in LAIHUA_DATA.`,
  EEXIST: (what) => `${what} is not a folder: move the file away, or name another folder in LAIHUA_DATA.`,
}

/** Turns a failure of the file system into a `Problem`; other errors come back as they are. */
export const fromFileError = (error: unknown, what: string): unknown => {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return Object.hasOwn(CODES, code) ? new Problem(CODES[code]!(what), { cause: error }) : error
}
