import { z } from 'zod'
import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { isZero, show } from '../../lib/money'
import { readPage } from './lists'
import { paymentEdits } from './payment-target'
import { PurchaseListRow } from './purchase-books'
import { paymentsOf } from './purchase-payment-calls'
import { readPurchase } from './purchase-read'
import type { Purchase, PurchaseInvoice, PurchasePayment } from './purchase-record'
import { isBooked, isVoided } from './purchase-standing'
import { sameWord, word } from './shapes'

/** Purchases read for one page: only each purchase shows its payments, so it costs one call per paid purchase. */
const READS = 20

const Cursor = z.tuple([z.number(), z.number(), z.number()])

const Row = PurchaseListRow.extend({ CombinedPaymentStatus: z.string().nullish() })
type Row = z.infer<typeof Row>

/** Payments on the invoices of some purchases. `cursor` = page of the list, rows before it, rows of it that are done. */
export const purchasePaymentPage = async (api: ReadApi, cursor: string | null): Promise<TargetPage> => {
  const [page, before, from] = cursor === null ? [1, 0, 0] : Cursor.parse(JSON.parse(cursor))
  const { rows, done } = await readPage(api, '/purchaseList', 'PurchaseList', Row, { page, before })
  const { paid, to } = nextPaid(rows, from)
  const found: TargetRow[] = []
  for (const row of paid) {
    const purchase = await readPurchase(api, row.ID)
    if (purchase) found.push(...rowsOf(purchase, row.LastUpdatedDate))
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
