import type { Random } from '../chaos/random'
import { booksOf, type Firm, inAcumatica, inCin7, line } from './acumatica-cin7'

const SUPPLIERS = ['Bayside', 'Harbour Lane', 'Northern', 'Nordlicht'] as const
const PRODUCTS = ['WIDGET', 'GADGET'] as const
const STAGES = ['header', 'order', 'order', 'order', 'invoice', 'received', 'payment'] as const

export const SUPPLIER_SEEDS = [
  { Name: 'Bayside' },
  { Name: 'Harbour Lane' },
  { Name: 'Northern' },
  { Name: 'Nordlicht', Currency: 'EUR' },
]

interface Row {
  Account: string
  Total: number
  Tax: number
}
interface OrderRow extends Row {
  SKU: string
  Quantity: number
  Price: number
}
interface Document<R extends Row = Row> {
  TaskID: string
  Status: string
  InvoiceNumber: string
  Lines: R[]
  AdditionalCharges: Row[]
}
export interface Purchase {
  ID: string
  OrderNumber: string
  Type: string
  Status: string
  Supplier: string
  Order: Document<OrderRow>
  Invoice: Document[]
  CreditNote: Document[]
}

export const purchasesIn = async ({ world }: Firm): Promise<Purchase[]> => {
  const { cin7 } = await world.dump<{ cin7: { purchases: Purchase[] } }>()
  return cin7.purchases
}

const cents = (value: number): number => Math.round(value * 100) / 100

const linesOf = (random: Random) =>
  PRODUCTS.slice(0, random.between(1, 2)).map((sku) => {
    const [quantity, price] = [2 * random.between(1, 20), random.between(100, 99_999) / 100]
    return line(sku, quantity, price, random.chance(0.6) ? cents(quantity * price * 0.2) : 0)
  })

const freight = (random: Random) => {
  const Total = random.between(500, 9_900) / 100
  const row = { Description: 'Freight', Quantity: 1, Price: Total, Discount: 0, Tax: 0, TaxRule: 'Tax Exempt', Total }
  return { ...row, Account: '400' }
}

/** A month of purchases in every stage, by chance: the same for the same seed. */
export const monthOf = (random: Random, count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({
    supplier: random.pick(SUPPLIERS),
    type: random.pick(['Simple', 'Advanced']),
    upTo: random.pick(STAGES),
    date: `2026-10-${String(random.between(1, 31)).padStart(2, '0')}`,
    invoiceNumber: `INV-${1000 + n}`,
    lines: linesOf(random),
    ...(random.chance(0.4) && { charges: [freight(random)] }),
  }))

const isBooked = ({ Status }: Document): boolean => ['AUTHORISED', 'PAID'].includes(Status)
export const isLive = ({ Status }: Purchase): boolean => Status !== 'VOIDED'
export const isOrdered = (purchase: Purchase): boolean => isLive(purchase) && isBooked(purchase.Order)
export const bookedInvoices = (purchase: Purchase): Document[] =>
  isLive(purchase) ? purchase.Invoice.filter(isBooked) : []
export const bookedCredits = (purchase: Purchase): Document[] =>
  isLive(purchase) ? purchase.CreditNote.filter(isBooked) : []

/** Half of what was ordered, of every product. */
const half = ({ Order }: Purchase) =>
  Order.Lines.map(({ SKU, Quantity, Price }) => line(SKU, Quantity / 2, Price, cents(Quantity * Price * 0.05)))

const invoice = (firm: Firm, { ID }: Purchase, invoiceNumber: string, lines: object[]) =>
  inCin7(firm, 'invoice-purchase', { purchase: ID, invoiceNumber, date: '2026-10-30', lines })

/** Orders become bills in parts and wholly, some are voided or ordered anew; invoices are corrected, goods are credited. */
export const changeInCin7 = async (firm: Firm, random: Random): Promise<void> => {
  const all = random.shuffled(await purchasesIn(firm))
  const ordered = all.filter((one) => isOrdered(one) && bookedInvoices(one).length === 0)
  const advanced = ordered.filter(({ Type }) => Type.startsWith('Advanced'))
  for (const [n, one] of advanced.slice(0, 30).entries()) {
    await invoice(firm, one, `PART-${one.OrderNumber}`, half(one))
    if (n < 12) await invoice(firm, one, `REST-${one.OrderNumber}`, half(one))
  }
  const simple = ordered.filter((one) => !advanced.includes(one))
  for (const one of simple.slice(0, 25)) await invoice(firm, one, `LATER-${one.OrderNumber}`, half(one))
  for (const { ID } of simple.slice(25, 31)) await inCin7(firm, 'void-purchase', { purchase: ID })
  for (const { ID } of simple.slice(31, 39)) {
    await inCin7(firm, 'undo-purchase', { purchase: ID })
    await inCin7(firm, 'order-purchase', { purchase: ID, lines: linesOf(random) })
  }
  const invoiced = all.filter(({ Type, Status }) => !Type.startsWith('Advanced') && Status === 'INVOICED')
  for (const one of invoiced
    .filter(({ Invoice: [first] }) => first?.Status === 'AUTHORISED' && !isReleasedFirst(first))
    .slice(0, 10)) {
    const [first] = bookedInvoices(one)
    if (!first) continue
    await inCin7(firm, 'undo-purchase-invoice', { taskId: first.TaskID })
    await invoice(firm, one, first.InvoiceNumber, half(one))
  }
  const credited = all.filter((one) => one.Status.startsWith('COMPLETED') && bookedInvoices(one).length > 0)
  for (const [n, { ID }] of credited.slice(0, 15).entries())
    await inCin7(firm, 'credit-purchase', {
      purchase: ID,
      number: `CN-${n}`,
      date: '2026-10-31',
      lines: [line('WIDGET', 1, random.between(100, 900) / 100, 0.5)],
    })
}

const isReleasedFirst = (document: Document | undefined): boolean => /[05]$/.test(document?.InvoiceNumber ?? '')

const billsLike = async (firm: Firm, wanted: RegExp) =>
  (await booksOf(firm)).Bill.filter(({ VendorRef, Type }) => Type === 'Bill' && wanted.test(VendorRef))

/** The month's bills of some numbers are posted and paid, others are put on hold for a while. */
export const postInAcumatica = async (firm: Firm): Promise<void> => {
  for (const { ReferenceNbr: key, VendorRef } of await billsLike(firm, /^INV-\d+[05]$/)) {
    await inAcumatica(firm, 'release-bill', { key })
    if (VendorRef.endsWith('5')) await inAcumatica(firm, 'pay-bill', { key })
  }
  for (const { ReferenceNbr: key } of await billsLike(firm, /^INV-\d+3$/))
    await inAcumatica(firm, 'edit', { entity: 'Bill', key, changes: { Hold: true } })
}

/** What waits is approved and posted; what was on hold goes on. One stays on hold, and one is refused. */
export const approveInAcumatica = async (firm: Firm): Promise<{ onHold: string; refused: string }> => {
  const [onHold, ...rest] = await billsLike(firm, /^INV-\d+3$/)
  for (const { ReferenceNbr: key } of rest)
    await inAcumatica(firm, 'edit', { entity: 'Bill', key, changes: { Hold: false } })
  const waiting = (await billsLike(firm, /./)).filter(({ Status }) => Status === 'Pending Approval')
  const [refused, ...approved] = waiting
  if (!onHold || !refused) throw new Error('nothing waits')
  await inAcumatica(firm, 'reject-bill', { key: refused.ReferenceNbr })
  for (const { ReferenceNbr: key } of approved) {
    await inAcumatica(firm, 'approve-bill', { key })
    await inAcumatica(firm, 'release-bill', { key })
  }
  return { onHold: onHold.VendorRef, refused: refused.VendorRef }
}
