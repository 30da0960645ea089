import type { Books } from '../books'
import { refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, flag, guid, missing, oneOf, text } from '../fields'
import { attributesOf } from '../sale-header'
import { today } from '../stamps'
import { purchaseUpdated } from './events'
import { approachOf, checkHeader, headerFrom, headerOf, inclusiveOf, rateOf, supplierOf } from './header'
import type { CreditNote, Group, Invoice, Order, Purchase } from './model'
import { NOT_AVAILABLE, receiptBegun, standingCredits, standingGroups } from './state'

const emptyOrder = (): Order => ({ Memo: '', Status: NOT_AVAILABLE, Lines: [], AdditionalCharges: [] })

export const emptyInvoice = (CurrencyRate: string): Invoice => ({
  Status: NOT_AVAILABLE,
  InvoiceNumber: '',
  InvoiceDate: null,
  InvoiceDueDate: null,
  CurrencyRate,
  Lines: [],
  AdditionalCharges: [],
})

export const emptyGroup = (TaskID: string, number: number, rate: string): Group => ({
  TaskID,
  number,
  invoice: emptyInvoice(rate),
  stock: { Status: NOT_AVAILABLE, Lines: [] },
  putAway: { Status: NOT_AVAILABLE, Lines: [] },
})

export const emptyCredit = (TaskID: string): CreditNote => ({
  TaskID,
  CreditNoteNumber: '',
  CreditNoteInvoiceNumber: '',
  CreditNoteDate: null,
  Status: NOT_AVAILABLE,
  Lines: [],
  AdditionalCharges: [],
  Unstock: [],
})

const kindOf = (body: Body): Purchase['kind'] => {
  if (flag(body, 'IsServiceOnly')) return 'Service'
  return oneOf(body, 'PurchaseType', ['Simple', 'Advanced']) === 'Advanced' ? 'Advanced' : 'Simple'
}

export const purchaseById = (books: Books, id: string | undefined): Purchase => {
  const purchase = books.purchases.get(id ?? '')
  if (!purchase) throw refusal('Purchase with specified ID not found')
  return purchase
}

/** Owner of an invoice, credit note or payment. */
export const purchaseOfTask = (books: Books, taskId: string): Purchase | undefined =>
  books.purchases.get(taskId) ?? books.purchases.get(books.owners.get(taskId.toLowerCase()) ?? '')

export const refuseVoided = (purchase: Purchase): void => {
  if (purchase.voided) throw refusal(`Purchase ${purchase.number} is voided and cannot be changed`)
}

/** Every change moves `LastUpdatedDate`, payments too (sheet 15.14). */
export const savePurchase = (books: Books, purchase: Purchase, created = false): Purchase => {
  for (const { TaskID } of [...purchase.groups, ...purchase.credits])
    if (TaskID !== purchase.ID && books.owners.get(TaskID) === undefined) books.owners.put(TaskID, purchase.ID)
  const saved = books.purchases.save(purchase.ID, { ...purchase, updated: books.world.now() })
  if (!created) purchaseUpdated(books, saved)
  return saved
}

const requireHeader = (body: Body): void => {
  const nobody = !text(body, 'SupplierID') && !text(body, 'Supplier')
  round(
    nobody && problem(`Required property 'SupplierID' or 'Supplier' not found`),
    ...missing(body, 'Approach', 'Location'),
  )
}

const newPurchase = (books: Books, body: Body, ID: string): Purchase => {
  const supplier = supplierOf(books, body)
  const kind = kindOf(body)
  const header = headerOf(body, headerFrom(supplier))
  checkHeader(books, { ...header })
  const now = books.world.now()
  const currencyRate = rateOf(books, body, supplier.Currency)
  const task = kind === 'Advanced' ? crypto.randomUUID() : ID
  return {
    ID,
    number: '',
    kind,
    supplierId: supplier.ID,
    currency: supplier.Currency,
    approach: approachOf(body, kind),
    blindReceipt: flag(body, 'BlindReceipt') ?? false,
    taxInclusive: inclusiveOf(body, false),
    currencyRate,
    orderDate: today(now),
    header,
    attributes: attributesOf(body, {}),
    voided: false,
    order: emptyOrder(),
    groups: [emptyGroup(task, kind === 'Advanced' ? 1 : 0, currencyRate)],
    credits: [emptyCredit(kind === 'Advanced' ? crypto.randomUUID() : ID)],
    payments: [],
    shownStatus: null,
    created: now,
    updated: now,
  }
}

/** Only the header: nested orders and lines are not even read (sheet 0.3, 9.1). */
export const createPurchase = (books: Books, body: Body, id: string = crypto.randomUUID()): Purchase => {
  requireHeader(body)
  const purchase = newPurchase(books, body, id)
  refuseLocked(books, purchase.orderDate)
  return savePurchase(books, { ...purchase, number: books.number('PO') }, true)
}

const begun = (purchase: Purchase): boolean =>
  purchase.order.Status === 'AUTHORISED' ||
  standingGroups(purchase).length > 0 ||
  standingCredits(purchase).length > 0 ||
  purchase.groups.some(receiptBegun)

/** What amounts and the order of steps rest on stays once a document stands (our reading: the sheet is silent). */
const refuseRebasing = (old: Purchase, purchase: Purchase): void => {
  const same =
    old.supplierId === purchase.supplierId &&
    old.taxInclusive === purchase.taxInclusive &&
    old.approach === purchase.approach &&
    old.currencyRate === purchase.currencyRate
  if (!same && begun(old))
    throw refusal('Supplier, Approach, TaxCalculation and CurrencyRate cannot be changed after order authorisation')
}

/** What is left out stays. `PurchaseType` and `IsServiceOnly` are POST only (sheet 9.1) and not read. */
export const changePurchase = (books: Books, body: Body): Purchase => {
  round(...missing(body, 'ID'))
  const old = purchaseById(books, guid(body, 'ID'))
  refuseVoided(old)
  const supplier = body.SupplierID || body.Supplier ? supplierOf(books, body) : books.suppliers.get(old.supplierId)
  const currency = supplier?.Currency ?? old.currency
  const purchase: Purchase = {
    ...old,
    supplierId: supplier?.ID ?? old.supplierId,
    currency,
    approach: approachOf(body, old.kind, old.approach),
    blindReceipt: flag(body, 'BlindReceipt') ?? old.blindReceipt,
    taxInclusive: inclusiveOf(body, old.taxInclusive),
    currencyRate: rateOf(books, body, currency, currency === old.currency ? old.currencyRate : undefined),
    header: headerOf(body, old.header),
    attributes: attributesOf(body, old.attributes),
  }
  checkHeader(books, body)
  refuseRebasing(old, purchase)
  return savePurchase(books, purchase)
}
