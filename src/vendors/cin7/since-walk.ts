import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import { instant } from '../../lib/dates'
import { parseJson } from '../../lib/json'

/** Whether a `…Since` filter includes its bound, and how late a change shows in a list, is not known (sheet section 2). */
const OVERLAP_MS = 15 * 60_000

const Walk = z.lazy(() =>
  z.object({
    /** The filter of all its pages; null = none. */
    since: z.string().nullable(),
    page: z.number().int().min(1),
    /** Rows on the pages before. */
    before: z.number().int(),
    /** Greatest stamp on them. */
    seen: z.string().nullable(),
    /** When its first page was asked for, on our clock. */
    startedAt: z.number(),
  }),
)
type Walk = z.infer<typeof Walk>

/** `mark` = everything up to it was read by finished walks. `walk` is null between walks. */
const Cursor = z.lazy(() => z.object({ mark: z.string().nullable(), walk: Walk.nullable() }))

export interface Request {
  /** Value of the filter; null = no filter. */
  since: string | null
  page: number
  before: number
}

/** `items` carry stamps as `stampOf` makes them. */
export interface Answered {
  items: Listed[]
  done: boolean
}

/**
 * One page of a walk over what changed. Such a list runs by number, not by stamp (sheet section 2): the mark moves at the end of
 * the walk, and never beyond its beginning, since a row that changed meanwhile may stand on a page that was read before.
 * A row never leaves the list while it is walked, so none can slide past. `now` = milliseconds since 1970.
 */
export const walkSince = async (
  cursor: string | null,
  since: string | null,
  now: number,
  ask: (request: Request) => Promise<Answered>,
): Promise<Page<string>> => {
  const { mark, walk } = parse(cursor, since)
  const at = walk ?? begin(mark, now)
  const { items, done } = await ask(at)
  const seen = items.reduce((high, { version }) => later(high, version), at.seen)
  const next = done
    ? { mark: later(mark, earlier(seen, at.startedAt)), walk: null }
    : { mark, walk: { ...at, page: at.page + 1, before: at.before + items.length, seen } }
  return { items, next: JSON.stringify(next), done }
}

/** A stamp comparable as text: UTC with milliseconds. Cin7 writes two to seven fraction digits, at times no zone (sheet section 1). */
export const stampOf = (text: string): string => {
  const at = instant(text)
  return Number.isNaN(at) ? '' : new Date(at).toISOString()
}

const parse = (cursor: string | null, since: string | null): z.infer<typeof Cursor> => {
  const known = Cursor.safeParse(parseJson(cursor ?? ''))
  return known.success ? known.data : { mark: since && stampOf(since), walk: null }
}

const begin = (mark: string | null, now: number): Walk => ({
  since: mark ? parameter(instant(mark) - OVERLAP_MS) : null,
  page: 1,
  before: 0,
  seen: null,
  startedAt: now,
})

/** As documented: UTC without its `Z`. */
const parameter = (at: number): string => new Date(at).toISOString().slice(0, -1)

const earlier = (stamp: string | null, at: number): string | null => {
  const bound = new Date(at).toISOString()
  return stamp !== null && stamp > bound ? bound : stamp
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a)
