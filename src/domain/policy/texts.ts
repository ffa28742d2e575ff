import * as z from 'zod'
import { Day, Text } from '../kernel.ts'
import { Code, count, Source, some } from './rule.ts'
import { PaperKind } from './words.ts'

/**
 * The layout text of a paper that the office issues. Placeholders are whole phrases, `{validUntil}`; both languages use the same ones
 * (checked). `number` is the pattern of the paper's number with `{office}`, `{year}`, `{serial}`, and the same in both languages.
 */
export const Layout = z.strictObject({
  kind: PaperKind,
  title: Text,
  number: z.string().min(1).max(80),
  sections: some(z.strictObject({ heading: Text, lines: z.array(Text) })),
  source: Source,
})
export type Layout = z.infer<typeof Layout>

/** An answer quotes the values of the pack, `{{periods.CURE.length}}`, so that it cannot contradict the checks. */
export const FaqEntry = z.strictObject({ question: Text, answer: Text, source: Source })
export type FaqEntry = z.infer<typeof FaqEntry>

/** The authority as people find it (DD-57): `serviceAddress` for letters, windows with their place, hours and days of use. */
export const Authority = z.strictObject({
  name: Text,
  serviceAddress: Text.optional(),
  phone: z.string().min(3).max(40),
  site: z.url().optional(),
  windows: some(z.strictObject({ place: Text, hours: Text, from: Day, until: Day.optional(), source: Source.optional() })),
  source: Source,
})
export type Authority = z.infer<typeof Authority>

/** Bodies that people are sent to: where to get a paper, where to appeal, whom to ask about insurance. */
export const Institution = z.strictObject({
  kind: z.enum(['quarantine', 'credentialBody', 'exitEntry', 'insurance', 'reviewBody', 'court', 'notary', 'consular']),
  name: Text,
  place: Text.optional(),
  phone: z.string().min(3).max(40).optional(),
  site: z.url().optional(),
  source: Source,
})
export type Institution = z.infer<typeof Institution>

/** Values that every photo profile names; the limits of the machine's measurements stand beside them, each by its own name. */
const PHOTO_NEEDS = ['format', 'minWidthPx', 'minHeightPx', 'maxBytes', 'takenWithinMonths', 'background', 'headwear']
export const Photo = z
  .record(z.string().regex(/^[a-z][A-Za-z]{0,39}$/), z.union([z.number(), z.string().min(1)]))
  .refine((photo) => PHOTO_NEEDS.every((name) => Object.hasOwn(photo, name)), `a photo profile names ${PHOTO_NEEDS.join(', ')}`)
export type Photo = z.infer<typeof Photo>

/** What the window sees that was never uploaded, and how the medical report is measured on the day of the visit (DD-16, DD-31). */
export const Window = z.strictObject({
  papers: z.array(Code),
  medical: z.strictObject({ code: Code, months: count, issuers: some(z.string().min(1)), tooOld: Code, notDomestic: Code }).optional(),
  source: Source,
})
export type Window = z.infer<typeof Window>

export const Consent = z.strictObject({
  version: count,
  text: Text,
  basis: z.string().min(1),
  keeps: some(z.string().min(1)),
  source: Source,
})
export type Consent = z.infer<typeof Consent>
export const Retention = z.strictObject({
  amount: z.int().min(0),
  unit: z.enum(['hour', 'day', 'month', 'year']),
  after: z.enum(['taken', 'judged', 'ended', 'permitEnded']),
  source: Source,
})
export type Retention = z.infer<typeof Retention>
