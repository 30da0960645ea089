import type { Flow, Listed, Page } from '../core/flow'
import type { ReadApi } from '../core/vendor'
import { rowOf } from './record'

/** What a walk reads: what changed, everything once more for the first time, or everything to compare it with what is known. */
export type WalkKind = 'poll' | 'backfill' | 'sweep'

/** One page after the cursor. */
export const nextPage = <R, D, S>(
  { source }: Flow<R, D, S>,
  kind: WalkKind,
  api: ReadApi,
  cursor: string | null,
): Promise<Page<string>> => {
  if (kind !== 'sweep') return source.changes(api, cursor, null)
  if (!source.all) throw new Error(`${source.vendor} ${source.type} cannot be swept`)
  return source.all(api, cursor)
}

/** What is known of a listed record: what a list showed of it when it was last read, and whether it is about to be read anyway. */
export interface Seen {
  row: string
  willBeRead: boolean
}

/** Rows worth a job: not seen in this state yet, and not from before the start date. */
export const worthCarrying = (
  items: Listed[],
  startDate: string,
  seen: (sourceId: string) => Seen | undefined,
): Listed[] =>
  items.filter((item) => {
    const known = seen(item.change.id)
    if (!known) return item.date === undefined || item.date >= startDate
    return !known.willBeRead && known.row !== rowOf(item.version, item.row)
  })

/** A sweep that would take back more than this stops and asks (promise 8). */
export const mostGone = (linked: number): number => Math.max(5, Math.floor(linked / 50))
