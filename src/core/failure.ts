import type { Offer } from './guard'

/** Where and what a failed call was, in terms an operator can use. */
interface Said {
  /** Stable, lower case, `vendor_reason` or `reason`: operators filter and group by it. */
  code: string
  /** The vendor's own words where there are any. Never a secret, never a whole document. */
  message: string
  /** What to do, in words a bookkeeper understands. */
  remedy: string
}

/** A code that has no counterpart in the target yet. */
export interface Unmapped {
  mapping: string
  code: string
  label: string
}

/** Two figures that had to agree. Decimal text in the document's currency. */
export interface Difference {
  what: string
  source: string
  target: string
  currency: string
}

/** Everything that can go wrong. What becomes of each kind is decided in one place: `sync/retry.ts`. */
export type Failure =
  /** The vendor asks for patience, or our own limit does. `waitMs` from now; the whole connection slows down. */
  | (Said & { kind: 'throttled'; waitMs: number })
  /** It may work later: outage, timeout of a read. */
  | (Said & { kind: 'transient' })
  /** A mutating call whose outcome is not known. `waitMs` until it is looked up again; null = a person decides. */
  | (Said & { kind: 'uncertain'; waitMs: number | null })
  /** The credentials were refused. */
  | (Said & { kind: 'unauthorised' })
  /** Another record has to be carried first. */
  | (Said & { kind: 'dependency'; flow: string; sourceId: string; variant: string })
  | (Said & { kind: 'unmapped'; codes: Unmapped[] })
  /** The vendor, or a rule of ours, says no to this content. */
  | (Said & { kind: 'rejected' })
  /** An answer that is not what the sheet says. */
  | (Said & { kind: 'malformed' })
  | (Said & { kind: 'totals'; differences: Difference[] })
  | (Said & { kind: 'closed_period' })
  /** Both sides changed, or a name is taken: a person decides. The batch goes on. */
  | (Said & { kind: 'conflict'; facts: Record<string, string> })
  /** It goes on once somebody has done something elsewhere; looked at again after `waitMs`, null = only then. */
  | (Said & { kind: 'waits'; reason: 'funding'; waitMs: number | null })
  /** Somebody has to approve it first. `offer` = on these terms, where they became others after the write had begun. */
  | (Said & { kind: 'waits'; reason: 'approval'; offer?: Offer; waitMs: null })
  /** Somebody has withdrawn what was asked for, and certainly nothing is left of it: passed over, until it is asked for anew. */
  | (Said & { kind: 'withdrawn' })
  | (Said & { kind: 'bug' })

export type FailureKind = Failure['kind']

/** How a failure travels up through vendor and pair code; `sync/record` turns it into a value again. */
export class Failed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.message}`)
    this.name = 'Failed'
    this.failure = failure
  }
}

export const rejected = (code: string, message: string, remedy: string): Failed =>
  new Failed({ kind: 'rejected', code, message, remedy })

/** How a conflict ends otherwise, where what was edited can be told from what was built on it (`Target.observed`). */
export const OR_RESOLVE =
  'or resolve this record: with the source, which writes over what was edited (never over payments and the like), or with the target, once it is right there.'

/** Any thrown thing as a failure value. Unknown ones are bugs; their text stays out, since it may carry a document. */
export const toFailure = (thrown: unknown): Failure => {
  if (thrown instanceof Failed) return thrown.failure
  const name = thrown instanceof Error ? thrown.name : typeof thrown
  return {
    kind: 'bug',
    code: 'bug',
    message: `unexpected ${name}`,
    remedy: 'Look for this record in the log and report it; replay once a fixed version is deployed.',
  }
}
