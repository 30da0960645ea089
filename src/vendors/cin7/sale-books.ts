import { z } from 'zod'
import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, Figures, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { add, type Decimal, subtract } from '../../lib/money'
import { after, readPage, startOf } from './lists'
import { editsOf } from './sale-conflict'
import {
  type InvoiceDocument,
  isAuthorised,
  isInclusive,
  liveCreditNotes,
  liveInvoices,
  readSale,
  rowsOf,
  rowsTotal,
  type Sale,
  type SaleRow,
} from './sale-shapes'
import { decimal, sameWord, text } from './shapes'

const Row = z.object({
  SaleID: z.string(),
  OrderNumber: text,
  CustomerReference: text,
  OrderDate: text,
  InvoiceDate: text,
  InvoiceAmount: decimal.nullish(),
  Customer: text,
  CustomerID: text,
  CustomerCurrency: text,
  Status: text,
  CombinedInvoiceStatus: text,
  Updated: text,
})

/** Words of the list and of the documented samples (sheet section 8.4). */
const BOOKED = ['AUTHORISED', 'PAID', 'INVOICED']

/** `reference` = what the customer, or the source of the sale, calls it. */
export type SaleListRow = TargetRow & { reference: string }

/** A page of all sales. Cin7 cannot list them by invoice date; a page holds 1000. */
export const salePage = async (
  api: ReadApi,
  cursor: string | null,
): Promise<Omit<TargetPage, 'rows'> & { rows: SaleListRow[] }> => {
  const at = startOf(cursor)
  const { rows, done } = await readPage(api, '/saleList', 'SaleList', Row, at)
  return { rows: rows.map(rowOf), next: after(at, rows.length), done }
}

const rowOf = (row: z.infer<typeof Row>): SaleListRow => ({
  id: row.SaleID,
  number: row.OrderNumber,
  reference: row.CustomerReference,
  date: (row.InvoiceDate || row.OrderDate).slice(0, 10),
  stamp: row.Updated,
  booked: BOOKED.some((word) => sameWord(word, row.CombinedInvoiceStatus)) && !sameWord(row.Status, 'VOIDED'),
  currency: row.CustomerCurrency.toUpperCase(),
  total: row.InvoiceAmount ?? '0',
  customer: { id: row.CustomerID.toLowerCase(), name: row.Customer },
})

/** What the authorised invoices of a sale book; payments and shipments are everyday life and no change. */
export const bookedSale = async (api: ReadApi, target: TargetRef): Promise<Booked | null> => {
  const sale = await readSale(api, target.id)
  if (!sale) return null
  const invoices = sameWord(sale.Status, 'VOIDED') ? [] : liveInvoices(sale).filter(isAuthorised)
  const [first] = invoices
  return {
    number: sale.Order?.SaleOrderNumber || target.number,
    date: (first?.InvoiceDate ?? '').slice(0, 10),
    figures: first ? figuresOf(sale, invoices) : null,
    changes: first ? await changesOf(sale, invoices, target) : [],
  }
}

const changesOf = async (sale: Sale, invoices: InvoiceDocument[], { facts }: TargetRef): Promise<string[]> => {
  const ours = invoices.some(({ TaskID }) => sameWord(TaskID, facts.invoice ?? ''))
  const said: [boolean, string][] = [
    [facts.invoice !== undefined && !ours, 'its invoice is not the one that the connector made'],
    [invoices.length > 1, `it has ${invoices.length} invoices`],
    [liveCreditNotes(sale).length > 0, 'it has a credit note'],
  ]
  return [...said.flatMap(([happened, words]) => (happened ? [words] : [])), ...(await editsOf(sale, facts))]
}

const figuresOf = (sale: Sale, invoices: InvoiceDocument[]): Figures => {
  const inclusive = isInclusive(sale)
  const rows = invoices.flatMap(rowsOf)
  return {
    currency: sale.CustomerCurrency.toUpperCase(),
    total: add(
      '0',
      ...invoices.map((invoice) => invoice.Total ?? rowsTotal({ ...invoice, SaleOrderNumber: '' }, inclusive)),
    ),
    tax: add('0', ...invoices.map(({ Tax, ...invoice }) => Tax ?? taxOf(rowsOf(invoice)))),
    customer: { id: sale.CustomerID.toLowerCase(), name: sale.Customer },
    accounts: accountsOf(rows, inclusive),
  }
}

const taxOf = (rows: SaleRow[]): Decimal => add('0', ...rows.map(({ Tax }) => Tax ?? '0'))

const accountsOf = (rows: SaleRow[], inclusive: boolean): Record<string, Decimal> => {
  const sums: Record<string, Decimal> = {}
  for (const { Account, Total, Tax } of rows)
    sums[Account] = add(sums[Account] ?? '0', subtract(Total ?? '0', inclusive ? (Tax ?? '0') : '0'))
  return sums
}
