import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Listed, Source } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { accountPath, accountRoute, get } from './client'
import { isDeleted } from './shapes'
import { allOf, changesOf, type List } from './walk'

interface Head {
  vis_state: number
}

/** A kind of record of the account. `H` = what a row of its list shows, `R` = the record as it is read by itself. */
export interface Kind<H extends Head, R extends H> {
  type: string
  /** Below the account, e.g. `invoices/invoices`; its last part is the key of the list. */
  rest: string
  /** The key of a single one. */
  single: string
  head: z.ZodType<H>
  record: z.ZodType<R>
  id(head: H): string
  /** Comparable as text, without spaces. */
  version(head: H): string
  number(head: H): string
  /** Business date; null for master data. */
  date(head: H): string | null
  /** What else a row shows of its state. */
  row(head: H): string
  /** The stamp that FreshBooks compares with `updated_min`, as it is written. */
  stamp(head: H): string
  filtered: boolean
  /** Whether a deletion is one for everybody: a deleted client still stands on its invoices. */
  deleted: boolean
  /** How it can be recognised on the other side. */
  terms?(head: H): Terms
  /** Of the single read. */
  query?: Record<string, string>
}

/** List and single read show a record in the same words, so that it is read again only where something changed. */
export const sourceOf = <H extends Head, R extends H>(kind: Kind<H, R>): Source<R> => {
  const list: List<H> = {
    rest: kind.rest,
    row: kind.head,
    filtered: kind.filtered,
    deleted: kind.deleted,
    day: (head) => kind.stamp(head).slice(0, 10),
    listed: (head) => listed(kind, head),
  }
  return {
    vendor: 'freshbooks',
    type: kind.type,
    record: kind.record,
    read: (api, id) => readOne(api, kind, id),
    changes: (api, cursor, since) => changesOf(list, api, cursor, since),
    all: (api, cursor) => allOf(list, api, cursor),
    version: kind.version,
    number: kind.number,
    date: kind.date,
    row: kind.row,
    ...(kind.deleted && { deleted: isDeleted }),
  }
}

const listed = <H extends Head, R extends H>(kind: Kind<H, R>, head: H): Listed => {
  const date = kind.date(head)
  return {
    change: { type: kind.type, id: kind.id(head), event: 'listed' },
    version: kind.version(head),
    number: kind.number(head),
    row: kind.row(head),
    ...(date !== null && { date }),
    ...(kind.terms && { terms: kind.terms(head) }),
  }
}

/** A deleted one is answered like any other, with its `vis_state` (sheet section 4). */
const readOne = async <H extends Head, R extends H>(
  api: ReadApi,
  { rest, single, record, query }: Kind<H, R>,
  id: string,
) => {
  const named = z.preprocess((given) => ({ one: Object(given)[single] }), z.object({ one: record }))
  const one = z.object({ response: z.object({ result: named }) }).transform(({ response }) => response.result.one)
  const path = accountPath(api, 'accounting', `${rest}/${encodeURIComponent(id)}`)
  return absentAsNull(() => api.read(get(path, accountRoute('accounting', `${rest}/{id}`), query), one))
}

const ABSENT = ['freshbooks_not_found', 'freshbooks_deleted']

const absentAsNull = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof Failed && ABSENT.includes(thrown.failure.code)) return null
    throw thrown
  }
}
