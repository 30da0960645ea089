import { z } from 'zod'
import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { isZero, show } from '../../lib/money'
import { paidPage } from './paid-pages'
import { paymentEdits } from './payment-target'
import { PurchaseListRow } from './purchase-books'
import { paymentsOf } from './purchase-payment-calls'
import { readPurchase } from './purchase-read'
import type { Purchase, PurchaseInvoice, PurchasePayment } from './purchase-record'
import { isBooked, isVoided } from './purchase-standing'
import { sameWord, word } from './shapes'

const Row = PurchaseListRow.extend({ CombinedPaymentStatus: z.string().nullish() })
type Row = z.infer<typeof Row>

/** Payments on the invoices of some purchases. */
export const purchasePaymentPage = (api: ReadApi, cursor: string | null): Promise<TargetPage> =>
  paidPage(api, { path: '/purchaseList', field: 'PurchaseList', row: Row, isPaid, payments: readPaid }, cursor)

const readPaid = async (api: ReadApi, row: Row): Promise<TargetRow[]> => {
  const document = await readPurchase(api, row.ID)
  return document ? rowsOf(document, row.LastUpdatedDate) : []
}

/** Payments and refunds may cancel out: then only the word tells. */
const isPaid = ({ PaidAmount, CombinedPaymentStatus }: Row): boolean =>
  !isZero(PaidAmount ?? '0') || !['', 'UNPAID', 'VOIDED'].includes(word(CombinedPaymentStatus ?? ''))

const rowsOf = ({ invoices, currency, supplier }: Purchase, stamp: string): TargetRow[] =>
  invoices.filter(isBooked).flatMap(({ number, payments }) =>
    payments.map(({ id, amount, date }) => ({
      id,
      number: `${number || 'payment'} ${show(amount)}`,
      date,
      stamp,
      booked: true,
      currency,
      total: amount,
      customer: supplier,
    })),
  )

/** What stands in the books of a payment that we carried; null = it was deleted. */
export const bookedPurchasePayment = async (api: ReadApi, target: TargetRef): Promise<Booked | null> => {
  const purchase = await readPurchase(api, target.facts.purchase ?? '')
  const invoice = purchase?.invoices.find(({ payments }) => payments.some((payment) => isThis(payment, target)))
  const payment = invoice?.payments.find((one) => isThis(one, target))
  return purchase && invoice && payment ? bookedOf(target, { purchase, invoice, payment }) : null
}

const isThis = ({ id }: PurchasePayment, target: TargetRef): boolean => sameWord(id, target.id)

interface Found {
  purchase: Purchase
  invoice: PurchaseInvoice
  payment: PurchasePayment
}

const bookedOf = (target: TargetRef, { purchase, invoice, payment }: Found): Booked => {
  const { currency, supplier } = purchase
  const { amount, account, date } = payment
  const figures = { currency, total: amount, tax: '0', customer: supplier, accounts: { [account]: amount } }
  const shown = paymentsOf(invoice).find(({ ID }) => sameWord(ID, target.id))
  return {
    number: target.number,
    date,
    figures: isVoided(purchase) ? null : figures,
    changes: shown ? paymentEdits(target, shown) : [],
  }
}
