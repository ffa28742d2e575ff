import type { FileType, PhotoCheck, PhotoRules, UploadFault } from '../../store/blob/upload.ts'

/** A part of a picture in its own pixels. */
export type Box = { left: number; top: number; width: number; height: number }
/** A file that was decoded whole and written anew, without what does not belong to the picture or pages. */
export type Clean = { ok: true; type: FileType; bytes: Uint8Array; pages: number; width: number | null; height: number | null }

/**
 * What uploads need from the parsers of foreign bytes. They run in processes of their own, without database and keys (threat UPL-3), and answer
 * with every fault at once. A parser that dies or takes too long is a fault of the file, not an exception.
 */
export type UploadParsers = {
  inspect(
    bytes: Uint8Array,
    accept: { types: FileType[]; maxBytes: number; maxPages: number },
  ): Promise<Clean | { ok: false; faults: UploadFault[] }>
  checkPhoto(bytes: Uint8Array, rules: PhotoRules): Promise<PhotoCheck[]>
  /** Where a photo would be cut to meet the rules; nothing when no face is found. */
  proposeCrop(bytes: Uint8Array, rules: PhotoRules): Promise<{ box: Box; width: number; height: number } | undefined>
  cropPhoto(bytes: Uint8Array, box: Box, rules: PhotoRules): Promise<Clean | { ok: false; faults: UploadFault[] }>
  renderPage(
    bytes: Uint8Array,
    page: number,
    width: number,
  ): Promise<{ ok: true; type: 'png' | 'jpeg'; bytes: Uint8Array } | { ok: false; faults: UploadFault[] }>
}
