import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import { instant } from '../../lib/dates'
import { parseJson } from '../../lib/json'

export const PAGE_SIZE = 50

/** Whether `modifiedAtAfter` includes its bound, and how late a change shows, is not known (sheet section 5). */
const OVERLAP_MS = 5 * 60_000

const Walk = z.lazy(() =>
  z.object({
    /** `modifiedAtAfter` of the requests; null = no filter. */
    after: z.string().nullable(),
    page: z.number().int().min(1),
    /** Page numbers are on their way down to page 1. */
    back: z.boolean(),
    /** Greatest stamp that this walk has seen. */
    seen: z.string().nullable(),
  }),
)
type Walk = z.infer<typeof Walk>

/** `mark` = greatest stamp of finished walks. `walk` is null between walks. */
const Cursor = z.lazy(() => z.object({ mark: z.string().nullable(), walk: Walk.nullable() }))
type Cursor = z.infer<typeof Cursor>

export interface Request {
  after: string | null
  page: number
}

/** One answer, sorted by stamp, oldest first. `totalPages` null = Wave did not say. */
export interface Answered {
  rows: Listed[]
  totalPages: number | null
}

/**
 * One step of a walk over a list that shifts under it: a row that changes moves to the end, and another slides onto a page that
 * was read. So page 1 is asked again after (last stamp − 1 ms). Where that gets no further, because a full page holds a single
 * stamp, the rest is read by page number from the last page backwards: what slides then moves onto a page still to be read,
 * and what moves to the end has a stamp beyond the mark, so the next walk finds it.
 */
export const step = async (
  cursor: string | null,
  since: string | null,
  ask: (request: Request) => Promise<Answered>,
): Promise<Page<string>> => {
  const { mark, walk } = parse(cursor, since)
  const at = walk ?? start(mark)
  const answer = await ask({ after: at.after, page: at.page })
  const seen = answer.rows.reduce((high, { version }) => later(high, version), at.seen)
  const next = following({ ...at, seen }, answer)
  const after: Cursor = next ? { mark, walk: next } : { mark: seen === null ? mark : later(mark, seen), walk: null }
  return { items: answer.rows, next: JSON.stringify(after), done: next === null }
}

/** A list by page number, from the first to the last: what is added meanwhile comes at the end; the cursor is the page. */
export const pageOf = async (
  cursor: string | null,
  ask: (page: number) => Promise<Answered>,
): Promise<Page<string>> => {
  const page = Number(cursor ?? 1)
  const { rows, totalPages } = await ask(page)
  const done = totalPages === null ? rows.length < PAGE_SIZE : page >= totalPages
  return { items: rows, next: String(page + 1), done }
}

/** Where to go on; null = the end. */
const following = (at: Walk, { rows, totalPages }: Answered): Walk | null => {
  if (at.back) return at.page > 1 ? { ...at, page: at.page - 1 } : beyond(at, at.seen)
  const last = rows.at(-1)
  const further = last ? beyond(at, last.version) : null
  // Rows may have slid onto the numbered pages before this one.
  if (at.page > 1 && (further || isEnd(at, rows, totalPages))) return { ...at, page: at.page - 1, back: true }
  if (!last || isEnd(at, rows, totalPages)) return null
  return further ?? (totalPages === null ? { ...at, page: at.page + 1 } : { ...at, page: totalPages, back: true })
}

/** Page 1 again, from just before this stamp; null where that gets no further. */
const beyond = (at: Walk, stamp: string | null): Walk | null => {
  if (stamp === null) return null
  const after = shifted(stamp, -1)
  return at.after === null || after > at.after ? { ...at, after, page: 1, back: false } : null
}

const isEnd = (at: Walk, rows: Listed[], totalPages: number | null): boolean =>
  totalPages === null ? rows.length < PAGE_SIZE : at.page >= totalPages

const parse = (cursor: string | null, since: string | null): Cursor => {
  const known = Cursor.safeParse(parseJson(cursor ?? ''))
  if (known.success) return known.data
  return { mark: since && new Date(Date.parse(since)).toISOString(), walk: null }
}

const start = (mark: string | null): Walk => ({
  after: mark && shifted(mark, -OVERLAP_MS),
  page: 1,
  back: false,
  seen: null,
})

const shifted = (stamp: string, ms: number): string => new Date(instant(stamp) + ms).toISOString()

const later = (known: string | null, stamp: string): string => (known === null || stamp > known ? stamp : known)
