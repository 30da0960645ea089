import { z } from 'zod'
import type { AnyFlow } from './flow'
import type { ReadApi, VendorName } from './vendor'

export const PAIRS = ['wave-cin7', 'wave-wise', 'quickbooks-cin7', 'acumatica-cin7', 'freshbooks-cin7'] as const
export const PairName = z.enum(PAIRS)
export type PairName = z.infer<typeof PairName>

/** A place in settings or mappings that names something of a vendor's. */
export interface ReferenceUse {
  /** Where it stands, e.g. `settings.accountReceivable`. */
  path: string
  side: 'source' | 'target'
  kind: string
  code: string
  /** What it has to be usable for, e.g. `receivable`. */
  use?: string
}

/** A translation that a person fills in. */
export interface MappingKind {
  /** What the source code is a code of; a kind of reference of the source vendor. */
  source: string
  /** What it becomes; a kind of reference of the target vendor. */
  target: string
  /** What the chosen one has to be usable for. */
  use?: string
  /** For the bookkeeper. */
  about: string
}

/** Money that both sides hold: an account of the source, and what stands for it in the target. Decimal text in `currency`. */
export const Holding = z.object({
  account: z.string(),
  name: z.string(),
  currency: z.string(),
  source: z.string(),
  target: z.string(),
  /** target − source. */
  difference: z.string(),
})
export type Holding = z.infer<typeof Holding>

export interface Pair {
  name: PairName
  source: VendorName
  target: VendorName
  /** In the order in which the flows of one record run. */
  flows: AnyFlow[]
  settings: z.ZodType<object>
  references(settings: object): ReferenceUse[]
  mappings: Record<string, MappingKind>
  /** Reads what both sides hold now; absent = nothing of it stands on both. */
  holdings?(source: ReadApi, target: ReadApi, settings: object): Promise<Holding[]>
  /** Cadence of polling where the integration says nothing: cron expression or interval in seconds. */
  schedule: string
}
