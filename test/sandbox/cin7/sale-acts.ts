import { z } from 'zod'
import { type Act, act } from './acting'
import { minus } from './arithmetic'
import type { Books } from './books'
import { refusal } from './errors'
import { fulfilmentEvent, shipmentAuthorised } from './events'
import { postCredit, removeCredit } from './sale-credits'
import { undoInvoice, voidInvoice } from './sale-invoices'
import type { Sale } from './sale-model'
import { deletePayment, postPayment } from './sale-payments'
import { paidOn, totalsOf } from './sale-state'
import { paymentView, saleView } from './sale-view'
import { changeSale, saleById, saleOfTask, saveSale, undoSale, voidSale } from './sales'
import { today } from './stamps'

/** By ID, by number (`SO-00001`) or by ExternalID. */
const findSale = (books: Books, key: string): Sale => {
  const matches = ({ number, header }: Sale) => number === key || header.ExternalID === key
  return books.sales.all().find(matches) ?? saleById(books, key)
}

const view = (books: Books, sale: Sale) => saleView(books, sale, false)

const OfSale = z.object({ sale: z.string() })
const OfTask = z.object({ taskId: z.string() })
type Words = Pick<Sale, 'picking' | 'packing' | 'shipping'>

const fulfil = (books: Books, sale: Sale, words: Words): Sale => {
  const saved = saveSale(books, { ...sale, ...words })
  if (words.picking === 'PICKED' && sale.picking !== 'PICKED') fulfilmentEvent(books, 'Sale/PickAuthorised', saved)
  if (words.packing === 'PACKED' && sale.packing !== 'PACKED') fulfilmentEvent(books, 'Sale/PackAuthorised', saved)
  if (words.shipping === 'SHIPPED' && sale.shipping !== 'SHIPPED') shipmentAuthorised(books, saved)
  return saved
}

const Picking = OfSale.extend({
  picking: z.enum(['NOT PICKED', 'PICKING', 'PICKED']).default('PICKED'),
  packing: z.enum(['NOT PACKED', 'PACKING', 'PACKED']).optional(),
  shipping: z.enum(['NOT SHIPPED', 'SHIPPING', 'SHIPPED']).optional(),
})

const pick = act(Picking, (books, { sale: key, picking, packing, shipping }) => {
  const sale = findSale(books, key)
  const words = { picking, packing: packing ?? sale.packing, shipping: shipping ?? sale.shipping }
  return view(books, fulfil(books, sale, words))
})

const Ship = OfSale.transform(({ sale }) => ({ sale, picking: 'PICKED', packing: 'PACKED', shipping: 'SHIPPED' }))

/** Picks and packs what is not yet, too. */
const ship = act(Ship, (books, { sale: key, ...words }) => view(books, fulfil(books, findSale(books, key), words)))

const CreditSale = OfSale.extend({
  invoiceNumber: z.string().optional(),
  amount: z.coerce.string().optional(),
  account: z.string().default('200'),
  date: z.string().optional(),
})

/** The whole invoice, or one charge over an amount. */
const credit = act(CreditSale, (books, { sale: key, invoiceNumber, amount, account, date }) => {
  const sale = findSale(books, key)
  const invoices = sale.invoices.filter(({ Status }) => Status === 'AUTHORISED')
  const invoice = invoices.find(({ InvoiceNumber }) => InvoiceNumber === invoiceNumber) ?? invoices[0]
  if (!invoice) throw refusal(`no invoice to credit on ${key}`)
  const charge = { Description: 'Service', Quantity: 1, Price: amount, Tax: 0, TaxRule: 'Tax Exempt', Account: account }
  const { Lines, AdditionalCharges } = invoice
  const [credited] = postCredit(books, {
    SaleID: sale.ID,
    TaskID: '00000000-0000-0000-0000-000000000000',
    CreditNoteInvoiceNumber: invoice.InvoiceNumber,
    Status: 'AUTHORISED',
    CreditNoteDate: date ?? today(books.world.now()),
    ...(amount === undefined ? { Lines, AdditionalCharges } : { Lines: [], AdditionalCharges: [charge] }),
  })
  return view(books, credited)
})

const PayInvoice = OfTask.extend({
  amount: z.coerce.string().optional(),
  account: z.string().default('718'),
  date: z.string().optional(),
  reference: z.string().default(''),
})

/** In full unless an amount is given. */
const pay = act(PayInvoice, (books, { taskId, amount, account, date, reference }) => {
  const sale = saleOfTask(books, taskId)
  const invoice = sale?.invoices.find(({ TaskID }) => TaskID === taskId)
  if (!sale || !invoice) throw refusal(`no invoice ${taskId}`)
  const body = {
    TaskID: taskId,
    Type: 'Payment',
    Amount: amount ?? minus(totalsOf(books, sale, invoice).Total, paidOn(sale, invoice)),
    DatePaid: date ?? today(books.world.now()),
    Account: account,
    CurrencyRate: sale.currencyRate,
    Reference: reference,
  }
  return paymentView(...postPayment(books, body))
})

/** Inputs are listed in index.ts. */
export const SALE_ACTS: Record<string, Act> = {
  'edit-sale': act(
    OfSale.extend({ changes: z.record(z.string(), z.unknown()).default({}) }),
    (books, { sale, changes }) => view(books, changeSale(books, { ...changes, ID: findSale(books, sale).ID })),
  ),
  'pick-sale': pick,
  'ship-sale': ship,
  'credit-sale': credit,
  'void-credit': act(OfTask, (books, { taskId }) => view(books, removeCredit(books, taskId, true)[0])),
  'void-sale': act(OfSale, (books, { sale }) => view(books, voidSale(books, findSale(books, sale)))),
  'undo-sale': act(OfSale, (books, { sale }) => view(books, undoSale(books, findSale(books, sale)))),
  'void-invoice': act(OfTask, (books, { taskId }) => view(books, voidInvoice(books, taskId)[0])),
  'undo-invoice': act(OfTask, (books, { taskId }) => view(books, undoInvoice(books, taskId)[0])),
  'pay-invoice': pay,
  'delete-payment': act(z.object({ id: z.string() }), (books, { id }) => view(books, deletePayment(books, id))),
}
