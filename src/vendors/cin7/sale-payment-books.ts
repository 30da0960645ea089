import { z } from 'zod'
import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { show } from '../../lib/money'
import { paidPage } from './paid-pages'
import { type Payment, readPayments } from './payment-calls'
import { paymentEdits } from './payment-target'
import { isAuthorised, liveInvoices, readSale, type Sale } from './sale-shapes'
import { dayOf, sameWord, text, word } from './shapes'

const Row = z.object({ SaleID: z.string(), CombinedPaymentStatus: text, Updated: text })
type Row = z.infer<typeof Row>

/** Payments on the invoices of some sales. */
export const salePaymentPage = (api: ReadApi, cursor: string | null): Promise<TargetPage> =>
  paidPage(api, { path: '/saleList', field: 'SaleList', row: Row, isPaid, payments: readPaid }, cursor)

const readPaid = async (api: ReadApi, row: Row): Promise<TargetRow[]> => {
  const document = await readSale(api, row.SaleID)
  return document ? rowsOf(document, row.Updated) : []
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
