import * as z from 'zod'
import { Day, Text } from '../domain/kernel.ts'
import { ItemCard } from './employer.ts'

export const HomeReply = z.object({
  service: Text,
  demo: z.boolean(),
  authorities: z.array(z.object({ jurisdiction: z.string(), name: Text })),
  /** Not shown from fewer than twenty cases. */
  times: z.object({ decided: z.int(), medianWorkingDays: z.int().nullable(), ninthWorkingDays: z.int().nullable(), from: Day, until: Day }),
})
export const FaqReply = z.object({
  jurisdiction: z.string(),
  authority: Text,
  entries: z.array(z.object({ code: z.string(), question: Text, answer: Text, source: z.string() })),
})
export const GuidesReply = z.object({ items: z.array(ItemCard) })
export const TimesReply = z.object({
  items: z.array(
    z.object({
      item: z.string(),
      title: Text,
      decided: z.int(),
      medianWorkingDays: z.int().nullable(),
      ninthWorkingDays: z.int().nullable(),
      periods: z.array(z.object({ text: Text, length: Text, source: z.string() })),
    }),
  ),
  from: Day,
  until: Day,
})
export const HelpReply = z.object({
  page: z.string(),
  title: z.string(),
  html: z.string(),
  pages: z.array(z.object({ page: z.string(), title: z.string() })),
})
