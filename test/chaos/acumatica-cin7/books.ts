import { z } from 'zod'
import type { Office } from '../office'
import type { Found } from '../scene'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const Row = z.object({ Total: z.number(), Tax: z.number() })
const Document = z.object({
  Status: z.string(),
  Lines: z.array(Row),
  AdditionalCharges: z.array(Row),
})
const Invoice = Document.extend({ InvoiceNumber: text })
const Purchase = z.object({
  ID: z.string(),
  OrderNumber: z.string(),
  Status: z.string(),
  Note: text,
  Supplier: z.string(),
  Order: Document,
  Invoice: z.array(Invoice),
  CreditNote: z.array(Document.extend({ CreditNoteNumber: text })),
})
type Purchase = z.infer<typeof Purchase>

const Supplier = z.object({ ID: z.string(), Name: z.string(), AdditionalAttribute1: text })
const Vendor = z.object({ id: z.string(), VendorID: z.string(), VendorName: z.string() })
const Bill = z.object({
  id: z.string(),
  Type: z.string(),
  ReferenceNbr: z.string(),
  Vendor: z.string(),
  VendorRef: text,
  Status: z.string(),
  Amount: z.string(),
})
const Order = z.object({
  id: z.string(),
  OrderNbr: z.string(),
  VendorID: z.string(),
  VendorRef: text,
  Status: z.string(),
  OrderTotal: z.string(),
})

const Dump = z.object({
  acumatica: z.object({
    tenants: z.array(z.object({ Vendor: z.array(Vendor), Bill: z.array(Bill), PurchaseOrder: z.array(Order) })),
  }),
  cin7: z.object({ companies: z.array(z.object({ suppliers: z.array(Supplier), purchases: z.array(Purchase) })) }),
})

export const booksOf = async ({ world }: Office) => {
  const { acumatica, cin7 } = Dump.parse(await world.dump())
  const [books, company] = [acumatica.tenants[0], cin7.companies[0]]
  if (!books || !company) throw new Error('a simulator lost its books')
  return { ...books, ...company }
}
export type Books = Awaited<ReturnType<typeof booksOf>>

const NONE: Found = { posted: false, extra: 0, words: 'the source has no such record' }

const beyondOne = (list: unknown[]): number => Math.max(0, list.length - 1)

const cents = (amount: string | number): number => Math.round(Number(amount) * 100)

const totalOf = ({ Lines, AdditionalCharges }: z.infer<typeof Document>): number =>
  [...Lines, ...AdditionalCharges].reduce((sum, { Total, Tax }) => sum + cents(Total) + cents(Tax), 0)

const vendorName = ({ Vendor }: Books, code: string): string =>
  Vendor.find(({ VendorID }) => VendorID === code)?.VendorName ?? ''

const one = <T>(own: T[], isRight: (found: T) => boolean, words: string, each: (found: T) => string): Found => ({
  posted: own[0] !== undefined && isRight(own[0]),
  extra: beyondOne(own),
  words: `${words} ↔ ${own.map(each).join(' + ') || 'nothing'}`,
})

/** A supplier and its vendor, by name: one on each side, with one code. */
export const pairOf = ({ Vendor, suppliers }: Books, name: string): Found => {
  const [here, there] = [Vendor.filter((row) => row.VendorName === name), suppliers.filter((row) => row.Name === name)]
  const [vendor, supplier] = [here[0], there[0]]
  return {
    posted: vendor !== undefined && supplier !== undefined && supplier.AdditionalAttribute1 === vendor.VendorID,
    extra: beyondOne(here) + beyondOne(there),
    words: `${name} ↔ vendors ${here.map(({ VendorID }) => VendorID)}, suppliers ${there.map((row) => row.AdditionalAttribute1)}`,
  }
}

/** Parties that documents needed: nobody is there twice. */
export const strays = ({ Vendor, suppliers }: Books): number => {
  const twice = (names: string[]) => names.length - new Set(names).size
  return twice(Vendor.map(({ VendorName }) => VendorName)) + twice(suppliers.map(({ Name }) => Name))
}

export const orderOf = (books: Books, source: string): Found => {
  const purchase = books.purchases.find(({ ID }) => ID === source)
  if (!purchase) return NONE
  const own = books.PurchaseOrder.filter(({ VendorRef }) => VendorRef === purchase.OrderNumber)
  const total = totalOf(purchase.Order)
  return one(
    own,
    (order) =>
      order.Status === 'Open' &&
      cents(order.OrderTotal) === total &&
      vendorName(books, order.VendorID) === purchase.Supplier,
    `${purchase.OrderNumber} ${total}`,
    ({ OrderNbr, Status, OrderTotal }) => `order ${OrderNbr} ${Status} ${OrderTotal}`,
  )
}

/** The AP document of one type for a document of a purchase. */
const paperOf = (
  books: Books,
  { Supplier: supplier }: Purchase,
  type: string,
  reference: string,
  total: number,
): Found => {
  const own = books.Bill.filter(({ Type, VendorRef }) => Type === type && VendorRef === reference)
  return one(
    own,
    (bill) => bill.Status === 'Balanced' && cents(bill.Amount) === total && vendorName(books, bill.Vendor) === supplier,
    `${reference} ${total}`,
    ({ ReferenceNbr, Status, Amount }) => `${type} ${ReferenceNbr} ${Status} ${Amount}`,
  )
}

export const billOf = (books: Books, source: string): Found => {
  const purchase = books.purchases.find(({ ID }) => ID === source)
  const invoice = purchase?.Invoice.find(({ InvoiceNumber }) => InvoiceNumber !== '')
  return purchase && invoice ? paperOf(books, purchase, 'Bill', invoice.InvoiceNumber, totalOf(invoice)) : NONE
}

export const adjustmentOf = (books: Books, source: string): Found => {
  const purchase = books.purchases.find(({ ID }) => ID === source)
  const note = purchase?.CreditNote.find(({ CreditNoteNumber }) => CreditNoteNumber !== '')
  return purchase && note ? paperOf(books, purchase, 'Debit Adj.', note.CreditNoteNumber, totalOf(note)) : NONE
}

const isLive = ({ Status }: { Status: string }): boolean => Status !== 'VOIDED'

const madeFor = ({ purchases }: Books, flow: string, source: string): Purchase[] =>
  purchases.filter((purchase) => isLive(purchase) && purchase.Note.includes(`mlc:acumatica-cin7/${flow}:${source}:`))

export const orderPurchaseOf = (books: Books, source: string): Found => {
  const order = books.PurchaseOrder.find(({ id }) => id === source)
  if (!order) return NONE
  const total = cents(order.OrderTotal)
  return one(
    madeFor(books, 'order-to-purchase', source),
    ({ Order: made, Supplier: supplier }) =>
      made.Status === 'AUTHORISED' && totalOf(made) === total && supplier === vendorName(books, order.VendorID),
    `order ${order.OrderNbr} ${total}`,
    ({ OrderNumber, Status, Order: made }) => `${OrderNumber} ${Status}, order ${made.Status} ${totalOf(made)}`,
  )
}

/** A second invoice on the one purchase is as bad as a second purchase. */
export const billPurchaseOf = (books: Books, source: string): Found => {
  const bill = books.Bill.find(({ id }) => id === source)
  if (!bill) return NONE
  const total = cents(bill.Amount)
  const own = madeFor(books, 'bill-to-purchase', source)
  const invoices = own.flatMap(({ Invoice: all }) =>
    all.filter(({ Status }) => !['VOIDED', 'NOT AVAILABLE'].includes(Status)),
  )
  const found = one(
    own,
    ({ Supplier: supplier }) =>
      supplier === vendorName(books, bill.Vendor) &&
      invoices[0]?.Status === 'AUTHORISED' &&
      invoices[0].InvoiceNumber === bill.VendorRef &&
      totalOf(invoices[0]) === total,
    `bill ${bill.ReferenceNbr} ${bill.VendorRef} ${total}`,
    ({ OrderNumber, Status }) => `${OrderNumber} ${Status}`,
  )
  return { ...found, extra: Math.max(found.extra, beyondOne(invoices)) }
}
