import type { Db, Tx } from '../../db/db.ts'
import { dayOf } from '../../domain/kernel.ts'
import type { LoadedApplication } from '../../store/application.ts'
import type { SlotRules } from '../../store/blob/upload.ts'
import { rulesOf } from '../gather-world.ts'
import type { Tools } from '../tools.ts'
import type { UploadTools } from './upload-tools.ts'

/** What the pack of a filing accepts in a slot: the paper's form, or its translation, which is a document and never a photo. */
export async function findSlotRules(
  tools: UploadTools,
  db: Db | Tx,
  filing: LoadedApplication,
  slot: { code: string; form: string; translation: boolean },
): Promise<SlotRules | undefined> {
  const { published } = await rulesOf(tools as unknown as Tools, db, filing.state, filing, dayOf(tools.now()))
  const form = own(own(published.pack.materials, slot.code)?.forms, slot.form)
  if (!form) return undefined
  const { types, maxBytes, maxPages } = form.upload
  const profile = slot.translation ? undefined : form.photo
  const rules = profile === undefined ? undefined : own(published.pack.photos, profile)
  if (profile !== undefined && !rules) throw new Error(`photo rules ${profile} are named in the pack but not there`)
  return {
    types: [...types],
    maxBytes: Math.min(maxBytes, tools.uploads.maxBytes),
    maxPages,
    photo: profile !== undefined && rules ? { profile, rules } : null,
  }
}
const own = <T>(map: Record<string, T> | undefined, key: string): T | undefined => (map && Object.hasOwn(map, key) ? map[key] : undefined)
