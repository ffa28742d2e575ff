import type { Day, Instant, Text } from '../../domain/kernel.ts'

/** Texts of law for one paper, as the policy pack gives them; lines may name values as `{placeholder}`, always whole phrases. */
export type PaperTexts = { title: Text; sections: { heading?: Text | undefined; lines: Text[] }[] }

/** A value that reads the same in both languages (a name as in the passport, a number), or one text for each. */
export type Value = string | Text

/**
 * One line of a two-language table. `strong` marks the lines that people must copy or compare (name and permit number on the Notice); two short
 * ones (`half`) that follow each other share a line.
 */
export type Fact = { label: Text; value: Value; show?: 'strong' | 'half' }

/** One numbered point: what it is about, then its lines (reason, law, way out). */
export type Point = { title: Text; lines: { label: Text; value: Value }[] }

/** Where a person signs or stamps by hand, or the issuing body has its digital seal. */
export type Place = { is: 'signature' | 'stamp'; label: Text } | { is: 'seal'; label: Text; name: Text; on: Text }

export type Column = { title: Text; share: number }

export type Block =
  /** Starts a sheet with a title of its own, signed together with the first (a commitment with the application form). */
  | { is: 'sheet'; title: Text }
  | { is: 'heading'; text: Text }
  | { is: 'paragraph'; text: Text }
  | { is: 'facts'; rows: Fact[] }
  | { is: 'points'; items: Point[] }
  | { is: 'table'; columns: Column[]; rows: Value[][] }
  | { is: 'places'; places: Place[] }

/** Papers that others are shown, and that therefore carry a code to ask whether they are real. */
export type CheckedKind = 'notice' | 'decision'
/** All other papers; they carry no code, so that a code means one of the two above and nothing else. */
export type PlainKind =
  | 'refusal'
  | 'acceptanceReceipt'
  | 'deficiencyNotice'
  | 'nonAcceptance'
  | 'extensionOfTime'
  | 'applicationForm'
  | 'employerApproval'
  | 'collectionReceipt'
  | 'cancellationCertificate'
  | 'letter'
  | 'healthCommitment'
  | 'salaryCommitment'
export type ModelKind = CheckedKind | PlainKind

/** The short address behind the QR; it comes from the configured public origin, never from a request (threat: hostile Host header). */
export type CheckMark = { url: string; caption: Text }

type Common = {
  title: Text
  number: string
  /** Who issues: the authority, or for forms and letters the employer. */
  issuer: Text
  /** Printed on each page; also the date inside the file, so that the same model gives the same bytes. */
  madeAt: Instant
  /** A demonstration database prints SPECIMEN 样本 across each page. */
  specimen: boolean
  blocks: Block[]
}
/** A paper as pure data: what stands on it, not how it looks. The same model always gives the same file. */
export type PaperModel = Common & ({ kind: CheckedKind; check: CheckMark } | { kind: PlainKind })

/** Why a paper cannot be made. None of them carries a person's data. */
export type PaperRefusal =
  | { code: 'unknownPlaceholder'; placeholder: string; language: keyof Text }
  | { code: 'brokenPlaceholder'; language: keyof Text }
  | { code: 'missingGlyph'; codePoint: string }
  | { code: 'characterNotAllowed'; codePoint: string }
  | { code: 'checkAddressUnusable' }
  | { code: 'paperTooLong'; pages: number }

/** A model, or the reason why there is none. */
export type PaperMade = { ok: true; model: PaperModel } | { ok: false; refusal: PaperRefusal }

/** What every builder needs beside the matter itself. */
export type PaperHead = { number: string; issuer: Text; issuedOn: Day; madeAt: Instant; specimen: boolean }
