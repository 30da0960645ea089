import { z } from 'zod'
import type { TargetPage } from '../../core/flow'
import type { TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { readPage } from './lists'

/** Documents read for one page: only each document shows its payments, so it costs one call per paid document. */
const READS = 20

const Cursor = z.tuple([z.number(), z.number(), z.number()])

/** A list of documents that may have payments. */
export interface PaidList<Row> {
  path: string
  field: string
  row: z.ZodType<Row>
  isPaid(row: Row): boolean
  /** The payments of one document, read directly. */
  payments(api: ReadApi, row: Row): Promise<TargetRow[]>
}

/** Payments of some documents. `cursor` = page of the list, rows before it, rows of it that are done. */
export const paidPage = async <Row>(
  api: ReadApi,
  { path, field, row, isPaid, payments }: PaidList<Row>,
  cursor: string | null,
): Promise<TargetPage> => {
  const [page, before, from] = cursor === null ? [1, 0, 0] : Cursor.parse(JSON.parse(cursor))
  const { rows, done } = await readPage(api, path, field, row, { page, before })
  const { paid, to } = nextPaid(rows, from, isPaid)
  const found: TargetRow[] = []
  for (const one of paid) found.push(...(await payments(api, one)))
  const more = to < rows.length
  const next = more ? [page, before, to] : [page + 1, before + rows.length, 0]
  return { rows: found, next: JSON.stringify(next), done: done && !more }
}

const nextPaid = <Row>(rows: Row[], from: number, isPaid: (row: Row) => boolean): { paid: Row[]; to: number } => {
  const paid: Row[] = []
  let to = from
  for (; to < rows.length && paid.length < READS; to += 1) paid.push(...rows.slice(to, to + 1).filter(isPaid))
  return { paid, to }
}
