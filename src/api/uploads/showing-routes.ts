import { CropBody, CropProposalReply, PageParams, PageQuery, UploadParams, UploadReply } from '../../contract/uploads.ts'
import { cropPhoto, proposeCrop } from '../../service/uploads/crop-photo.ts'
import { openUpload, showUploadPage } from '../../service/uploads/read-upload.ts'
import { type Route, route } from '../route.ts'
import { readerOf, toolsOf, type UploadDoor } from './door.ts'
import { FILE_TYPES, fileReply, pictureReply } from './file-reply.ts'
import { base, example } from './upload-routes.ts'
import { answer } from './wire-refusal.ts'

const box = { left: 120, top: 0, width: 600, height: 800 }
const photo = {
  ...example,
  slot: 'M09',
  form: 'FILE',
  name: 'photo.jpg',
  photo: true,
  type: 'jpeg' as const,
  pages: 1,
  width: 600,
  height: 800,
}

/** The owner's file as an attachment, its pages as pictures, and the cut of a photo. */
export const showingRoutes = (door: UploadDoor): Route[] => [
  route({
    ...base,
    method: 'GET',
    path: '/api/employer/uploads/:id/file',
    purpose: 'ownFiling',
    limit: 'file',
    summary: { zh: '下载自己的文件', en: 'Download your own file' },
    params: UploadParams,
    reply: { file: Object.values(FILE_TYPES) },
    problems: ['invalidInput', 'notFound'],
    example: { params: { id: example.id } },
    handle: async (context, { params }) =>
      answer(
        await openUpload(toolsOf(door, context), context.tools.db, await door.scopeOf(context), params.id, readerOf(context)),
        fileReply,
      ),
  }),
  route({
    ...base,
    method: 'GET',
    path: '/api/employer/uploads/:id/pages/:page',
    purpose: 'ownFiling',
    limit: 'file',
    summary: { zh: '以图片显示一页', en: 'Show a page as a picture' },
    params: PageParams,
    query: PageQuery,
    reply: { file: [FILE_TYPES.png, FILE_TYPES.jpeg] },
    problems: ['invalidInput', 'notFound', 'uploadRefused', 'busy'],
    example: { params: { id: example.id, page: 1 }, query: { width: 1200, source: 'false' } },
    async handle(context, { params, query }) {
      const picture = await showUploadPage(
        toolsOf(door, context),
        context.tools.db,
        await door.scopeOf(context),
        params.id,
        { page: params.page, ...query },
        readerOf(context),
      )
      return answer(picture, (x) => pictureReply(x, params.page))
    },
  }),
  route({
    ...base,
    method: 'GET',
    path: '/api/employer/uploads/:id/crop',
    purpose: 'ownFiling',
    limit: 'upload',
    summary: { zh: '获取照片裁剪建议', en: 'Ask where a photo would be cut' },
    params: UploadParams,
    reply: CropProposalReply,
    problems: ['invalidInput', 'notFound', 'actionNotOpen', 'busy'],
    example: { params: { id: example.id }, reply: { box, width: 900, height: 800 } },
    handle: async (context, { params }) =>
      answer(await proposeCrop(toolsOf(door, context), await door.scopeOf(context), params.id), (x) => x),
  }),
  route({
    ...base,
    method: 'POST',
    path: '/api/employer/uploads/:id/crop',
    purpose: 'none',
    limit: 'upload',
    summary: { zh: '裁剪照片并重新检查', en: 'Cut a photo and have it checked again' },
    params: UploadParams,
    body: CropBody,
    reply: UploadReply,
    problems: ['invalidInput', 'notFound', 'actionNotOpen', 'uploadRefused', 'busy'],
    example: { params: { id: example.id }, body: { box }, reply: photo },
    handle: async (context, { params, body }) =>
      answer(await cropPhoto(toolsOf(door, context), await door.scopeOf(context), params.id, body.box), (x) => x),
  }),
]
