import type { EdgeCode } from '../../contract/problem.ts'

export type EdgeRefusal = {
  code: Extract<EdgeCode, 'bodyTooLarge' | 'mediaTypeNotAccepted' | 'invalidInput' | 'headersTooLarge' | 'requestTooSlow'> | 'notFound'
  faults?: readonly object[]
}

/** What the HTTP library found wrong with a request, as one of our codes; undefined when it is no fault of the sender. */
export function findEdgeRefusal({ code, statusCode }: { code?: string; statusCode?: number | undefined }): EdgeRefusal | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { code: 'bodyTooLarge' }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'mediaTypeNotAccepted' }
    case 'FST_ERR_MAX_PARAM_LENGTH':
    case 'FST_ERR_NOT_FOUND':
      return { code: 'notFound' }
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'headersTooLarge' }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'requestTooSlow' }
    default:
      // A body length that does not fit, a broken encoding, a line that is no HTTP: the sender's.
      return code?.startsWith('HPE_') || (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500)
        ? { code: 'invalidInput', faults: [] }
        : undefined
  }
}
