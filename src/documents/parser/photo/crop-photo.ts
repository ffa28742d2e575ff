import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { wipe } from '../../../identity/face/picture.ts'
import { type Clean, type Cut, type CutProposal, type Refused, refuse } from '../answers.ts'
import { MAX_PIXELS, typeOf } from '../inspect.ts'
import { onlyFaces, open } from './check-photo.ts'
import { cutAround } from './cut-around.ts'
import { faceModels } from './face-models.ts'
import { PhotoRules } from './photo-rules.ts'

/** Where a photo would be cut to meet the rules; nothing when it does not show exactly one face. */
export async function proposeCut(bytes: Uint8Array, given: PhotoRules): Promise<CutProposal | null> {
  const rules = PhotoRules.parse(given)
  const opened = await open(bytes)
  if (!opened) return null
  const { finder } = await faceModels()
  const faces = onlyFaces(await finder.find(opened.picture), rules)
  wipe(opened.picture.data)
  return faces.length === 1 ? cutAround(faces[0]!.mesh, opened.picture, opened.meta, rules) : null
}

/**
 * Cuts a photo and writes it as the pack wants it: JPEG of the proper size, no larger than allowed. A cut smaller than that is not enlarged, since the
 * smallest size is a rule about detail; the check of the result tells it.
 */
export async function cropPhoto(bytes: Uint8Array, cut: Cut, given: PhotoRules): Promise<Clean | Refused> {
  const rules = PhotoRules.parse(given)
  const type = typeOf(bytes)
  if (type !== 'jpeg' && type !== 'png') return refuse({ code: 'notThisType', measured: type ?? 'other', limit: 'jpeg, png' })
  const upright = await decode(bytes)
  if (!upright) return refuse({ code: 'unreadable' })
  const turned = await turn(upright, cut)
  if (!turned) return refuse({ code: 'cutOutside', limit: `${upright.info.width} × ${upright.info.height}` })
  for (const quality of [92, 85, 75, 60, 40]) {
    const { data, info } = await turned
      .clone()
      .resize({ width: rules.resizedWidthPx, height: rules.resizedHeightPx, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality, chromaSubsampling: '4:4:4' })
      .toBuffer({ resolveWithObject: true })
    if (data.length <= rules.maxBytes || quality === 40) {
      wipe(upright.data)
      return { ok: true, type: 'jpeg', bytes: new Uint8Array(data), pages: 1, width: info.width, height: info.height }
    }
  }
  throw new Error('unreachable: the last quality is always taken')
}

type Pixels = { data: Buffer; info: OutputInfo }
async function decode(bytes: Uint8Array): Promise<Pixels | undefined> {
  try {
    return await sharp(bytes, { failOn: 'truncated', limitInputPixels: MAX_PIXELS })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
  } catch {
    return undefined
  }
}

/** The part as a picture of its own; nothing when it is not within the picture. Corners that a turn uncovers are white. */
async function turn({ data, info }: Pixels, { left, top, width, height, rotate = 0 }: Cut): Promise<Sharp | undefined> {
  const numbers = [left, top, width, height, rotate]
  if (!numbers.every(Number.isFinite) || Math.abs(rotate) > 45 || width < 1 || height < 1) return undefined
  const part = { left: Math.round(left), top: Math.round(top), width: Math.round(width), height: Math.round(height) }
  if (part.left < 0 || part.top < 0 || part.left + part.width > info.width || part.top + part.height > info.height) return undefined
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels as 3 } }
  if (rotate === 0) return sharp(data, raw).extract(part)
  // Turned about the middle of the picture; the middle of the part moves along.
  const angle = (rotate * Math.PI) / 180
  const [dx, dy] = [part.left + part.width / 2 - info.width / 2, part.top + part.height / 2 - info.height / 2]
  const all = await sharp(data, raw).rotate(rotate, { background: '#ffffff' }).raw().toBuffer({ resolveWithObject: true })
  const x = all.info.width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle)
  const y = all.info.height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle)
  const inside = (at: number, size: number, whole: number) => Math.max(0, Math.min(whole - size, Math.round(at)))
  if (part.width > all.info.width || part.height > all.info.height) return undefined
  const moved = {
    ...part,
    left: inside(x - part.width / 2, part.width, all.info.width),
    top: inside(y - part.height / 2, part.height, all.info.height),
  }
  return sharp(all.data, { raw: { width: all.info.width, height: all.info.height, channels: all.info.channels as 3 } }).extract(moved)
}
