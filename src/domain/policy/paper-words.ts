import * as z from 'zod'

/** Closed sets about a paper: who issued it, who signed it, what it shows, in which language it is. */
export const Issuer = z.enum(['police', 'court', 'mission', 'exitEntry', 'quarantine', 'formerEmployer', 'newspaper', 'talentAuthority'])
export type Issuer = z.infer<typeof Issuer>
export const Signer = z.enum(['person', 'employer', 'issuer', 'legalRepresentative'])
export type Signer = z.infer<typeof Signer>
export const Shown = z.enum(['place', 'work', 'pay', 'period', 'position', 'signatures', 'entries', 'passportNumber', 'permitNumber'])
export type Shown = z.infer<typeof Shown>
export const PaperLanguage = z.enum(['zh', 'any'])
export type PaperLanguage = z.infer<typeof PaperLanguage>
