const isMap = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x)

/** Maps merge by key, everything else replaces; nothing can be taken away, only switched to its word for "no". */
export const overlay = (base: unknown, local: unknown): unknown =>
  !isMap(base) || !isMap(local)
    ? local
    : Object.fromEntries(
        [...new Set([...Object.keys(base), ...Object.keys(local)])].map((k) => [
          k,
          k in local ? (k in base ? overlay(base[k], local[k]) : local[k]) : base[k],
        ]),
      )

/** An override that says what its parent says is noise and hides the next change of the parent. */
export function idleOverrides(base: unknown, local: unknown, at = ''): string[] {
  if (isMap(base) && isMap(local))
    return Object.entries(local).flatMap(([k, v]) => (k in base ? idleOverrides(base[k], v, `${at}/${k}`) : []))
  return JSON.stringify(base) === JSON.stringify(local) && !/\/(pack\/|source$)/.test(at) ? [at] : []
}

/** Canonical JSON text: keys in order, so that equal packs have equal hashes. */
export const canonical = (x: unknown): string =>
  Array.isArray(x)
    ? `[${x.map(canonical).join(',')}]`
    : isMap(x)
      ? `{${Object.keys(x)
          .filter((k) => x[k] !== undefined)
          .sort()
          .map((k) => `${JSON.stringify(k)}:${canonical(x[k])}`)
          .join(',')}}`
      : JSON.stringify(x)
