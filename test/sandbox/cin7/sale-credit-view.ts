import type { Books } from './books'
import type { CreditNote, Sale } from './sale-model'
import { invoiceRows, paidLine, totalsView } from './sale-row-views'
import { refundsOf, totalsOf } from './sale-state'

/** As `/sale/creditnote` answers it. */
const creditAnswer = (books: Books, sale: Sale, credit: CreditNote, combined: boolean) => ({
  TaskID: credit.TaskID,
  CombineAdditionalCharges: combined,
  CreditNoteInvoiceNumber: credit.CreditNoteInvoiceNumber,
  Memo: credit.Memo,
  Status: credit.Status,
  CreditNoteDate: credit.CreditNoteDate,
  CreditNoteNumber: credit.CreditNoteNumber,
  CreditNoteConversionRate: Number(credit.CreditNoteConversionRate),
  ...invoiceRows(sale, credit, combined),
  Restock: [],
  ...totalsView(totalsOf(books, sale, credit)),
})

export const creditsAnswer = (books: Books, sale: Sale, credits: CreditNote[], combined: boolean) => ({
  SaleID: sale.ID,
  CreditNotes: credits.map((credit) => creditAnswer(books, sale, credit, combined)),
})

/** As `/sale` shows it: with refunds. */
export const detailCredit = (books: Books, sale: Sale, credit: CreditNote, combined: boolean) => {
  const { CombineAdditionalCharges: _, ...view } = creditAnswer(books, sale, credit, combined)
  return { ...view, Refunds: refundsOf(sale, credit).map(paidLine) }
}
