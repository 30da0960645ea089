import { z } from 'zod'
import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, Figures, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { add, type Decimal, subtract } from '../../lib/money'
import { after, readPage, startOf } from './lists'
import { editsOf } from './purchase-conflict'
import { readPurchase } from './purchase-read'
import type { Purchase, PurchaseInvoice } from './purchase-record'
import { isBooked, isLive, isVoided } from './purchase-standing'
import { dayOf, decimal, sameWord, text, word } from './shapes'

export const PurchaseListRow = z.object({
  ID: z.string(),
  OrderNumber: text,
  InvoiceNumber: text,
  OrderDate: text,
  InvoiceDate: text,
  InvoiceAmount: decimal.nullish(),
  PaidAmount: decimal.nullish(),
  Supplier: text,
  SupplierID: text,
  SupplierCurrency: text,
  Status: text,
  InvoiceStatus: text,
  CombinedInvoiceStatus: text,
  LastUpdatedDate: text,
})
export type PurchaseListRow = z.infer<typeof PurchaseListRow>

/** `reference` = the number of the supplier's invoice. */
export type PurchaseRowShown = TargetRow & { reference: string }

/** A page of all purchases. Cin7 cannot list them by invoice date; a page holds 1000. */
export const purchasePage = async (
  api: ReadApi,
  cursor: string | null,
): Promise<Omit<TargetPage, 'rows'> & { rows: PurchaseRowShown[] }> => {
  const at = startOf(cursor)
  const { rows, done } = await readPage(api, '/purchaseList', 'PurchaseList', PurchaseListRow, at)
  return { rows: rows.map(rowOf), next: after(at, rows.length), done }
}

const rowOf = (row: PurchaseListRow): PurchaseRowShown => ({
  id: row.ID.toLowerCase(),
  number: row.OrderNumber,
  reference: row.InvoiceNumber,
  date: dayOf(row.InvoiceDate || row.OrderDate),
  stamp: row.LastUpdatedDate,
  booked: isInvoiced(row) && word(row.Status) !== 'VOIDED',
  currency: word(row.SupplierCurrency),
  total: row.InvoiceAmount ?? '0',
  customer: { id: row.SupplierID.toLowerCase(), name: row.Supplier },
})

/** One word for several invoices, or `INVOICED`, `PARTIALLY INVOICED`, … / CREDITED (sheet section 9.4, endpoints.json). */
const isInvoiced = ({ InvoiceStatus, CombinedInvoiceStatus }: PurchaseListRow): boolean =>
  isBooked({ status: word(InvoiceStatus) }) || /^(partially )?invoiced/i.test(CombinedInvoiceStatus)

/** What the authorised invoices of a purchase book; payments and receipts are everyday life and no change. */
export const bookedPurchase = async (api: ReadApi, target: TargetRef): Promise<Booked | null> => {
  const purchase = await readPurchase(api, target.id)
  if (!purchase) return null
  const invoices = isVoided(purchase) ? [] : purchase.invoices.filter(isBooked)
  const [first] = invoices
  return {
    number: purchase.number || target.number,
    date: first?.date ?? '',
    figures: first ? figuresOf(purchase, invoices) : null,
    changes: first ? await changesOf(purchase, invoices, target) : [],
  }
}

const changesOf = async (purchase: Purchase, invoices: PurchaseInvoice[], { facts }: TargetRef): Promise<string[]> => {
  const ours = invoices.some(({ id }) => sameWord(id, facts.invoice ?? ''))
  const said: [boolean, string][] = [
    [facts.invoice !== undefined && !ours, 'its invoice is not the one that the connector made'],
    [invoices.length > 1, `it has ${invoices.length} invoices`],
    [purchase.creditNotes.some(isLive), 'it has a credit note'],
  ]
  return [...said.flatMap(([happened, words]) => (happened ? [words] : [])), ...(await editsOf(purchase, facts))]
}

const figuresOf = ({ currency, supplier, taxInclusive }: Purchase, invoices: PurchaseInvoice[]): Figures => ({
  currency,
  total: add('0', ...invoices.map(({ total }) => total)),
  tax: add('0', ...invoices.map(({ tax }) => tax)),
  customer: supplier,
  accounts: accountsOf(invoices, taxInclusive),
})

const accountsOf = (invoices: PurchaseInvoice[], inclusive: boolean): Record<string, Decimal> => {
  const sums: Record<string, Decimal> = {}
  for (const { account, total, tax } of invoices.flatMap(({ rows }) => rows))
    sums[account] = add(sums[account] ?? '0', subtract(total, inclusive ? tax : '0'))
  return sums
}
