import Big from 'big.js'
import { rounded } from './arithmetic'
import type { Books } from './books'
import type { Call, Verbs } from './call'
import { refuseLocked } from './checks'
import { problem, refusal, round } from './errors'
import { creditAuthorised } from './events'
import { type Body, day, decimal, flag, guid, missing, oneOf, text } from './fields'
import { isTrue, needed } from './lists'
import { creditsAnswer } from './sale-credit-view'
import type { CreditNote, Sale } from './sale-model'
import { readRows } from './sale-rows'
import { refundsOf } from './sale-state'
import { refuseVoided, saleById, saleOfTask, saveSale } from './sales'

const EMPTY_GUID = '00000000-0000-0000-0000-000000000000'
const WRITABLE = ['DRAFT', 'AUTHORISED']

const fresh = (sale: Sale): CreditNote => ({
  TaskID: crypto.randomUUID(),
  CreditNoteNumber: '',
  CreditNoteInvoiceNumber: '',
  CreditNoteDate: '',
  CreditNoteConversionRate: sale.currencyRate,
  Memo: '',
  Status: 'NOT AVAILABLE',
  Lines: [],
  AdditionalCharges: [],
})

/** The empty GUID opens a further credit note (the vendor's blueprint). */
const addressed = (sale: Sale, taskId: string | undefined): CreditNote => {
  if (taskId === EMPTY_GUID) return fresh(sale)
  const credit = sale.credits.find(({ TaskID }) => TaskID === taskId)
  if (!credit) throw refusal('Sale credit note with specified TaskID not found')
  if (credit.Status !== 'DRAFT') throw refusal('Sale credit note should be in DRAFT or NOT AVAILABLE status')
  return credit
}

const rateOf = (body: Body, old: string): string => {
  const rate = decimal(body, 'CreditNoteConversionRate')
  round(rate !== undefined && new Big(rate).lte(0) && problem('CreditNoteConversionRate is invalid'))
  return rate === undefined ? old : rounded(rate, 5)
}

const filled = (books: Books, sale: Sale, old: CreditNote, body: Body): CreditNote => {
  const number = text(body, 'CreditNoteInvoiceNumber') ?? ''
  if (!sale.invoices.some(({ InvoiceNumber, Status }) => InvoiceNumber === number && Status === 'AUTHORISED'))
    throw refusal('Sale invoice should be AUTHORISED or PAID before credit note')
  const Status = oneOf(body, 'Status', WRITABLE) ?? 'DRAFT'
  const combined = (flag(body, 'CombineAdditionalCharges') ?? false) || sale.kind === 'Service'
  const { Lines = [], AdditionalCharges = [] } = readRows(books, sale, 'invoice', body, combined)
  const nothing = Lines.length + AdditionalCharges.length === 0
  round(Status === 'AUTHORISED' && nothing && problem('Sale credit note without lines cannot be authorised'))
  return {
    ...old,
    CreditNoteNumber: old.CreditNoteNumber || books.number('CR'),
    CreditNoteInvoiceNumber: number,
    CreditNoteDate: day(body, 'CreditNoteDate') ?? old.CreditNoteDate,
    CreditNoteConversionRate: rateOf(body, old.CreditNoteConversionRate),
    Memo: text(body, 'Memo') ?? '',
    Status,
    Lines,
    AdditionalCharges,
  }
}

const replace = (books: Books, sale: Sale, credit: CreditNote): Sale => {
  const others = sale.credits.filter(({ TaskID }) => TaskID !== credit.TaskID)
  books.owners.put(credit.TaskID, sale.ID)
  return saveSale(books, { ...sale, credits: [...others, credit] })
}

export const postCredit = (books: Books, body: Body): [Sale, CreditNote] => {
  round(...missing(body, 'SaleID', 'TaskID', 'CreditNoteInvoiceNumber', 'Status', 'CreditNoteDate'))
  const sale = saleById(books, guid(body, 'SaleID'))
  refuseVoided(sale)
  const old = addressed(sale, guid(body, 'TaskID'))
  refuseLocked(books, day(body, 'CreditNoteDate') ?? '')
  const credit = filled(books, sale, old, body)
  const saved = replace(books, sale, credit)
  if (credit.Status === 'AUTHORISED') creditAuthorised(books, saved, credit)
  return [saved, credit]
}

/** AUTHORISED → DRAFT, or VOIDED without its lines; refunds first (sheet 15.15). */
export const removeCredit = (books: Books, taskId: string, voids: boolean): [Sale, CreditNote] => {
  const sale = saleOfTask(books, taskId)
  const credit = sale?.credits.find(({ TaskID }) => TaskID === taskId.toLowerCase())
  if (!sale || !credit) throw refusal('Sale credit note with specified TaskID not found')
  refuseVoided(sale)
  if (refundsOf(sale, credit).length > 0) throw refusal('Sale credit note has refunds. Please remove refunds first')
  if (credit.Status === 'VOIDED' || (!voids && credit.Status !== 'AUTHORISED'))
    throw refusal('Sale credit note has nothing to undo')
  refuseLocked(books, credit.CreditNoteDate)
  const removed: CreditNote = voids
    ? { ...credit, Status: 'VOIDED', Lines: [], AdditionalCharges: [] }
    : { ...credit, Status: 'DRAFT' }
  return [replace(books, sale, removed), removed]
}

const answer = ({ books, query, body }: Call, [sale, credit]: [Sale, CreditNote]) => {
  const combined = isTrue(query.get('CombineAdditionalCharges')) || (flag(body, 'CombineAdditionalCharges') ?? false)
  return creditsAnswer(books, sale, [credit], combined)
}

export const creditRoutes: Verbs = {
  GET({ books, query }) {
    const sale = saleById(books, needed(query, 'SaleID'))
    return creditsAnswer(books, sale, sale.credits, isTrue(query.get('CombineAdditionalCharges')))
  },
  POST: (call) => answer(call, postCredit(call.books, call.body)),
  DELETE(call) {
    const [taskId, voids] = [needed(call.query, 'TaskID'), isTrue(call.query.get('Void'))]
    return answer(call, removeCredit(call.books, taskId, voids))
  },
}
