import type * as z from 'zod'
import {
  CancelReply,
  ChunkQuery,
  ChunkReply,
  StartUploadBody,
  UploadParams,
  UploadReply,
  UploadsQuery,
  UploadsReply,
} from '../../contract/uploads.ts'
import { cancelUpload } from '../../service/uploads/end-upload.ts'
import { finishUpload } from '../../service/uploads/finish-upload.ts'
import { receiveChunk } from '../../service/uploads/receive-chunk.ts'
import { startUpload } from '../../service/uploads/start-upload.ts'
import { findUpload, listUploads } from '../../service/uploads/upload-view.ts'
import { type Route, route } from '../route.ts'
import { readPiece, toolsOf, type UploadDoor } from './door.ts'
import { answer } from './wire-refusal.ts'

const ID = '0199a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b'
const FILING = '0199a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1c'
export const base = { audience: 'employer', scope: 'employer', roles: ['handler', 'agencyStaff'], stepUp: false } as const
export const example: z.input<typeof UploadReply> = {
  id: ID,
  applicationId: FILING,
  slot: 'M01',
  form: 'SIGNED',
  translation: false,
  name: 'form.pdf',
  declared: 48_211,
  received: 48_211,
  chunkBytes: 1_048_576,
  state: 'stored',
  faults: [],
  checks: [],
  photo: false,
  type: 'pdf',
  pages: 3,
  bytes: 48_211,
  width: null,
  height: null,
  expiresAt: '2026-12-25T08:00:00Z',
}

/** Start, fill, finish, look at and throw away an upload. Each may be sent twice; after a reload the list tells where to go on. */
export const uploadRoutes = (door: UploadDoor): Route[] => [
  route({
    ...base,
    method: 'POST',
    path: '/api/employer/uploads',
    purpose: 'none',
    limit: 'upload',
    summary: { zh: '开始上传一个文件', en: 'Start an upload' },
    body: StartUploadBody,
    reply: UploadReply,
    problems: ['invalidInput', 'notFound', 'actionNotOpen', 'paperFormNotAccepted', 'uploadRefused', 'commandIdReused'],
    example: {
      body: {
        for: 'paper',
        id: ID,
        applicationId: FILING,
        slot: 'M01',
        form: 'SIGNED',
        translation: false,
        name: 'form.pdf',
        bytes: 48_211,
      },
      reply: { ...example, received: 0, state: 'receiving', type: null, pages: null, bytes: null },
    },
    handle: async (context, { body }) =>
      answer(await startUpload(toolsOf(door, context), await door.scopeOf(context), context.envelope(body.id), body), (x) => x),
  }),
  route({
    ...base,
    method: 'PUT',
    path: '/api/employer/uploads/:id/content',
    purpose: 'none',
    limit: 'upload',
    accepts: 'bytes',
    maxBytes: door.uploads.chunkBytes,
    summary: { zh: '上传文件的一段', en: 'Send a piece of an upload' },
    params: UploadParams,
    query: ChunkQuery,
    reply: ChunkReply,
    problems: ['invalidInput', 'notFound', 'actionNotOpen', 'uploadNotReady', 'bodyTooLarge', 'mediaTypeNotAccepted'],
    example: { params: { id: ID }, query: { offset: 0 }, reply: { received: 48_211, declared: 48_211 } },
    async handle(context, { params, query }) {
      const piece = await readPiece(context.bytes, door.uploads.chunkBytes)
      if (piece === 'tooLarge') return { ok: false, refusal: { code: 'bodyTooLarge' } }
      return answer(await receiveChunk(toolsOf(door, context), await door.scopeOf(context), params.id, query.offset, piece), (x) => x)
    },
  }),
  route({
    ...base,
    method: 'POST',
    path: '/api/employer/uploads/:id/finish',
    purpose: 'none',
    limit: 'upload',
    summary: { zh: '完成上传并检查文件', en: 'Finish an upload and have the file checked' },
    params: UploadParams,
    reply: UploadReply,
    problems: ['invalidInput', 'notFound', 'uploadNotReady', 'busy'],
    example: { params: { id: ID }, reply: example },
    handle: async (context, { params }) =>
      answer(await finishUpload(toolsOf(door, context), await door.scopeOf(context), params.id), (x) => x),
  }),
  route({
    ...base,
    method: 'DELETE',
    path: '/api/employer/uploads/:id',
    purpose: 'none',
    limit: 'upload',
    summary: { zh: '取消上传并销毁内容', en: 'Cancel an upload and destroy its content' },
    params: UploadParams,
    reply: CancelReply,
    problems: ['invalidInput', 'notFound', 'actionNotOpen'],
    example: { params: { id: ID }, reply: { id: ID } },
    handle: async (context, { params }) =>
      answer(await cancelUpload(toolsOf(door, context), await door.scopeOf(context), params.id), () => ({ id: params.id })),
  }),
  route({
    ...base,
    method: 'GET',
    path: '/api/employer/uploads/:id',
    purpose: 'ownFiling',
    limit: 'read',
    summary: { zh: '查看上传状态', en: 'See where an upload stands' },
    params: UploadParams,
    reply: UploadReply,
    problems: ['invalidInput', 'notFound'],
    example: { params: { id: ID }, reply: example },
    handle: async (context, { params }) =>
      answer(await findUpload(toolsOf(door, context), context.tools.db, await door.scopeOf(context), params.id), (x) => x),
  }),
  route({
    ...base,
    method: 'GET',
    path: '/api/employer/uploads',
    purpose: 'ownFiling',
    limit: 'read',
    summary: { zh: '列出一件申请的上传', en: 'List the uploads of a filing' },
    query: UploadsQuery,
    reply: UploadsReply,
    problems: ['invalidInput'],
    example: { query: { applicationId: FILING }, reply: { uploads: [example] } },
    handle: async (context, { query }) => ({
      uploads: await listUploads(toolsOf(door, context), context.tools.db, await door.scopeOf(context), query.applicationId),
    }),
  }),
]
