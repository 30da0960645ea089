import { z } from 'zod'
import { Figures } from './reconciliation'

/** A call that would go out. What only the target's answer will say stands in it in angle brackets: ⟨ID of header⟩. */
export const Foreseen = z.object({
  step: z.string(),
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  body: z.unknown(),
})
export type Foreseen = z.infer<typeof Foreseen>

export const ForeseenWrite = z.object({
  op: z.enum(['create', 'update', 'remove']),
  variant: z.string(),
  /** Number of the target document as it is known now; '' for a new one. */
  target: z.string(),
  /** The document in the terms of the target's code: what the requests are made from. */
  draft: z.unknown(),
  requests: z.array(Foreseen),
  /** False where further requests depend on what the target answers to these. */
  complete: z.boolean(),
})
export type ForeseenWrite = z.infer<typeof ForeseenWrite>

/** What would come of one record. */
export const PreviewedRecord = z.object({
  sourceId: z.string(),
  number: z.string(),
  /** Business date; '' for master data, or where the record could not be read. */
  date: z.string(),
  outcome: z.enum(['writes', 'unchanged', 'skipped', 'waiting', 'failed']),
  /** Why nothing would be written; '' otherwise. */
  reason: z.string(),
  code: z.string(),
  text: z.string(),
  remedy: z.string(),
  /** Records that would be carried first; the requests below take it that they were. */
  assumes: z.array(z.object({ flow: z.string(), sourceId: z.string(), variant: z.string() })),
  /** Each code that was looked up, and what it becomes; null = it has no counterpart yet. */
  mapped: z.array(z.object({ mapping: z.string(), code: z.string(), target: z.string().nullable() })),
  writes: z.array(ForeseenWrite),
  /** What the written documents are to say in the target's books, where the flow can tell. */
  effect: z.array(z.object({ variant: z.string(), figures: Figures })),
})
export type PreviewedRecord = z.infer<typeof PreviewedRecord>

export const Previewed = z.object({
  items: z.array(PreviewedRecord),
  /** Continues the window; null at its end. */
  next: z.string().nullable(),
})
export type Previewed = z.infer<typeof Previewed>

/** How it is carried: `remap` as a replay that applies changed mappings, `history` as a backfill would. */
interface How {
  flow: string
  remap: boolean
  history: boolean
}

/** One record, or those of a window of business dates, so many per call. */
export type PreviewQuery =
  | (How & { sourceId: string })
  | (How & { from: string; to: string; cursor?: string | undefined; limit: number })
