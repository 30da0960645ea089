import { z } from 'zod'
import type { Listed, Page, Source } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { parseJson } from '../../lib/json'
import { get } from './client'
import { createdAt, readTransfer, type Transfer, TransferShape } from './transfer-reads'
import { progressOf } from './transfer-states'

/** What the most is that Wise gives is not documented: the end of the list is an empty page, not a short one. */
const PAGE = 100

/** Clocks differ, and how soon the list shows a new transfer is not known. */
const OVERLAP_MS = 10 * 60_000

/**
 * Those made from then on; null = all. By offset, in an order that is not documented: one that is made meanwhile comes at either end
 * and moves others to later pages only, so that a row may be seen twice and none is passed over.
 */
export const readPage = (api: ReadApi, from: string | null, offset: number): Promise<Transfer[]> => {
  const query = { profile: api.account, limit: String(PAGE), offset: String(offset) }
  const call = get('v1', '/transfers', {}, from === null ? query : { ...query, createdDateStart: from })
  return api.read(call, z.array(TransferShape))
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** The transfer with this id of ours, if it was made; there is no filter for it (sheet 3). `since` in ms. */
export const transferMadeBy = async (
  api: ReadApi,
  customerTransactionId: string,
  since: number,
): Promise<Transfer | null> => {
  const from = iso(since - OVERLAP_MS)
  const isIt = (row: Transfer) => row.customerTransactionId.toLowerCase() === customerTransactionId.toLowerCase()
  const seen = new Set<string>()
  for (let offset = 0; ; ) {
    const rows = await readPage(api, from, offset)
    const found = rows.find(isIt)
    if (found || rows.every(({ id }) => seen.has(id))) return found ?? null
    for (const { id } of rows) seen.add(id)
    offset += rows.length
  }
}

/** One that is under way for longer is left to the walk over all. */
const LONGEST_WAY_MS = 30 * 24 * 3_600_000

const Cursor = z.lazy(() =>
  z.object({
    /** Where a walk begins: the newest time of making that a finished one has seen, or an older one that was still under way; ms. */
    mark: z.number().nullable(),
    seen: z.number().nullable(),
    /** The oldest under way that this walk has seen. */
    open: z.number().nullable(),
    offset: z.int(),
  }),
)
type Cursor = z.infer<typeof Cursor>

const parse = (cursor: string | null, since: string | null): Cursor =>
  Cursor.safeParse(parseJson(cursor ?? '')).data ?? {
    mark: since === null ? null : Date.parse(since),
    seen: null,
    open: null,
    offset: 0,
  }

/** What was sent may come back weeks later, which the walk over all shows; what is not there yet is looked at each time. */
const isUnderWay = ({ status }: Transfer): boolean => !['sent', 'ended'].includes(progressOf(status))

const among =
  (choose: (...times: number[]) => number) =>
  (...times: (number | null)[]): number | null => {
    const known = times.flatMap((time) => (time !== null && Number.isFinite(time) ? [time] : []))
    return known.length === 0 ? null : choose(...known)
  }
const oldest = among(Math.min)
const newest = among(Math.max)

/** Made since the last walk, or since the oldest that was still under way: a change of state moves no stamp, and is shown by `row`. */
const changes = async (api: ReadApi, cursor: string | null, since: string | null): Promise<Page<string>> => {
  const at = parse(cursor, since)
  const rows = await readPage(api, at.mark === null ? null : iso(at.mark - OVERLAP_MS), at.offset)
  const seen = newest(at.seen, ...rows.map(createdAt))
  const open = oldest(at.open, ...rows.filter(isUnderWay).map(createdAt))
  const done = rows.length === 0
  const next: Cursor = done
    ? { mark: nextMark(newest(at.mark, seen), open), seen: null, open: null, offset: 0 }
    : { mark: at.mark, seen, open, offset: at.offset + rows.length }
  return { items: rows.map(listed), next: JSON.stringify(next), done }
}

const nextMark = (made: number | null, open: number | null): number | null =>
  made === null || open === null ? made : Math.max(Math.min(made, open), made - LONGEST_WAY_MS)

const all = async (api: ReadApi, cursor: string | null): Promise<Page<string>> => {
  const offset = Number(cursor ?? 0)
  const rows = await readPage(api, null, offset)
  return { items: rows.map(listed), next: String(offset + rows.length), done: rows.length === 0 }
}

export const rowOf = ({ status, hasActiveIssues }: Transfer): string =>
  `${status}${hasActiveIssues ? ' with issues' : ''}`

/** UTC: whose zone a business date is in is for the pair to say. */
export const dateOf = (transfer: Transfer): string => iso(createdAt(transfer)).slice(0, 10)

const listed = (transfer: Transfer): Listed => ({
  change: { type: 'transfer', id: transfer.id, event: 'listed' },
  version: '',
  row: rowOf(transfer),
  date: dateOf(transfer),
  number: transfer.id,
})

/** Transfers of the profile, whoever made them. States step back and no stamp moves with them, so none is older than another. */
export const transfers: Source<Transfer> = {
  vendor: 'wise',
  type: 'transfer',
  record: TransferShape,
  read: readTransfer,
  changes,
  all,
  version: () => '',
  number: ({ id }) => id,
  date: dateOf,
  row: rowOf,
}
