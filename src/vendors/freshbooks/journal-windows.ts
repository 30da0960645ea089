import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { addDays } from '../../lib/dates'
import { parseJson } from '../../lib/json'
import { dayOfId, entriesOf, type JournalEntry, type Window } from './journal-legs'

/** Before FreshBooks began. */
const BEGINNING = '2000-01-01'
/** Entries may be dated in the future. */
const AHEAD_DAYS = 366
/** How far back a poll looks; a sweep looks at everything (sheet section 8). */
const BACK_DAYS = 90
/** Pages that one job reads. */
const MOST_PAGES = 5

const Walk = z.lazy(() =>
  z.object({
    /** First day of the next window, and its length. */
    next: z.string(),
    days: z.number().int().min(1),
    /** Last day of all. */
    end: z.string(),
    /** What it saw of the days that the next poll looks at. */
    found: z.array(z.string()),
  }),
)
type Walk = z.infer<typeof Walk>

/** `known` = what the last finished walk saw; null = there was none. */
const Cursor = z.lazy(() => z.object({ known: z.array(z.string()).nullable(), walk: Walk.nullable() }))
type Cursor = z.infer<typeof Cursor>

/**
 * One window of days per job, halved until it fits. Entries have neither stamps nor a sign of their deletion: one that the last walk
 * saw and this one does not is named too, to be looked for. `today` = a calendar day.
 */
export const changedEntries = async (
  api: ReadApi,
  cursor: string | null,
  today: string,
  listed: (entry: JournalEntry) => Listed,
): Promise<Page<string>> => {
  const { known, walk } = parse(cursor)
  const floor = addDays(today, -BACK_DAYS)
  const at = walk ?? start(known === null ? BEGINNING : floor, today)
  const window = windowOf(at)
  const entries = await entriesOf(api, window, mostPages(at))
  if (entries === null) return page([], { known, walk: halved(at) })
  const ids = entries.map(({ id }) => id)
  const found = [...at.found, ...ids.filter((id) => isWithin(id, { from: floor, to: at.end }))]
  const gone = (known ?? []).filter((id) => isWithin(id, window) && !ids.includes(id))
  const next = following({ ...at, found })
  return page(
    [...entries.map(listed), ...gone.map(vanished)],
    next ? { known, walk: next } : { known: found, walk: null },
  )
}

/** One window of everything there is. */
export const allEntries = async (
  api: ReadApi,
  cursor: string | null,
  today: string,
  listed: (entry: JournalEntry) => Listed,
): Promise<Page<string>> => {
  const at = parse(cursor).walk ?? start(BEGINNING, today)
  const entries = await entriesOf(api, windowOf(at), mostPages(at))
  if (entries === null) return page([], { known: null, walk: halved(at) })
  return page(entries.map(listed), { known: null, walk: following(at) })
}

const page = (items: Listed[], after: Cursor): Page<string> => ({
  items,
  next: JSON.stringify(after),
  done: after.walk === null,
})

const parse = (cursor: string | null): Cursor =>
  Cursor.safeParse(parseJson(cursor ?? '')).data ?? { known: null, walk: null }

const start = (from: string, today: string): Walk => {
  const end = addDays(today, AHEAD_DAYS)
  return { next: from, days: daysFrom(from, end), end, found: [] }
}

const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

const windowOf = ({ next, days, end }: Walk): Window => {
  const to = addDays(next, days - 1)
  return { from: next, to: to < end ? to : end }
}

/** A single day is read however long it is. */
const mostPages = ({ days }: Walk): number => (days === 1 ? Number.POSITIVE_INFINITY : MOST_PAGES)

const halved = (at: Walk): Walk => ({ ...at, days: Math.ceil(at.days / 2) })

/** Twice as long, since this one fitted; null = it was the last. */
const following = (at: Walk): Walk | null => {
  const next = addDays(windowOf(at).to, 1)
  return next > at.end ? null : { ...at, next, days: at.days * 2 }
}

const isWithin = (id: string, { from, to }: Window): boolean => {
  const day = dayOfId(id) ?? ''
  return day >= from && day <= to
}

const vanished = (id: string): Listed => ({
  change: { type: 'journal', id, event: 'vanished' },
  version: '',
  row: 'gone',
  date: dayOfId(id) ?? '',
})
