import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { addDays } from '../../lib/dates'
import { parseJson } from '../../lib/json'
import { readPage } from './lists'

/** A list of the account whose rows say when they were changed. */
export interface List<T> {
  /** Below the account, e.g. `invoices/invoices`. */
  rest: string
  row: z.ZodType<T>
  listed(row: T): Listed
  /** Day of the row's stamp, as FreshBooks writes it. */
  day(row: T): string
  /** Whether `updated_min` works; where it does not, everything is listed each time (sheet section 3). */
  filtered: boolean
  /** Whether anybody asks for deleted rows: lists leave them out. */
  deleted: boolean
}

const Place = z.object({
  page: z.number().int().min(1),
  /** Rows of the whole list, when it was last asked. */
  total: z.number().int().nullable(),
})
type Place = z.infer<typeof Place>

const Walk = Place.extend({
  /** `updated_min` of its requests; null = none. */
  from: z.string().nullable(),
  /** Reads the deleted ones, after all others. */
  deleted: z.boolean(),
  /** Greatest day that it has seen. */
  seen: z.string().nullable(),
})
type Walk = z.infer<typeof Walk>

/** `mark` = greatest day of the walks that came to their end. */
const Cursor = z.lazy(() => z.object({ mark: z.string().nullable(), walk: Walk.nullable() }))
type Cursor = z.infer<typeof Cursor>

const FIRST: Place = { page: 1, total: null }

/** One day more than the days need: `updated_min` counts whole days, and its clock is not ours. */
const OVERLAP_DAYS = -1

/** One page of what changed since the last walk; after the rows that stand come those that were deleted. */
export const changesOf = async <T>(
  list: List<T>,
  api: ReadApi,
  cursor: string | null,
  since: string | null,
): Promise<Page<string>> => {
  const { mark, walk } = parse(cursor, since)
  const at = walk ?? start(list, mark)
  const answer = await readPage(api, 'accounting', list.rest, list.row, at.page, queryOf(at))
  const seen = answer.rows.map(list.day).reduce(later, at.seen)
  const place = following(at, answer)
  const next = place ? { ...at, ...place, seen } : withDeleted(list, mark, { ...at, seen })
  const after: Cursor = next ? { mark, walk: next } : { mark: seen === null ? mark : later(mark, seen), walk: null }
  return { items: answer.rows.map(list.listed), next: JSON.stringify(after), done: next === null }
}

/** One page of everything that stands. */
export const allOf = async <T>(list: List<T>, api: ReadApi, cursor: string | null): Promise<Page<string>> => {
  const at = Place.safeParse(parseJson(cursor ?? '')).data ?? FIRST
  const answer = await readPage(api, 'accounting', list.rest, list.row, at.page)
  const next = following(at, answer)
  return { items: answer.rows.map(list.listed), next: JSON.stringify(next ?? FIRST), done: next === null }
}

/**
 * Newest first and paged by offset: a new row pushes others onto pages still to be read, which does no harm. A row that leaves the
 * list pulls them onto pages that were read: so where the list became shorter, it is read again from the top.
 */
const following = (
  at: Place,
  { rows, pages, total }: { rows: unknown[]; pages: number; total: number },
): Place | null => {
  if (at.total !== null && total < at.total) return { page: 1, total }
  return rows.length === 0 || at.page >= pages ? null : { page: at.page + 1, total }
}

/** Nothing that was deleted before the first walk was ever carried. */
const withDeleted = <T>(list: List<T>, mark: string | null, at: Walk): Walk | null =>
  list.deleted && mark !== null && !at.deleted ? { ...at, ...FIRST, deleted: true } : null

const queryOf = ({ from, deleted }: Walk): Record<string, string> => ({
  ...(from && { 'search[updated_min]': from }),
  ...(deleted && { 'search[vis_state]': '1' }),
})

const parse = (cursor: string | null, since: string | null): Cursor =>
  Cursor.safeParse(parseJson(cursor ?? '')).data ?? { mark: since?.slice(0, 10) ?? null, walk: null }

const start = <T>({ filtered }: List<T>, mark: string | null): Walk => ({
  ...FIRST,
  from: filtered && mark !== null ? addDays(mark, OVERLAP_DAYS) : null,
  deleted: false,
  seen: null,
})

const later = (known: string | null, day: string): string => (known === null || day > known ? day : known)
