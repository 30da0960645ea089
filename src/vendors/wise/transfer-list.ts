import { z } from 'zod'
import type { Listed, Page, Source } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { parseJson } from '../../lib/json'
import { get } from './client'
import { createdAt, readTransfer, type Transfer, TransferShape } from './transfer-reads'

/** What the most is that Wise gives is not documented: the end of the list is an empty page, not a short one. */
const PAGE = 100

/** Clocks differ, and how soon the list shows a new transfer is not known. */
const OVERLAP_MS = 10 * 60_000

/**
 * Those made from then on; null = all. By offset, in an order that is not documented: one that is made meanwhile comes at either end
 * and moves others to later pages only, so that a row may be seen twice and none is passed over.
 */
const readPage = (api: ReadApi, from: string | null, offset: number): Promise<Transfer[]> => {
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

const Cursor = z.object({
  /** Newest time of making that a finished walk has seen, ms. */
  mark: z.number().nullable(),
  seen: z.number().nullable(),
  offset: z.int(),
})
type Cursor = z.infer<typeof Cursor>

const parse = (cursor: string | null, since: string | null): Cursor =>
  Cursor.safeParse(parseJson(cursor ?? '')).data ?? {
    mark: since === null ? null : Date.parse(since),
    seen: null,
    offset: 0,
  }

/** Made since the last walk. A change of state moves no stamp: it is told by webhooks, and shown by `row` in the walk over all. */
const changes = async (api: ReadApi, cursor: string | null, since: string | null): Promise<Page<string>> => {
  const { mark, seen, offset } = parse(cursor, since)
  const rows = await readPage(api, mark === null ? null : iso(mark - OVERLAP_MS), offset)
  const newest = Math.max(seen ?? Number.NEGATIVE_INFINITY, ...rows.map(createdAt))
  const known = Number.isFinite(newest) ? newest : seen
  const done = rows.length === 0
  const next: Cursor = done
    ? { mark: known === null ? mark : Math.max(mark ?? known, known), seen: null, offset: 0 }
    : { mark, seen: known, offset: offset + rows.length }
  return { items: rows.map(listed), next: JSON.stringify(next), done }
}

const all = async (api: ReadApi, cursor: string | null): Promise<Page<string>> => {
  const offset = Number(cursor ?? 0)
  const rows = await readPage(api, null, offset)
  return { items: rows.map(listed), next: String(offset + rows.length), done: rows.length === 0 }
}

const rowOf = ({ status, hasActiveIssues }: Transfer): string => `${status}${hasActiveIssues ? ' with issues' : ''}`

/** UTC: whose zone a business date is in is for the pair to say. */
const dateOf = (transfer: Transfer): string => iso(createdAt(transfer)).slice(0, 10)

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
