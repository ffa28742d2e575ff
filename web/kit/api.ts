import { v7 as uuidv7 } from 'uuid'
import { language } from './language.ts'

/** A problem as the service tells it (RFC 9457): code, words in the reader's language, and every fault with its way out. */
export type Problem = {
  status: number
  code: string
  title: string
  detail?: string
  faults?: { path: string; code: string; message: string; wayOut?: string }[]
  reference?: string
  retryAfterSeconds?: number
  [more: string]: unknown
}
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

/** Which surface speaks: each has its own session and its own token against cross-site requests. */
export type Audience = 'public' | 'employer' | 'office' | 'card'
const tokens: Partial<Record<Audience, string>> = {}
export const rememberToken = (audience: Audience, token: string) => {
  tokens[audience] = token
}

/** A fresh id for one write; keep it for retries of the same press, so that a repeated send does nothing twice. */
export const newCommandId = (): string => uuidv7()

type Options = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal; raw?: BodyInit; type?: string }

/** One request to the service. Network down is a problem of its own (`offline`), so that screens can say that drafts are kept. */
export async function call<T>(audience: Audience, path: string, { method = 'GET', body, signal, raw, type }: Options = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language() }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (raw !== undefined) headers['content-type'] = type ?? 'application/octet-stream'
  if (method !== 'GET' && tokens[audience]) headers['x-csrf-token'] = tokens[audience]
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const answer = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    ...(payload === undefined ? {} : { body: payload }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiError({ status: 0, code: 'offline', title: 'offline' })
  })
  if (answer.status === 204) return undefined as T
  const json: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok) throw new ApiError(problemOf(answer, json))
  return json as T
}

const problemOf = (answer: Response, json: unknown): Problem => {
  const after = Number(answer.headers.get('retry-after'))
  const told = typeof json === 'object' && json !== null ? (json as Partial<Problem>) : {}
  return {
    ...told,
    status: answer.status,
    code: told.code ?? 'internal',
    title: told.title ?? answer.statusText,
    ...(after > 0 ? { retryAfterSeconds: after } : {}),
  }
}
