import { z } from 'zod'
import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { show } from '../../lib/money'
import { readPage } from './lists'
import { type Payment, readPayments } from './payment-calls'
import { paymentEdits } from './payment-target'
import { isAuthorised, liveInvoices, readSale, type Sale } from './sale-shapes'
import { dayOf, sameWord, text, word } from './shapes'

/** Sales read for one page: only each sale shows its payments, so it costs one call per paid sale. */
const READS = 20

const Cursor = z.tuple([z.number(), z.number(), z.number()])

const Row = z.object({ SaleID: z.string(), CombinedPaymentStatus: text, Updated: text })
type Row = z.infer<typeof Row>

/** Payments on the invoices of some sales. `cursor` = page of the list, rows before it, rows of it that are done. */
export const salePaymentPage = async (api: ReadApi, cursor: string | null): Promise<TargetPage> => {
  const [page, before, from] = cursor === null ? [1, 0, 0] : Cursor.parse(JSON.parse(cursor))
  const { rows, done } = await readPage(api, '/saleList', 'SaleList', Row, { page, before })
  const { paid, to } = nextPaid(rows, from)
  const found: TargetRow[] = []
  for (const row of paid) {
    const sale = await readSale(api, row.SaleID)
    if (sale) found.push(...rowsOf(sale, row.Updated))
  }
  const more = to < rows.length
  const next = more ? [page, before, to] : [page + 1, before + rows.length, 0]
  return { rows: found, next: JSON.stringify(next), done: done && !more }
}

const nextPaid = (rows: Row[], from: number): { paid: Row[]; to: number } => {
  const paid: Row[] = []
  let to = from
  for (; to < rows.length && paid.length < READS; to += 1) {
    const row = rows[to]
    if (row && isPaid(row)) paid.push(row)
  }
  return { paid, to }
}

const isPaid = ({ CombinedPaymentStatus }: Row): boolean =>
  !['', 'UNPAID', 'VOIDED'].includes(word(CombinedPaymentStatus))

const customerOf = ({ CustomerID, Customer }: Sale) => ({ id: CustomerID.toLowerCase(), name: Customer })

const rowsOf = (sale: Sale, stamp: string): TargetRow[] =>
  liveInvoices(sale)
    .filter(isAuthorised)
    .flatMap(({ InvoiceNumber, Payments }) =>
      (Payments ?? []).map(({ ID, Amount, DatePaid }) => ({
        id: ID,
        number: `${InvoiceNumber || 'payment'} ${show(Amount ?? '0')}`,
        date: dayOf(DatePaid),
        stamp,
        booked: true,
        currency: sale.CustomerCurrency.toUpperCase(),
        total: Amount ?? '0',
        customer: customerOf(sale),
      })),
    )

/** What stands in the books of a payment that we carried; null = it was deleted. Only its own list shows the account. */
export const bookedSalePayment = async (api: ReadApi, target: TargetRef): Promise<Booked | null> => {
  const sale = await readSale(api, target.facts.sale ?? '')
  if (!sale) return null
  const payment = (await readPayments(api, sale.ID)).find(({ ID }) => sameWord(ID, target.id))
  return payment ? bookedOf(target, sale, payment) : null
}

const bookedOf = (target: TargetRef, sale: Sale, payment: Payment): Booked => {
  const total = payment.Amount ?? '0'
  const figures = {
    currency: sale.CustomerCurrency.toUpperCase(),
    total,
    tax: '0',
    customer: customerOf(sale),
    accounts: { [payment.Account]: total },
  }
  return {
    number: target.number,
    date: dayOf(payment.DatePaid),
    figures: sameWord(sale.Status, 'VOIDED') ? null : figures,
    changes: paymentEdits(target, payment),
  }
}
