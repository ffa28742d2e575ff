/**
 * Canonical JSON text (RFC 8785): keys in the order of their UTF-16 code units, no white space, so that equal packs have equal hashes whatever order
 * their files were written in. Throws for what JSON cannot say exactly: a number that is not finite, a lone surrogate, a function.
 */
export function canonical(x: unknown): string {
  if (x === null || typeof x === 'boolean') return String(x)
  if (typeof x === 'number') {
    if (!Number.isFinite(x)) throw new TypeError('a number that is not finite has no canonical form')
    return JSON.stringify(x)
  }
  if (typeof x === 'string') {
    if (!x.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
    return JSON.stringify(x)
  }
  if (Array.isArray(x)) return `[${x.map(canonical).join(',')}]`
  if (typeof x === 'object') {
    const keys = Object.keys(x).filter((key) => (x as Record<string, unknown>)[key] !== undefined)
    return `{${keys
      .sort()
      .map((key) => `${canonical(key)}:${canonical((x as Record<string, unknown>)[key])}`)
      .join(',')}}`
  }
  throw new TypeError(`a ${typeof x} has no canonical form`)
}
