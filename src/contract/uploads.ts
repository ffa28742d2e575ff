import * as z from 'zod'
import { FileCheck, Id } from './common.ts'

/** Uploads of the employer's side: started with an id of the sender's making, filled by pieces, finished, and shown. */
export const StartUploadBody = z
  .discriminatedUnion('for', [
    z.strictObject({
      for: z.literal('paper'),
      id: Id,
      applicationId: Id,
      slot: z.string().min(1).max(40),
      form: z.string().min(1).max(40),
      translation: z.boolean(),
      name: z.string().max(1000),
      bytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    }),
    z.strictObject({ for: z.literal('seal'), id: Id, name: z.string().max(1000), bytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  ])
  .meta({
    description: 'For a paper of a filing, or for the picture of a seal. Sent twice with the same id it answers with what is there.',
  })
export type StartUploadBody = z.infer<typeof StartUploadBody>

const Value = z.union([z.string(), z.number()])
export const UploadFault = z.object({ code: z.string(), measured: Value.optional(), limit: Value.optional() })
export const UploadReply = z.object({
  id: Id,
  applicationId: Id.nullable(),
  slot: z.string(),
  form: z.string().nullable(),
  translation: z.boolean(),
  name: z.string(),
  declared: z.int(),
  received: z.int(),
  /** The largest piece; the smallest is a sixteenth of it, but for the last one. */
  chunkBytes: z.int(),
  state: z.enum(['receiving', 'stored', 'refused', 'attached', 'cancelled']),
  faults: z.array(UploadFault),
  checks: z.array(FileCheck),
  photo: z.boolean(),
  type: z.enum(['pdf', 'jpeg', 'png']).nullable(),
  pages: z.int().nullable(),
  bytes: z.int().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  expiresAt: z.iso.datetime().nullable(),
})
export type UploadReply = z.infer<typeof UploadReply>
export const UploadsQuery = z.strictObject({ applicationId: Id })
export const UploadsReply = z.object({ uploads: z.array(UploadReply) })
export const UploadParams = z.strictObject({ id: Id })
/** Where a piece begins. The piece itself is the body, `application/octet-stream`. */
export const ChunkQuery = z.strictObject({ offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })
export const ChunkReply = z.object({ received: z.int(), declared: z.int() })
export const CancelReply = z.object({ id: Id })

const side = z.int().min(1).max(20_000)
const edge = z.int().min(0).max(20_000)
export const Box = z.strictObject({ left: edge, top: edge, width: side, height: side })
export const CropProposalReply = z.object({ box: Box.nullable(), width: z.int(), height: z.int() })
export const CropBody = z.strictObject({ box: Box })
export const PageParams = z.strictObject({ id: Id, page: z.coerce.number().int().min(1).max(1000) })
export const PageQuery = z.strictObject({
  width: z.coerce.number().int().min(40).max(2400).default(1200),
  /** The photo as sent, under the frame of a crop. */
  source: z
    .enum(['true', 'false'])
    .default('false')
    .transform((x) => x === 'true'),
})
