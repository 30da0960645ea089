import Big from 'big.js'
import type { Random } from '../chaos/random'
import { type Company, companyOf, inCin7, inQuickbooks, line, type Shop } from './quickbooks-cin7'

/** Books of October up to this day are closed in QuickBooks. */
export const CLOSED = '2026-10-03'

const SUPPLIERS = ['Bayside', 'Harbour Lane', 'Northern', 'Nordlicht'] as const
const PRODUCTS = ['WIDGET', 'GADGET'] as const
const STAGES = ['header', 'order', 'order', 'invoice', 'received', 'payment', 'payment'] as const

export const SUPPLIER_SEEDS = [
  { Name: 'Bayside' },
  { Name: 'Harbour Lane' },
  { Name: 'Northern', Currency: 'CAD' },
  { Name: 'Nordlicht', Currency: 'EUR' },
]

const day = (random: Random): string => `2026-10-${String(random.between(1, 31)).padStart(2, '0')}`

const cents = (value: number): number => Math.round(value * 100) / 100

const linesOf = (random: Random) =>
  PRODUCTS.slice(0, random.between(1, 2)).map((sku) => {
    const [quantity, price] = [random.between(1, 40), random.between(100, 99_999) / 100]
    return line(sku, quantity, price, random.chance(0.6) ? cents(quantity * price * 0.2) : 0)
  })

const freight = (random: Random) => {
  const Total = random.between(500, 9_900) / 100
  const row = { Description: 'Service', Quantity: 1, Price: Total, Discount: 0, Tax: 0, TaxRule: 'Tax Exempt', Total }
  return { ...row, Account: '400' }
}

/** A month of purchases in every stage, by chance: the same for the same seed. */
export const purchasesOf = (random: Random, count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({
    supplier: random.pick(SUPPLIERS),
    ...stageOf(random),
    date: day(random),
    invoiceNumber: `INV-${1000 + n}`,
    lines: linesOf(random),
    ...(random.chance(0.4) && { charges: [freight(random)] }),
  }))

/** A service has no goods to receive. */
const stageOf = (random: Random) => {
  const [type, upTo] = [random.pick(['Simple', 'Advanced', 'Service']), random.pick(STAGES)]
  return { type, upTo: type === 'Service' && upTo === 'received' ? 'payment' : upTo }
}

interface Row {
  Account: string
  Total: number
  Tax: number
}
interface Document {
  TaskID: string
  Status: string
  InvoiceDate?: string
  InvoiceNumber: string
  CreditNoteDate?: string
  Lines: Row[]
  AdditionalCharges: Row[]
  Paid: number
}
export interface Purchase {
  ID: string
  OrderNumber: string
  Type: string
  Status: string
  Supplier: string
  OrderDate: string
  Order: Document
  Invoice: Document[]
  CreditNote: Document[]
}

export const purchasesIn = async ({ world }: Shop): Promise<Purchase[]> => {
  const { cin7 } = await world.dump<{ cin7: { purchases: Purchase[] } }>()
  return cin7.purchases
}

const isBooked = ({ Status }: Document): boolean => ['AUTHORISED', 'PAID'].includes(Status)
const isLive = (purchase: Purchase): boolean => purchase.Status !== 'VOIDED'
export const bookedInvoices = (purchase: Purchase): Document[] =>
  isLive(purchase) ? purchase.Invoice.filter(isBooked) : []

const advanced = ({ Type }: Purchase): boolean => Type.startsWith('Advanced')

/** What people do after everything was carried for the first time. */
export const change = async (shop: Shop, random: Random): Promise<void> => {
  const all = random.shuffled((await purchasesIn(shop)).filter(({ OrderDate }) => OrderDate.slice(0, 10) > CLOSED))
  const ordered = all.filter(
    (purchase) => purchase.Order.Status === 'AUTHORISED' && bookedInvoices(purchase).length === 0,
  )
  const unpaid = all.filter((purchase) => bookedInvoices(purchase).some(({ Paid }) => Paid === 0))
  const invoice = (purchase: Purchase, InvoiceNumber: string) =>
    inCin7(shop, 'invoice-purchase', {
      purchase: purchase.ID,
      invoiceNumber: InvoiceNumber,
      date: '2026-10-30',
      lines: linesOf(random),
      charges: [freight(random)],
    })
  for (const purchase of ordered.slice(0, 20)) await invoice(purchase, `LATER-${purchase.OrderNumber}`)
  for (const purchase of ordered.slice(20, 26)) await inCin7(shop, 'void-purchase', { purchase: purchase.ID })
  for (const purchase of ordered.slice(26, 34)) {
    await inCin7(shop, 'undo-purchase', { purchase: purchase.ID })
    await inCin7(shop, 'order-purchase', { purchase: purchase.ID, lines: linesOf(random) })
  }
  const corrected = unpaid.filter(({ Status }) => Status === 'INVOICED').slice(0, 12)
  const rest = unpaid.filter((purchase) => !corrected.includes(purchase))
  for (const purchase of corrected) await reinvoice(shop, random, purchase)
  for (const purchase of rest.filter(advanced).slice(0, 12)) await invoice(purchase, `MORE-${purchase.OrderNumber}`)
  for (const [at, purchase] of rest
    .filter((one) => !advanced(one))
    .slice(0, 16)
    .entries())
    await inCin7(shop, 'credit-purchase', {
      purchase: purchase.ID,
      number: `CN-${at}`,
      date: '2026-10-31',
      lines: [line('WIDGET', 1, random.between(100, 900) / 100, 0.5)],
    })
  const { Bill } = await companyOf(shop)
  for (const { Id } of random.shuffled(Bill.filter(({ DocNumber }) => /5$/.test(DocNumber))))
    await inQuickbooks(shop, 'pay-bill', { id: Id })
}

const reinvoice = async (shop: Shop, random: Random, purchase: Purchase): Promise<void> => {
  const document = bookedInvoices(purchase)[0]
  if (!document || /5$/.test(document.InvoiceNumber)) return
  await inCin7(shop, 'undo-purchase-invoice', { taskId: document.TaskID })
  await inCin7(shop, 'invoice-purchase', {
    purchase: purchase.ID,
    invoiceNumber: document.InvoiceNumber,
    date: document.InvoiceDate?.slice(0, 10),
    lines: linesOf(random),
  })
}

/** Sums by name. */
class Sums {
  readonly #sums = new Map<string, Big>()
  add(name: string, amount: Big.BigSource): void {
    this.#sums.set(name, (this.#sums.get(name) ?? new Big(0)).plus(amount))
  }
  shown(): Record<string, string> {
    const all = [...this.#sums].filter(([, sum]) => !sum.eq(0)).map(([name, sum]) => [name, sum.toFixed(2)])
    return Object.fromEntries(all.sort())
  }
}

/** Payables and credits per supplier and per account, and what is committed per supplier. */
export interface Standing {
  payable: Record<string, string>
  accounts: Record<string, string>
  credits: Record<string, string>
  committed: Record<string, string>
}

const ACCOUNTS: Record<string, string> = { 630: '81', 400: '7' }
const TAX = '88'

const rowsOf = ({ Lines, AdditionalCharges }: Document): Row[] => [...Lines, ...AdditionalCharges]

const totalOf = (document: Document): Big =>
  rowsOf(document).reduce((sum, { Total, Tax }) => sum.plus(Total).plus(Tax), new Big(0))

const isOpenIn = (date: string | undefined): boolean => (date ?? '').slice(0, 10) > CLOSED

/** As Cin7 has it. `committedOf` = orders that were carried, by their number. */
export const standingInCin7 = (purchases: Purchase[], carried: Set<string>): Standing => {
  const [payable, accounts, credits, committed] = [new Sums(), new Sums(), new Sums(), new Sums()]
  for (const purchase of purchases.filter(isLive)) {
    for (const document of purchase.Invoice.filter(isBooked).filter(({ InvoiceDate }) => isOpenIn(InvoiceDate))) {
      payable.add(purchase.Supplier, totalOf(document))
      for (const { Account, Total, Tax } of rowsOf(document)) {
        accounts.add(ACCOUNTS[Account] ?? Account, Total)
        accounts.add(TAX, Tax)
      }
    }
    for (const document of purchase.CreditNote.filter(isBooked)) credits.add(purchase.Supplier, totalOf(document))
    const isWhole =
      bookedInvoices(purchase).length > 0 &&
      (!advanced(purchase) || /INVOICED|COMPLETED/.test(purchase.Status.replace('PARTIALLY INVOICED', '')))
    if (carried.has(purchase.OrderNumber) && purchase.Order.Status === 'AUTHORISED' && !isWhole)
      committed.add(purchase.Supplier, totalOf(purchase.Order))
  }
  return {
    payable: payable.shown(),
    accounts: accounts.shown(),
    credits: credits.shown(),
    committed: committed.shown(),
  }
}

export const standingInQuickbooks = ({ Vendor, Bill, VendorCredit, PurchaseOrder }: Company): Standing => {
  const [payable, accounts, credits, committed] = [new Sums(), new Sums(), new Sums(), new Sums()]
  const nameOf = (id: string) => Vendor.find(({ Id }) => Id === id)?.DisplayName ?? id
  for (const { VendorRef, TotalAmt, Line } of Bill) {
    payable.add(nameOf(VendorRef.value), TotalAmt)
    for (const { Amount, AccountBasedExpenseLineDetail: detail } of Line)
      accounts.add(detail?.AccountRef.value ?? '', Amount)
  }
  for (const { VendorRef, TotalAmt } of VendorCredit) credits.add(nameOf(VendorRef.value), TotalAmt)
  for (const { VendorRef, TotalAmt, POStatus } of PurchaseOrder)
    if (POStatus !== 'Closed') committed.add(nameOf(VendorRef.value), TotalAmt)
  return {
    payable: payable.shown(),
    accounts: accounts.shown(),
    credits: credits.shown(),
    committed: committed.shown(),
  }
}
