import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { instant } from '../../lib/dates'
import { parseJson } from '../../lib/json'
import { hasCode } from './absence'
import { get } from './client'
import { Spot, START, walkOn } from './query-walk'
import { text, utc } from './shapes'

/** Objects of one answer: from so many on, it may have been cut off, and nothing says so (sheet 8). */
const CAP = 1000

/** Whether `changedSince` includes its bound, and how late a change shows, is not known (sheet 8). */
const OVERLAP_MS = 5 * 60_000

/** A window that cannot be halved any more. */
const LEAST_MS = 2_000

/**
 * `all`: everything by query, for the first time, or after more than the 30 days that change data capture looks back.
 * `since`: change data capture from `since` on; what changed from `floor` to `since` is still to be read.
 * `gap`: that part, by query. `mark` = when the newest part was asked for, on the vendor's clock.
 */
const Walk = z.lazy(() =>
  z.discriminatedUnion('at', [
    z.object({ at: z.literal('all'), spot: Spot, mark: z.string().nullable() }),
    z.object({ at: z.literal('since'), since: z.string(), floor: z.string() }),
    z.object({ at: z.literal('gap'), spot: Spot, until: z.string(), mark: z.string() }),
  ]),
)
type Walk = z.infer<typeof Walk>

/** What a list shows of one object. */
export interface Watched<T> {
  /** As QuickBooks spells it, e.g. `PurchaseOrder`. */
  entity: string
  row: z.ZodType<T>
  listed(row: T): Listed
  /** Kind of record, as its source names it. */
  type: string
  /** Asked for in the same call of change data capture; where a part is read by query instead, they are left to the reconciliation. */
  beside?: Pick<Watched<T>, 'entity' | 'type' | 'row' | 'listed'>[]
}

/** One step of a walk over the changes of an entity. Idle, a walk is one call. */
export const changesOf = async <T>(api: ReadApi, watched: Watched<T>, cursor: string | null): Promise<Page<string>> => {
  const walk = Walk.safeParse(parseJson(cursor ?? '')).data ?? { at: 'all', spot: START, mark: null }
  const { items, next, done } = await step(api, watched, walk)
  return { items, next: JSON.stringify(next), done }
}

interface Stepped {
  items: Listed[]
  next: Walk
  done: boolean
}

const step = <T>(api: ReadApi, watched: Watched<T>, walk: Walk): Promise<Stepped> => {
  switch (walk.at) {
    case 'all':
      return readAll(api, watched, walk)
    case 'since':
      return readSince(api, watched, walk)
    case 'gap':
      return readGap(api, watched, walk)
  }
}

/** What changes while this is read has a stamp beyond the mark. */
const readAll = async <T>(
  api: ReadApi,
  watched: Watched<T>,
  { spot, mark }: Extract<Walk, { at: 'all' }>,
): Promise<Stepped> => {
  const { rows, next, time } = await walkOn(api, { ...watched, until: null }, spot)
  const from = mark ?? time
  const items = rows.map(watched.listed)
  return next
    ? { items, next: { at: 'all', spot: next, mark: from }, done: false }
    : { items, next: after(from), done: true }
}

const readSince = async <T>(
  api: ReadApi,
  watched: Watched<T>,
  walk: Extract<Walk, { at: 'since' }>,
): Promise<Stepped> => {
  const answer = await captured(api, watched, walk.since)
  if (answer === 'too old') return { items: [], next: { at: 'all', spot: START, mark: null }, done: false }
  const { items, isCut, time } = answer
  if (isCut) return { items, next: halved(walk, time), done: false }
  if (walk.since === walk.floor) return { items, next: after(time), done: true }
  return { items, next: { at: 'gap', spot: { from: walk.floor, skip: 0 }, until: walk.since, mark: time }, done: false }
}

/** The newer half; where it cannot be halved, all of it by query. */
const halved = ({ since, floor }: Extract<Walk, { at: 'since' }>, time: string): Walk => {
  const span = instant(time) - instant(since)
  if (span <= LEAST_MS) return { at: 'gap', spot: { from: floor, skip: 0 }, until: utc(time), mark: time }
  return { at: 'since', since: new Date(instant(since) + Math.ceil(span / 2)).toISOString(), floor }
}

/** Deletions of this part are not seen here but by the daily sweep, which looks for what is gone. */
const readGap = async <T>(api: ReadApi, watched: Watched<T>, walk: Extract<Walk, { at: 'gap' }>): Promise<Stepped> => {
  const { rows, next } = await walkOn(api, { ...watched, until: walk.until }, walk.spot)
  const items = rows.map(watched.listed)
  return next ? { items, next: { ...walk, spot: next }, done: false } : { items, next: after(walk.mark), done: true }
}

const after = (time: string): Walk => {
  const since = new Date(instant(time) - OVERLAP_MS).toISOString()
  return { at: 'since', since, floor: since }
}

const Tombstone = z.lazy(() =>
  z.object({
    Id: z.string(),
    status: z.literal('Deleted'),
    MetaData: z.object({ LastUpdatedTime: text }).prefault({}),
  }),
)

const Answer = z.lazy(() =>
  z.object({
    CDCResponse: z.array(z.object({ QueryResponse: z.array(z.record(z.string(), z.unknown())).nullish() })),
    time: z.string(),
  }),
)

const captured = async <T>(api: ReadApi, watched: Watched<T>, since: string) => {
  try {
    const all = [watched, ...(watched.beside ?? [])]
    const entities = all.map(({ entity }) => entity).join(',')
    const answer = await api.read(get(api, '/cdc', { entities, changedSince: since }), Answer)
    const items = all.flatMap((one) => objectsOf(answer, one.entity).map((object) => listedOf(one, object)))
    return { items, isCut: items.length >= CAP, time: answer.time }
  } catch (thrown) {
    if (hasCode(thrown, 'quickbooks_changes_too_old')) return 'too old' as const
    throw thrown
  }
}

/** Groups, one per kind of object, in any order; without changes an empty one. */
const objectsOf = ({ CDCResponse }: z.infer<typeof Answer>, entity: string): unknown[] =>
  CDCResponse.flatMap(({ QueryResponse }) => QueryResponse ?? []).flatMap((group) => group[entity] ?? [])

const listedOf = <T>({ type, row, listed }: Watched<T>, object: unknown): Listed => {
  const gone = Tombstone.safeParse(object).data
  if (!gone) return listed(row.parse(object))
  const { LastUpdatedTime } = gone.MetaData
  const version = LastUpdatedTime === '' ? '' : utc(LastUpdatedTime)
  return { change: { type, id: gone.Id, event: `${type}.deleted` }, version, row: 'deleted' }
}

/** Everything there is, a page at a time, for a sweep. */
export const everythingOf = async <T>(
  api: ReadApi,
  watched: Watched<T>,
  cursor: string | null,
): Promise<Page<string>> => {
  const spot = cursor === null ? START : Spot.parse(parseJson(cursor))
  const { rows, next } = await walkOn(api, { ...watched, until: null }, spot)
  return { items: rows.map(watched.listed), next: JSON.stringify(next ?? spot), done: next === null }
}
