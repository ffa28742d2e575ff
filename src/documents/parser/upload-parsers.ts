import type { Accept, Busy, Clean, Cut, PageImage, PhotoCheck, Refused } from './answers.ts'
import type { PhotoRules } from './photo/photo-rules.ts'
import { isBusy, type Parsers } from './pool.ts'

/** All parsers are at work and enough others wait: the request can be sent again after `retryAfterSeconds` (HTTP 503, Retry-After). */
export class ParsersBusy extends Error {
  readonly code = 'busy'
  readonly retryAfterSeconds: number
  constructor({ retryAfterSeconds }: Busy) {
    super('all parsers are busy')
    this.retryAfterSeconds = retryAfterSeconds
  }
}
const free = <T>(answer: T | Busy): T => {
  if (isBusy(answer)) throw new ParsersBusy(answer)
  return answer
}

/** The parsers as uploads use them: with one pixel limit for all, and busy as an exception, since it is no verdict on the file. */
export const uploadParsers = (parsers: Parsers, { maxPixels }: { maxPixels: number }) => ({
  inspect: async (bytes: Uint8Array, accept: Accept): Promise<Clean | Refused> =>
    free(await parsers.inspect(bytes, { maxPixels, ...accept })),
  checkPhoto: async (bytes: Uint8Array, rules: PhotoRules): Promise<PhotoCheck[]> => free(await parsers.checkPhoto(bytes, rules)).checks,
  proposeCrop: async (bytes: Uint8Array, rules: PhotoRules) => free(await parsers.proposeCut(bytes, rules)) ?? undefined,
  cropPhoto: async (bytes: Uint8Array, box: Cut, rules: PhotoRules): Promise<Clean | Refused> =>
    free(await parsers.cropPhoto(bytes, box, rules)),
  renderPage: async (bytes: Uint8Array, page: number, width: number): Promise<PageImage | Refused> =>
    free(await parsers.renderPage(bytes, page, width)),
})
