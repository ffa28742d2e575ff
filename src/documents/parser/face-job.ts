import { loadFaceMatcher } from '../../identity/face/embedding.ts'
import { loadFaceFinder } from '../../identity/face/face-finder.ts'
import type { FaceVerdict } from '../../identity/face/judge-attempt.ts'
import { type Attempt, type FaceTools, judgeFrames } from '../../identity/face/judge-frames.ts'
import { FaceSettings } from '../../identity/face/settings.ts'

let loaded: Promise<Omit<FaceTools, 'settings'>> | undefined
const load = async (): Promise<Omit<FaceTools, 'settings'>> => ({
  finder: await loadFaceFinder({ eyelids: true }),
  matcher: await loadFaceMatcher(),
})

/** Judges an attempt with models loaded once in this process. */
export async function judgeAttemptFrames({ settings, ...attempt }: Attempt & { settings: unknown }): Promise<FaceVerdict> {
  loaded ??= load()
  return judgeFrames({ ...(await loaded), settings: FaceSettings.parse(settings) }, attempt)
}
