import { z } from 'zod'

/** What one document says in the books, in the target's terms. Decimal text in `currency`. */
export const Figures = z.object({
  currency: z.string(),
  /** With tax. */
  total: z.string(),
  tax: z.string(),
  /** `id` = the target's, where the customer is there. */
  customer: z.object({ id: z.string(), name: z.string() }),
  /**
   * Before tax, by the target's account code; with the tax they add up to the total. Those of a journal add up to nothing, credits
   * being negative: its total is its debits.
   */
  accounts: z.record(z.string(), z.string()),
})
export type Figures = z.infer<typeof Figures>

/** What the target shows of a document that we posted. */
export const Booked = z.object({
  number: z.string(),
  /** Business date. */
  date: z.string(),
  /** Null = it no longer counts in the books (voided, stepped back). */
  figures: Figures.nullable(),
  /** What somebody changed since we posted it, in words. Payments and deliveries are no changes. */
  changes: z.array(z.string()),
})
export type Booked = z.infer<typeof Booked>

/** A row of the target's list. */
export const TargetRow = z.object({
  id: z.string(),
  number: z.string(),
  date: z.string(),
  /** Moves with every change; the document is read again where it is another than at the last comparison. */
  stamp: z.string(),
  /** Counts in the books. */
  booked: z.boolean(),
  currency: z.string(),
  total: z.string(),
  customer: z.object({ id: z.string(), name: z.string() }),
})
export type TargetRow = z.infer<typeof TargetRow>

export const STATUSES = ['matched', 'differs', 'changed', 'only_source', 'only_target', 'neither'] as const
/** `changed` = in the target since we posted it, whether or not figures differ; `neither` = gone on both sides. */
export const Status = z.enum(STATUSES)
export type Status = z.infer<typeof Status>

const Differing = z.object({ what: z.string(), source: z.string(), target: z.string(), currency: z.string() })

/** One document, compared. */
export const Compared = z.object({
  flow: z.string(),
  sourceId: z.string(),
  variant: z.string(),
  sourceNumber: z.string(),
  targetId: z.string(),
  targetNumber: z.string(),
  /** Business date; '' = not known. */
  date: z.string(),
  status: Status,
  /** Stable; '' for `matched`. The code of the failure where the record failed. */
  code: z.string(),
  reason: z.string(),
  differences: z.array(Differing),
  /** Null where it counts on no side of the books: a draft, or one from before the start date. */
  source: Figures.nullable(),
  target: Figures.nullable(),
  /** Made in the target by others: it does not count as a difference. */
  foreign: z.boolean(),
})
export type Compared = z.infer<typeof Compared>

/** Sums of both sides. `difference` = target − source; `others` = what others made in the target. */
export const Sum = z.object({
  currency: z.string(),
  source: z.string(),
  target: z.string(),
  difference: z.string(),
  others: z.string(),
})
export type Sum = z.infer<typeof Sum>

export const Tally = z.object({
  counts: z.record(Status, z.number()),
  /** Signed total of the difference, per currency. */
  currencies: z.array(Sum),
  customers: z.array(Sum.extend({ customer: z.string(), name: z.string() })),
  /** `tax` stands beside the accounts. What others made has no accounts here. */
  accounts: z.array(Sum.extend({ account: z.string() })),
  /** All figures agree, and nobody changed in the target what was posted. */
  agrees: z.boolean(),
})
export type Tally = z.infer<typeof Tally>

/** Business dates, both included. */
export const Window = z.object({ from: z.string(), to: z.string() })
export type Window = z.infer<typeof Window>

export const ALL_TIME: Window = { from: '0000-01-01', to: '9999-12-31' }

export const ReconciledFlow = Tally.extend({
  flow: z.string(),
  state: z.enum(['never', 'running', 'done']),
  /** The books are compared as they were then, milliseconds since 1970; null = never. */
  asOf: z.number().nullable(),
  /** What the last comparison covered. */
  covered: Window.nullable(),
})
export type ReconciledFlow = z.infer<typeof ReconciledFlow>

export interface ReconciliationQuery extends Window {
  status?: Status | undefined
  /** Only what has this id or number on either side. */
  about?: string | undefined
  cursor?: string | undefined
  limit: number
}

export interface Reconciliation {
  flows: ReconciledFlow[]
  items: Compared[]
  next: string | null
}
