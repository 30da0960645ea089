import { z } from 'zod'
import type { Adopted, CandidatePage, TargetPage, TargetRef } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { Booked, Figures, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { add, type Decimal, same } from '../../lib/money'
import { nextSkip, pageAt } from './lists'
import { stampIn } from './marks'
import { isLive } from './order-look-up'
import { type OrderRow, readOrder } from './order-record'
import { date, decimal, id, sameWord, stamp, text } from './shapes'

const Row = z.object({
  id,
  Type: text,
  OrderNbr: text,
  VendorID: text,
  VendorRef: text,
  Date: date,
  CurrencyID: text,
  OrderTotal: decimal,
  Status: text,
  LastModifiedDateTime: stamp,
})
type Row = z.infer<typeof Row>

const SELECT = Object.keys(Row.shape).slice(1).join(',')

/** A filter on what is no key may hide orders (sheet 5): the normal ones are picked here. */
const page = async (api: ReadApi, cursor: string | null) => {
  const skip = Number(cursor ?? 0)
  const rows = await pageAt(api, 'PurchaseOrder', Row, { $select: SELECT }, skip)
  const next = nextSkip(skip, rows)
  const normal = rows.filter(({ Type }) => sameWord(Type, 'Normal'))
  return { rows: normal, next: String(next ?? 0), done: next === null }
}

/** One on hold is about to be ordered; nobody waits for what was refused or cancelled. */
const isOrdered = (row: { Status: string }): boolean => isLive(row) && !sameWord(row.Status, 'Rejected')

export const orderPage = async (api: ReadApi, cursor: string | null): Promise<TargetPage> => {
  const { rows, ...rest } = await page(api, cursor)
  return { rows: rows.map(rowOf), ...rest }
}

const rowOf = (row: Row): TargetRow => ({
  id: row.id,
  number: row.OrderNbr,
  date: row.Date,
  stamp: row.LastModifiedDateTime,
  booked: isOrdered(row),
  currency: row.CurrencyID,
  total: row.OrderTotal,
  customer: { id: row.VendorID, name: row.VendorID },
})

export const orderCandidates = async (api: ReadApi, cursor: string | null): Promise<CandidatePage> => {
  const { rows, ...rest } = await page(api, cursor)
  const found = rows.filter(isLive).map((row) => ({ id: row.id, number: row.OrderNbr, terms: termsOf(row) }))
  return { rows: found, ...rest }
}

const termsOf = (row: Pick<Row, 'VendorRef' | 'Date' | 'OrderTotal' | 'CurrencyID' | 'VendorID'>): Terms => ({
  kind: 'dated',
  number: row.VendorRef,
  date: row.Date,
  total: row.OrderTotal,
  currency: row.CurrencyID,
  party: row.VendorID,
})

/** Facts without a content of ours: it is never changed by us. */
export const adoptOrder = async (api: ReadApi, order: string): Promise<Adopted | null> => {
  const row = await readOrder(api, order)
  if (!row || !isLive(row)) return null
  const facts = { total: row.OrderTotal, vendor: row.VendorID, status: row.Status }
  return { target: { id: row.id, number: row.OrderNbr, facts }, terms: termsOf(row) }
}

/** What was ordered, also once it came in or was billed. */
export const bookedOrder = async (api: ReadApi, { id: order, facts }: TargetRef): Promise<Booked | null> => {
  const row = await readOrder(api, order)
  if (!row) return null
  return {
    number: row.OrderNbr,
    date: row.Date,
    figures: isOrdered(row) ? figuresOf(row) : null,
    changes: changesOf(row, facts),
  }
}

const changesOf = (row: OrderRow, facts: TargetRef['facts']): string[] => {
  const said: [boolean, string][] = [
    [facts.total !== undefined && !same(facts.total, row.OrderTotal), `its total is ${row.OrderTotal}`],
    [facts.vendor !== undefined && !sameWord(facts.vendor, row.VendorID), `its vendor is ${row.VendorID}`],
    [facts.content !== undefined && stampIn(row.Description)?.content !== facts.content, 'its description was edited'],
  ]
  return said.flatMap(([happened, words]) => (happened ? [words] : []))
}

/** By item, or by account where a line is of none: an order books nothing yet. */
const figuresOf = (row: OrderRow): Figures => {
  const accounts: Record<string, Decimal> = {}
  for (const { InventoryID, Account, ExtendedCost } of row.Details) {
    const on = InventoryID || Account
    accounts[on] = add(accounts[on] ?? '0', ExtendedCost)
  }
  return {
    currency: row.CurrencyID,
    total: row.OrderTotal,
    tax: row.TaxTotal,
    customer: { id: row.VendorID, name: row.VendorID },
    accounts,
  }
}
