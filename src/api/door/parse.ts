import type * as z from 'zod'
import type { RuleCode } from './fault-text.ts'

/** One broken rule of an input: where, which, and the rule's own values. What was sent is never repeated. */
export type InputFault = { path: string; code: RuleCode; limit?: number; expected?: string }
const MOST_FAULTS = 100
const MOST_DEPTH = 32
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

const LONE = /\p{Surrogate}/u
const join = (path: string, key: string | number) => (path === '' ? String(key).slice(0, 80) : `${path}.${String(key).slice(0, 80)}`)
/** Printable, so that a hostile key cannot forge a line of a log or a reply. */
const printable = (path: string) => path.replace(/[^\p{L}\p{N}._-]/gu, '?')

/** Finds what no text column and no prototype should meet: NUL, lone surrogates, reserved keys, bottomless nesting. */
export function hiddenFaults(value: unknown, path = '', depth = 0, faults: InputFault[] = []): InputFault[] {
  if (faults.length >= MOST_FAULTS) return faults
  if (depth > MOST_DEPTH) faults.push({ path: printable(path.slice(0, 200)), code: 'tooDeep' })
  else if (typeof value === 'string') {
    if (value.includes('\u0000')) faults.push({ path: printable(path), code: 'nulCharacter' })
    if (LONE.test(value)) faults.push({ path: printable(path), code: 'loneSurrogate' })
  } else if (Array.isArray(value)) for (const [i, item] of value.entries()) hiddenFaults(item, join(path, i), depth + 1, faults)
  else if (value !== null && typeof value === 'object')
    for (const key of Object.keys(value)) {
      if (RESERVED.has(key)) faults.push({ path: printable(join(path, key)), code: 'reservedKey' })
      else if (key.includes('\u0000') || LONE.test(key)) faults.push({ path: printable(join(path, key)), code: 'reservedKey' })
      else hiddenFaults((value as Record<string, unknown>)[key], join(path, key), depth + 1, faults)
    }
  return faults
}

export type ParsedBody = { ok: true; value: unknown } | { ok: false; faults: InputFault[] }
/** Reads JSON from bytes: UTF-8 only, nothing hidden. An empty body is undefined. */
export function readJson(bytes: Buffer): ParsedBody {
  if (bytes.length === 0) return { ok: true, value: undefined }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const faults = hiddenFaults(value)
    return faults.length > 0 ? { ok: false, faults } : { ok: true, value }
  } catch {
    return { ok: false, faults: [{ path: '', code: 'notJson' }] }
  }
}
/** Reads the fields of a page without script; a field sent twice is a list, and so a fault where one was asked. */
export function readForm(bytes: Buffer): ParsedBody {
  const value: Record<string, string | string[]> = Object.create(null)
  const fields = new URLSearchParams(bytes.toString('utf8'))
  for (const key of new Set(fields.keys())) {
    const all = fields.getAll(key)
    value[key] = all.length === 1 ? all[0]! : all
  }
  const faults = hiddenFaults(value)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { ...value } }
}

/** Parses one part of a request by its schema; all faults at once. */
export function parseBy(schema: z.ZodType, value: unknown, at: string): { ok: true; value: unknown } | { ok: false; faults: InputFault[] } {
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, at)).slice(0, MOST_FAULTS) }
}

type Issue = z.core.$ZodIssue
const faultsOf = (issue: Issue, at: string): InputFault[] => {
  const path = printable(issue.path.reduce<string>((p, key) => join(p, typeof key === 'symbol' ? '?' : key), at))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: printable(join(path, key)), code: 'unknownKey' as const }))
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that came nearest tells most.
    const nearest = issue.errors.reduce((a, b) => (b.length < a.length ? b : a))
    if (nearest.length > 0) return nearest.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, at))
  }
  return [{ path, ...ruleOf(issue) }]
}
const ruleOf = (issue: Issue): Omit<InputFault, 'path'> => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? { code: 'required' } : { code: 'wrongType', expected: String(issue.expected) }
    case 'too_small': {
      const many = issue.origin === 'array' || issue.origin === 'set'
      return { code: issue.origin === 'string' ? 'tooShort' : many ? 'tooFew' : 'tooSmall', limit: Number(issue.minimum) }
    }
    case 'too_big': {
      const many = issue.origin === 'array' || issue.origin === 'set'
      return { code: issue.origin === 'string' ? 'tooLong' : many ? 'tooMany' : 'tooLarge', limit: Number(issue.maximum) }
    }
    case 'invalid_format':
      // Our own patterns carry their rule as message (`ISO 3166-1 alpha-3`); those of the library have a name.
      return {
        code: 'wrongFormat',
        expected: issue.format === 'regex' && !issue.message.startsWith('Invalid') ? issue.message : issue.format,
      }
    case 'invalid_value':
      return { code: 'notOffered', expected: issue.values.slice(0, 20).map(String).join(', ') }
    default:
      return { code: 'notAccepted' }
  }
}
