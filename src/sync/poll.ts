import type { Flow, Listed, Page } from '../core/flow'
import type { ReadApi } from '../core/vendor'

/** One page of what changed since the cursor. */
export const nextPage = <R, D, S>(flow: Flow<R, D, S>, api: ReadApi, cursor: string | null): Promise<Page<string>> =>
  flow.source.changes(api, cursor, null)

/** What is known of a listed record: the version it was last seen in, and whether it is about to be read anyway. */
export interface Seen {
  version: string
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
    return !known.willBeRead && known.version !== item.version
  })
