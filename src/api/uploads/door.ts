import type { Readable } from 'node:stream'
import type { UploadParsers } from '../../service/uploads/parsers.ts'
import type { Reader } from '../../service/uploads/read-upload.ts'
import type { UploadLimits, UploadTools } from '../../service/uploads/upload-tools.ts'
import type { EmployerScope } from '../../store/blob/upload.ts'
import type { RequestContext } from '../route.ts'

/** What these routes need beside the tools of every route; given once when the list is made. */
export type UploadDoor = { parsers: UploadParsers; uploads: UploadLimits; scopeOf: (context: RequestContext) => Promise<EmployerScope> }

export const toolsOf = (door: UploadDoor, context: RequestContext): UploadTools => ({
  ...context.tools,
  now: () => context.at,
  parsers: door.parsers,
  uploads: door.uploads,
})
export const readerOf = (context: RequestContext): Reader => ({
  envelope: { actor: actorOf(context), at: context.at, requestId: context.requestId },
  purpose: context.purpose,
})

/** A handler's whole unit. An agency sees what its mandate names; without a mandate at hand that is nothing. */
export const ownUnit = async (context: RequestContext): Promise<EmployerScope> => {
  const { employerId, role } = actorOf(context)
  if (!employerId) throw new Error('a route with the scope employer met an actor without one')
  return { kind: 'employer', employerId, ...(role === 'handler' ? {} : { mandateItems: [] }) }
}
const actorOf = ({ actor }: RequestContext) => {
  if (!actor) throw new Error('a route with roles met nobody')
  return actor
}

/** Reads a piece into memory, and stops at the first byte too many. */
export async function readPiece(bytes: Readable | undefined, most: number): Promise<Buffer | 'tooLarge'> {
  const pieces: Uint8Array[] = []
  let seen = 0
  for await (const piece of bytes ?? []) {
    seen += (piece as Uint8Array).length
    if (seen > most) return 'tooLarge'
    pieces.push(piece as Uint8Array)
  }
  return Buffer.concat(pieces)
}
