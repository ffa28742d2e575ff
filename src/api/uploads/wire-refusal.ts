import type { UploadOutcome, UploadRefusal } from '../../service/uploads/upload-tools.ts'
import type { Answer, AnyRefusal } from '../route.ts'

/** A reason of this room in the words that the interface already has; details (`received`, `least`, `most`) travel with the problem. */
function onTheWire(refusal: AnyRefusal | UploadRefusal): AnyRefusal {
  switch (refusal.code) {
    case 'uploadOffset':
      return withDetails({ code: 'uploadNotReady' }, { received: refusal.received })
    case 'uploadChunkSize':
      return withDetails(
        { code: 'invalidInput' },
        { faults: [{ path: 'body', code: 'notAccepted' }], least: refusal.least, most: refusal.most },
      )
    case 'uploadQuota':
      return { code: 'uploadRefused', faults: [{ code: refusal.of === 'files' ? 'tooMany' : 'tooLarge', limit: refusal.limit }] }
    case 'uploadIdTaken':
      return { code: 'commandIdReused' }
    case 'pageNotThere':
      return { code: 'notFound' }
    default:
      return refusal
  }
}
const withDetails = (refusal: AnyRefusal, details: object): AnyRefusal => Object.assign(refusal, details)

/** The outcome of a use case as a handler answers it. */
export const answer = <T, V = T>(outcome: UploadOutcome<T>, shape: (value: T) => V): Answer<V> =>
  outcome.ok ? { ok: true, value: shape(outcome.value) } : { ok: false, refusal: onTheWire(outcome.refusal) }
