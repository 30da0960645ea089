import type { Adopted, CandidatePage } from '../../core/flow'
import type { Candidate } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { type SaleListRow, salePage } from './sale-books'
import { isAuthorised, isStatus, liveInvoices, readSale } from './sale-shapes'
import { shownOf } from './sale-shown'

/** All sales that are booked; their own number is Cin7's, what the source calls them stands in the reference. */
export const saleCandidates = async (api: ReadApi, cursor: string | null): Promise<CandidatePage> => {
  const { rows, next, done } = await salePage(api, cursor)
  return { rows: rows.filter(({ booked }) => booked).map(candidateOf), next, done }
}

const candidateOf = ({ id, number, reference, date, total, currency, customer }: SaleListRow): Candidate => ({
  id,
  number,
  terms: { kind: 'dated', number: reference, date, total, currency, party: customer.name },
})

/** Facts without a stamp of ours: it is never undone by us, only compared. */
export const adoptSale = async (api: ReadApi, id: string): Promise<Adopted | null> => {
  const sale = await readSale(api, id)
  const invoice = sale && liveInvoices(sale).find(isAuthorised)
  if (!sale || !invoice || isStatus(sale, 'VOIDED')) return null
  const total = invoice.Total ?? '0'
  return {
    target: {
      id: sale.ID,
      number: sale.Order?.SaleOrderNumber || sale.ID,
      facts: {
        invoice: invoice.TaskID,
        invoiceNumber: invoice.InvoiceNumber,
        total,
        ...(await shownOf(sale, invoice)),
      },
    },
    terms: {
      kind: 'dated',
      number: sale.CustomerReference,
      date: invoice.InvoiceDate.slice(0, 10),
      total,
      currency: sale.CustomerCurrency.toUpperCase(),
      party: sale.Customer,
    },
  }
}
