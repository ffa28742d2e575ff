const isMap = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x)

/**
 * Lays a pack over its parent: maps merge by key, everything else replaces; nothing can be taken away, only switched to its word for "no".
 * Own keys only, so that `__proto__` in a file is a key like any other and refused by the schema.
 */
export function overlay(base: unknown, local: unknown): unknown {
  if (!isMap(base) || !isMap(local)) return local
  const merged = new Map<string, unknown>(Object.entries(base))
  for (const [key, value] of Object.entries(local)) merged.set(key, merged.has(key) ? overlay(merged.get(key), value) : value)
  return Object.fromEntries(merged)
}

/** Overrides that say what their parent says: noise that hides the next change of the parent. The head and sources may repeat. */
export function idleOverrides(base: unknown, local: unknown, at = ''): string[] {
  if (isMap(base) && isMap(local)) {
    return Object.entries(local).flatMap(([key, value]) =>
      Object.hasOwn(base, key) && !(at === '' && key === 'pack') ? idleOverrides(base[key], value, at === '' ? key : `${at}.${key}`) : [],
    )
  }
  return !at.endsWith('.source') && JSON.stringify(base) === JSON.stringify(local) ? [at] : []
}
export { canonical } from './canonical.ts'
