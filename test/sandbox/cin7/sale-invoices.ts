import Big from 'big.js'
import { rounded } from './arithmetic'
import type { Books } from './books'
import type { Call, Verbs } from './call'
import { refuseLocked } from './checks'
import { problem, refusal, round } from './errors'
import { invoiceAuthorised, saleUndone } from './events'
import { type Body, day, decimal, flag, guid, missing, oneOf, text } from './fields'
import { isTrue, needed } from './lists'
import type { Invoice, Sale } from './sale-model'
import { readRows } from './sale-rows'
import { NOT_AVAILABLE, paymentsOf, standingCredits } from './sale-state'
import { invoicesAnswer } from './sale-view'
import { refuseVoided, saleById, saleOfTask, saveSale } from './sales'

const EMPTY_GUID = '00000000-0000-0000-0000-000000000000'
const WRITABLE = ['DRAFT', 'AUTHORISED']

const isOpen = ({ Status }: Invoice): boolean => Status === 'DRAFT' || Status === NOT_AVAILABLE

const fresh = (books: Books, sale: Sale): Invoice => ({
  TaskID: sale.kind === 'Service' ? sale.ID : crypto.randomUUID(),
  InvoiceNumber: '',
  Memo: '',
  Status: NOT_AVAILABLE,
  InvoiceDate: '',
  InvoiceDueDate: '',
  CurrencyConversionRate: sale.currency === books.company().me.Currency ? '1' : sale.currencyRate,
  BillingAddressLine1: text(sale.header.BillingAddress, 'DisplayAddressLine1') ?? '',
  BillingAddressLine2: text(sale.header.BillingAddress, 'DisplayAddressLine2') ?? '',
  Lines: [],
  AdditionalCharges: [],
})

/** The empty GUID opens a further invoice on an Advanced sale; other sales have one that counts (sheet 15.10). */
const opened = (books: Books, sale: Sale): Invoice => {
  if (sale.kind === 'Advanced') return fresh(books, sale)
  if (sale.invoices.some(({ Status }) => Status === 'AUTHORISED'))
    throw refusal('Sale invoice should be in DRAFT or NOT AVAILABLE status')
  return sale.invoices.find(isOpen) ?? fresh(books, sale)
}

const addressed = (books: Books, sale: Sale, taskId: string | undefined): Invoice => {
  const service = sale.kind === 'Service' && taskId === sale.ID
  if (taskId === EMPTY_GUID || service) return opened(books, sale)
  const invoice = sale.invoices.find(({ TaskID }) => TaskID === taskId)
  if (!invoice) throw refusal('Sale invoice with specified TaskID not found')
  if (!isOpen(invoice)) throw refusal('Sale invoice should be in DRAFT or NOT AVAILABLE status')
  return invoice
}

/** The shape of a status is checked even where another problem follows; accounts and totals come with the lines. */
const filled = (books: Books, sale: Sale, old: Invoice, body: Body): Invoice => {
  const Status = oneOf(body, 'Status', WRITABLE) ?? old.Status
  const combined = (flag(body, 'CombineAdditionalCharges') ?? false) || sale.kind === 'Service'
  const rate = decimal(body, 'CurrencyConversionRate')
  round(rate !== undefined && new Big(rate).lte(0) && problem('CurrencyConversionRate is invalid'))
  const foreign = sale.currency !== books.company().me.Currency
  const invoice = {
    ...old,
    ...readRows(books, sale, 'invoice', body, combined),
    Status,
    Memo: text(body, 'Memo') ?? old.Memo,
    InvoiceDate: day(body, 'InvoiceDate') ?? old.InvoiceDate,
    InvoiceDueDate: day(body, 'InvoiceDueDate') ?? old.InvoiceDueDate,
    CurrencyConversionRate: rate !== undefined && foreign ? rounded(rate, 5) : old.CurrencyConversionRate,
    BillingAddressLine1: text(body, 'BillingAddressLine1') ?? old.BillingAddressLine1,
    BillingAddressLine2: text(body, 'BillingAddressLine2') ?? old.BillingAddressLine2,
  }
  const nothing = invoice.Lines.length + invoice.AdditionalCharges.length === 0
  round(Status === 'AUTHORISED' && nothing && problem('Sale invoice without lines cannot be authorised'))
  return invoice
}

const target = (books: Books, body: Body): Sale => {
  const sale = saleById(books, guid(body, 'SaleID'))
  refuseVoided(sale)
  if (sale.order.Status !== 'AUTHORISED' && sale.kind !== 'Service')
    throw refusal('Sale order should be AUTHORISED before sale invoice')
  return sale
}

const replace = (books: Books, sale: Sale, invoice: Invoice): Sale => {
  const known = sale.invoices.some(({ TaskID, Status }) => TaskID === invoice.TaskID && Status !== 'VOIDED')
  const invoices = known
    ? sale.invoices.map((each) => (each.TaskID === invoice.TaskID && each.Status !== 'VOIDED' ? invoice : each))
    : [...sale.invoices, invoice]
  books.owners.put(invoice.TaskID, sale.ID)
  return saveSale(books, { ...sale, invoices })
}

/** The vendor numbers its invoices itself (sheet 8.1); a number sent along is not read. */
const keep = (books: Books, sale: Sale, invoice: Invoice): [Sale, Invoice] => {
  refuseLocked(books, invoice.InvoiceDate)
  const numbered = { ...invoice, InvoiceNumber: invoice.InvoiceNumber || books.number('INV') }
  const saved = replace(books, sale, numbered)
  if (numbered.Status === 'AUTHORISED') invoiceAuthorised(books, saved, numbered)
  return [saved, numbered]
}

export const postInvoice = (books: Books, body: Body): [Sale, Invoice] => {
  round(...missing(body, 'SaleID', 'TaskID', 'Status', 'InvoiceDate', 'InvoiceDueDate'))
  const sale = target(books, body)
  const old = addressed(books, sale, guid(body, 'TaskID'))
  return keep(books, sale, filled(books, sale, { ...old, Lines: [], AdditionalCharges: [] }, body))
}

/** Only a draft; what is left out stays, an empty list deletes its rows (sheet 8.1). */
const putInvoice = (books: Books, body: Body): [Sale, Invoice] => {
  round(...missing(body, 'SaleID', 'TaskID'))
  const sale = target(books, body)
  const old = sale.invoices.find(({ TaskID }) => TaskID === guid(body, 'TaskID'))
  if (!old) throw refusal('Sale invoice with specified TaskID not found')
  if (old.Status !== 'DRAFT') throw refusal('Sale invoice should be in DRAFT status')
  refuseLocked(books, old.InvoiceDate)
  return keep(books, sale, filled(books, sale, old, body))
}

const standing = (books: Books, taskId: string): [Sale, Invoice] => {
  const sale = saleOfTask(books, taskId)
  const invoice = sale?.invoices.findLast(({ TaskID }) => TaskID === taskId.toLowerCase())
  if (!sale || !invoice) throw refusal('Sale invoice with specified TaskID not found')
  refuseVoided(sale)
  if (invoice.Status === 'VOIDED') throw refusal('Sale invoice is voided already')
  if (paymentsOf(sale, invoice).length > 0) throw refusal('Sale invoice has payments. Please remove payments first')
  if (standingCredits(sale).some(({ CreditNoteInvoiceNumber }) => CreditNoteInvoiceNumber === invoice.InvoiceNumber))
    throw refusal('Sale invoice has a credit note. Please void the credit note first')
  refuseLocked(books, invoice.InvoiceDate)
  return [sale, invoice]
}

export const voidInvoice = (books: Books, taskId: string): [Sale, Invoice] => {
  const [sale, invoice] = standing(books, taskId)
  const voided = { ...invoice, Status: 'VOIDED', Lines: [], AdditionalCharges: [] }
  return [replace(books, sale, voided), voided]
}

/** AUTHORISED → DRAFT, with its lines (sheet 15.15). */
export const undoInvoice = (books: Books, taskId: string): [Sale, Invoice] => {
  const [sale, invoice] = standing(books, taskId)
  if (invoice.Status !== 'AUTHORISED') throw refusal('Sale invoice has nothing to undo')
  const draft = { ...invoice, Status: 'DRAFT' }
  const saved = replace(books, sale, draft)
  saleUndone(books, saved)
  return [saved, draft]
}

const answer = ({ books, query, body }: Call, [sale, invoice]: [Sale, Invoice]) => {
  const combined = isTrue(query.get('CombineAdditionalCharges')) || (flag(body, 'CombineAdditionalCharges') ?? false)
  return invoicesAnswer(books, sale, [invoice], combined)
}

export const invoiceRoutes: Verbs = {
  GET({ books, query }) {
    const sale = saleById(books, needed(query, 'SaleID'))
    return invoicesAnswer(books, sale, sale.invoices, isTrue(query.get('CombineAdditionalCharges')))
  },
  POST: (call) => answer(call, postInvoice(call.books, call.body)),
  PUT: (call) => answer(call, putInvoice(call.books, call.body)),
  DELETE(call) {
    const taskId = needed(call.query, 'TaskID')
    return answer(
      call,
      isTrue(call.query.get('Void')) ? voidInvoice(call.books, taskId) : undoInvoice(call.books, taskId),
    )
  },
}
