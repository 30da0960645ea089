import type { Adopted, CandidatePage } from '../../core/flow'
import type { Candidate } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { type PurchaseRowShown, purchasePage } from './purchase-books'
import { readPurchase } from './purchase-read'
import { shownInvoice, shownOrder } from './purchase-shown'
import { bookedInvoices, orderStands } from './purchase-standing'

/** All purchases that are booked, by what the supplier calls its invoice. */
export const purchaseCandidates = async (api: ReadApi, cursor: string | null): Promise<CandidatePage> => {
  const { rows, next, done } = await purchasePage(api, cursor)
  return { rows: rows.filter(({ booked }) => booked).map(candidateOf), next, done }
}

const candidateOf = ({ id, number, reference, date, total, currency, customer }: PurchaseRowShown): Candidate => ({
  id,
  number,
  terms: { kind: 'dated', number: reference, date, total, currency, party: customer.name },
})

/** Facts without a stamp of ours: it is never undone by us, only compared. One of several invoices is nobody's whole bill. */
export const adoptPurchase = async (api: ReadApi, id: string): Promise<Adopted | null> => {
  const purchase = await readPurchase(api, id)
  const [invoice, second] = purchase ? bookedInvoices(purchase) : []
  if (!purchase || !invoice || second) return null
  const { number, date, total } = invoice
  const { currency } = purchase
  const shown = { ...(await shownOrder(purchase)), ...(await shownInvoice(invoice)) }
  return {
    target: {
      id: purchase.id,
      number: purchase.number,
      facts: { invoice: invoice.id, invoiceNumber: number, total, currency, ...shown },
    },
    terms: { kind: 'dated', number, date, total, currency, party: purchase.supplier.name },
  }
}

export const adoptOrder = async (api: ReadApi, id: string): Promise<Adopted | null> => {
  const purchase = await readPurchase(api, id)
  if (!purchase || !orderStands(purchase)) return null
  const { number, currency, orderDate, supplier } = purchase
  const { total } = purchase.order
  return {
    target: { id: purchase.id, number, facts: { total, currency, ...(await shownOrder(purchase)) } },
    terms: { kind: 'dated', number, date: orderDate, total, currency, party: supplier.name },
  }
}
