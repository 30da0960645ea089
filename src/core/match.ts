import { z } from 'zod'

/** What people call a party or a product; '' = the list does not show it. */
const Named = z.object({
  kind: z.literal('named'),
  /** A number or SKU of its own. */
  code: z.string(),
  name: z.string(),
  currency: z.string(),
  /** Free fields by number, where a flow may take the code from one of them (`Matching.terms`). */
  attributes: z.record(z.string(), z.string()).optional(),
})

/** What tells one document from another; '' = the list does not show it. */
const Dated = z.object({
  kind: z.literal('dated'),
  number: z.string(),
  /** Business date. */
  date: z.string(),
  /** Decimal text in `currency`. */
  total: z.string(),
  currency: z.string(),
  party: z.string(),
})

/** How a record can be recognised on the other side. */
export const Terms = z.discriminatedUnion('kind', [Named, Dated])
export type Terms = z.infer<typeof Terms>

/** A record of the target that nobody has linked yet. */
export const Candidate = z.object({ id: z.string(), number: z.string(), terms: Terms })
export type Candidate = z.infer<typeof Candidate>

/** `several` = more than one could be meant, or it could be meant for more than one: only a person can say. */
export const SURE = ['certain', 'likely', 'possible', 'several', 'none'] as const
export const Sure = z.enum(SURE)
export type Sure = z.infer<typeof Sure>

export const Choice = Candidate.extend({ sure: Sure, why: z.string() })
export type Choice = z.infer<typeof Choice>

/** A source record without a link, and what it could be in the target. */
export const Match = z.object({
  flow: z.string(),
  sourceId: z.string(),
  variant: z.string(),
  terms: Terms,
  sure: Sure,
  /** Best first. */
  choices: z.array(Choice),
})
export type Match = z.infer<typeof Match>

export const MatchedFlow = z.object({
  flow: z.string(),
  state: z.enum(['never', 'running', 'done', 'failed']),
  /** Both lists as they were then, milliseconds since 1970; null = never. */
  asOf: z.number().nullable(),
  counts: z.record(Sure, z.number()),
  /** Why it failed; '' otherwise. */
  problem: z.string(),
})
export type MatchedFlow = z.infer<typeof MatchedFlow>

export interface MatchQuery {
  flow?: string | undefined
  sure?: Sure | undefined
  cursor?: string | undefined
  limit: number
}

export interface Matches {
  flows: MatchedFlow[]
  items: Match[]
  next: string | null
}

/** A link that a person wants; without a target, one that was not looked at yet is undone. */
export const Pick = z.object({
  flow: z.string(),
  sourceId: z.string(),
  variant: z.string(),
  targetId: z.string().nullable(),
})
export type Pick = z.infer<typeof Pick>

/** Links one by one, or all that are as sure as that. */
export type Wanted = { links: Pick[] } | { sure: 'certain' | 'likely'; flow?: string | undefined }

/** What came of links that were wanted. */
export interface Linked {
  linked: number
  refused: (Pick & { reason: string })[]
}
