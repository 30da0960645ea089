import { z } from 'zod'
import type { Listed, Source } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { now } from '../../lib/clock'
import { after, readPage, startOf } from './lists'
import { readPurchase } from './purchase-read'
import { Purchase } from './purchase-record'
import { latestDate } from './purchase-standing'
import { dayOf, text, word } from './shapes'
import { stampOf, walkSince } from './since-walk'

export type {
  Purchase,
  PurchaseCreditNote,
  PurchaseInvoice,
  PurchaseOrder,
  PurchasePayment,
  PurchaseReceipt,
  PurchaseRow,
} from './purchase-record'

/**
 * Purchases of Cin7, of every type and in every stage: order, invoices, receipts, credit notes and payments come with the one
 * read. The list shows no lines and not each document (sheet section 9.3).
 */
export const purchases: Source<Purchase> = {
  vendor: 'cin7',
  type: 'purchase',
  record: Purchase,
  read: readPurchase,
  changes: (api, cursor, since) =>
    walkSince(cursor, since, now(), (request) =>
      listed(api, request, request.since === null ? {} : { UpdatedSince: request.since }),
    ),
  async all(api, cursor) {
    const at = startOf(cursor)
    const { items, done } = await listed(api, at, {})
    return { items, next: after(at, items.length), done }
  },
  version: ({ updated }) => updated,
  number: ({ number }) => number,
  date: latestDate,
  row: ({ status }) => status,
}

const Row = z.object({
  ID: z.string(),
  OrderNumber: text,
  Status: text,
  OrderDate: text,
  InvoiceDate: text,
  InvoiceDueDate: text,
  Supplier: text,
  SupplierCurrency: text,
  Type: text,
  CreditNoteStatus: text,
  LastUpdatedDate: text,
})
type Row = z.infer<typeof Row>

const listed = async (
  api: ReadApi,
  at: { page: number; before: number },
  query: Record<string, string>,
): Promise<{ items: Listed[]; done: boolean }> => {
  const { rows, done } = await readPage(api, '/purchaseList', 'PurchaseList', Row, { ...at, query })
  return { items: rows.map(itemOf), done }
}

const itemOf = (row: Row): Listed => ({
  change: { type: 'purchase', id: row.ID.toLowerCase(), event: 'listed' },
  version: stampOf(row.LastUpdatedDate),
  row: word(row.Status),
  date: latestOf(row),
  number: row.OrderNumber,
  terms: termsOf(row),
})

/** As an order: a row shows no more than one invoice, and no total of the order. */
const termsOf = ({ OrderNumber, OrderDate, SupplierCurrency, Supplier }: Row): Terms => ({
  kind: 'dated',
  number: OrderNumber,
  date: dayOf(OrderDate),
  total: '',
  currency: word(SupplierCurrency),
  party: Supplier,
})

/**
 * At least the latest business date of its documents. A row shows the dates of one invoice: where there may be others, they were
 * entered before the stamp, so they are hardly dated after it.
 */
const latestOf = (row: Row): string => {
  const shown = [row.OrderDate, row.InvoiceDate]
  const mayHaveOthers = !/^(simple|service)/i.test(row.Type) || !['', 'NOT AVAILABLE'].includes(row.CreditNoteStatus)
  const dates = mayHaveOthers ? [...shown, row.InvoiceDueDate, row.LastUpdatedDate] : shown
  return dates.map(dayOf).sort().at(-1) ?? ''
}
