import { z } from 'zod'
import type { Found } from '../scene'
import type { QuickbooksCin7 } from './office'

const Row = z.object({ Quantity: z.number(), Total: z.number(), Tax: z.number() })
/** A service has charges and no lines. */
const Rows = { Status: z.string(), Lines: z.array(Row), AdditionalCharges: z.array(Row) }
const Invoice = z.object({ ...Rows, InvoiceNumber: z.string() })
const Purchase = z.object({
  ID: z.string(),
  OrderNumber: z.string(),
  Supplier: z.string(),
  SupplierCurrency: z.string(),
  Status: z.string(),
  Order: z.object(Rows),
  Invoice: z.array(Invoice),
  CreditNote: z.array(z.object({ ...Rows, CreditNoteNumber: z.string() })),
})
type Purchase = z.infer<typeof Purchase>
type Document = Purchase['Order']

const Supplier = z.object({ ID: z.string(), Name: z.string(), Currency: z.string() })
type Supplier = z.infer<typeof Supplier>

const Ref = z.object({ value: z.string() })
const Txn = z.object({
  Id: z.string(),
  SyncToken: z.string(),
  DocNumber: z.string(),
  TotalAmt: z.number(),
  VendorRef: Ref,
  CurrencyRef: Ref,
  Line: z.array(z.looseObject({ Id: z.string(), Amount: z.number() })),
})
export type Txn = z.infer<typeof Txn>
const Vendor = z.object({ Id: z.string(), DisplayName: z.string(), CurrencyRef: Ref })

const Realm = z.object({
  realmId: z.string(),
  Vendor: z.array(Vendor),
  Bill: z.array(Txn),
  VendorCredit: z.array(Txn),
  PurchaseOrder: z.array(Txn),
})
type Realm = z.infer<typeof Realm>

const Dump = z.object({
  quickbooks: z.object({ realms: z.tuple([Realm]) }),
  cin7: z.object({ purchases: z.array(Purchase), suppliers: z.array(Supplier) }),
})

/** What stands on both sides, as the vendors' own books have it. */
export interface Books {
  company: Realm
  purchases: Purchase[]
  suppliers: Supplier[]
}

export const booksOf = async ({ world }: QuickbooksCin7): Promise<Books> => {
  const { quickbooks, cin7 } = Dump.parse(await world.dump())
  return { company: quickbooks.realms[0], ...cin7 }
}

const NONE: Found = { posted: false, extra: 0, words: 'the source has no such record' }

const beyondOne = (list: unknown[]): number => Math.max(0, list.length - 1)

const cents = (amount: number): number => Math.round(amount * 100)

export const rowsOf = ({ Lines, AdditionalCharges }: Document) => [...Lines, ...AdditionalCharges]

const totalOf = (document: Document): number =>
  rowsOf(document).reduce((sum, { Total, Tax }) => sum + cents(Total) + cents(Tax), 0)

const isOf = ({ Vendor }: Realm, { VendorRef, CurrencyRef }: Txn, purchase: Purchase): boolean =>
  CurrencyRef.value === purchase.SupplierCurrency &&
  Vendor.some(({ Id, DisplayName }) => Id === VendorRef.value && DisplayName === purchase.Supplier)

/** QuickBooks' documents of one document of Cin7, by their number. */
const documentOf = (company: Realm, txns: Txn[], purchase: Purchase, number: string, document: Document): Found => {
  const own = txns.filter(({ DocNumber }) => DocNumber === number)
  const [txn] = own
  return {
    posted: txn !== undefined && isOf(company, txn, purchase) && cents(txn.TotalAmt) === totalOf(document),
    extra: beyondOne(own),
    words: `${number} ${purchase.SupplierCurrency} ${totalOf(document) / 100} ↔ ${own.map(txnWords).join(' + ') || 'nothing'}`,
  }
}

const txnWords = ({ Id, SyncToken, CurrencyRef, TotalAmt }: Txn): string =>
  `${Id}/${SyncToken} ${CurrencyRef.value} ${TotalAmt}`

const together = (all: Found[]): Found => ({
  posted: all.length > 0 && all.every(({ posted }) => posted),
  extra: all.reduce((sum, { extra }) => sum + extra, 0),
  words: all.map(({ words }) => words).join('; '),
})

const purchaseOf = ({ purchases }: Books, source: string): Purchase | undefined =>
  purchases.find(({ ID }) => ID === source)

export const vendorOf = ({ company, suppliers }: Books, source: string): Found => {
  const supplier = suppliers.find(({ ID }) => ID === source)
  if (!supplier) return NONE
  const own = company.Vendor.filter(({ DisplayName }) => DisplayName.startsWith(supplier.Name))
  const [vendor] = own
  return {
    posted: vendor?.DisplayName === supplier.Name && vendor.CurrencyRef.value === supplier.Currency,
    extra: beyondOne(own),
    words: `${supplier.Name} in ${supplier.Currency} ↔ ${own.map(({ DisplayName }) => DisplayName).join(' + ') || 'nobody'}`,
  }
}

export const orderOf = (books: Books, source: string): Found => {
  const purchase = purchaseOf(books, source)
  if (!purchase) return NONE
  const { company } = books
  return documentOf(company, company.PurchaseOrder, purchase, purchase.OrderNumber, purchase.Order)
}

export const billsOf = (books: Books, source: string): Found => {
  const purchase = purchaseOf(books, source)
  if (!purchase) return NONE
  const { company } = books
  return together(
    purchase.Invoice.filter(({ Status }) => Status === 'AUTHORISED').map((invoice) =>
      documentOf(company, company.Bill, purchase, invoice.InvoiceNumber, invoice),
    ),
  )
}

export const creditsOf = (books: Books, source: string): Found => {
  const purchase = purchaseOf(books, source)
  if (!purchase) return NONE
  const { company } = books
  return together(
    purchase.CreditNote.map((note) => documentOf(company, company.VendorCredit, purchase, note.CreditNoteNumber, note)),
  )
}

/** An order whose first line was changed in QuickBooks: both have that amount, and the same total; Cin7 has computed its tax anew. */
export const carriedBack = ({ company, purchases }: Books, source: string, amount: number): Found => {
  const order = company.PurchaseOrder.find(({ Id }) => Id === source)
  const own = purchases.filter(({ OrderNumber }) => OrderNumber === order?.DocNumber)
  const [purchase] = own
  if (!order || !purchase) return NONE
  const [there, here] = [order.Line[0]?.Amount ?? 0, rowsOf(purchase.Order)[0]?.Total ?? 0]
  const agree = cents(there) === amount && cents(here) === amount && cents(order.TotalAmt) === totalOf(purchase.Order)
  return {
    posted: agree && purchase.Order.Status === 'AUTHORISED',
    extra: beyondOne(own),
    words: `${txnWords(order)} ↔ ${purchase.Order.Status} ${totalOf(purchase.Order) / 100}; first line ${there} ↔ ${here}, to be ${amount / 100}`,
  }
}

/** What stands in QuickBooks and has no counterpart of its own in Cin7: there twice, or nobody's. */
export const strays = ({ company, purchases, suppliers }: Books): number => {
  const invoices = purchases.flatMap(({ Invoice }) => Invoice.filter(({ Status }) => Status === 'AUTHORISED'))
  const notes = purchases.flatMap(({ CreditNote }) => CreditNote)
  const beyond = (txns: Txn[], numbers: string[]) =>
    txns.filter(
      ({ DocNumber }, at) => !numbers.includes(DocNumber) || txns.findIndex((one) => one.DocNumber === DocNumber) < at,
    )
  return [
    beyond(
      company.PurchaseOrder,
      purchases.map(({ OrderNumber }) => OrderNumber),
    ),
    beyond(
      company.Bill,
      invoices.map(({ InvoiceNumber }) => InvoiceNumber),
    ),
    beyond(
      company.VendorCredit,
      notes.map(({ CreditNoteNumber }) => CreditNoteNumber),
    ),
    company.Vendor.filter(({ DisplayName }) => !suppliers.some(({ Name }) => Name === DisplayName)),
  ].reduce((sum, list) => sum + list.length, 0)
}
