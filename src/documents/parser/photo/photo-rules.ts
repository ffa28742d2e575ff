import * as z from 'zod'

const pixels = z.number().min(1)
const share = z.number().min(-1).max(2)
const light = z.number().min(0).max(255)

/**
 * The limits that a permit photo is measured by, as the policy pack names them (`photos`). Other values of the pack that no machine measures are let
 * through. Ratios are of the picture's height or width, angles in degrees, light on 0–255.
 */
export const PhotoRules = z.looseObject({
  format: z.literal('jpeg'),
  background: z.literal('white'),
  minWidthPx: pixels,
  minHeightPx: pixels,
  maxBytes: pixels,
  resizedWidthPx: pixels,
  resizedHeightPx: pixels,
  maxLongSidePx: pixels,
  aspectMin: share,
  aspectMax: share,
  boxScoreMin: share,
  faceScoreMin: share,
  crownFactor: share,
  centreXMax: share,
  headRatioMin: share,
  headRatioMax: share,
  topMarginMin: share,
  topMarginMax: share,
  chinMarginMin: share,
  rollMaxDegrees: z.number().min(0).max(45),
  yawMaxDegrees: z.number().min(0).max(45),
  eyesOpenMin: share,
  mouthOpenMax: share,
  sharpnessMin: z.number().min(0),
  sharpnessFaceWidthPx: pixels,
  faceLightMin: light,
  faceLightMax: light,
  overexposedLight: light,
  overexposedMax: share,
  sideLightDifferenceMax: light,
  colourMin: light,
  backgroundShareMin: share,
  backgroundLightMin: light,
  backgroundChromaMax: light,
  backgroundWhiteMin: share,
  backgroundDeviationMax: light,
})
/** What a pack gives; it is parsed where it is used, and a missing limit is a fault of the pack. */
export type PhotoRules = Record<string, number | string>
export type PhotoLimits = z.infer<typeof PhotoRules>
