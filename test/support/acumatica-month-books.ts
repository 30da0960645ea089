import Big from 'big.js'
import type { booksOf, Paper } from './acumatica-cin7'
import { bookedCredits, bookedInvoices, isOrdered, type Purchase } from './acumatica-month'

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

/** Bills per supplier and per account, adjustments and orders per supplier. */
export interface Standing {
  payable: Record<string, string>
  accounts: Record<string, string>
  credits: Record<string, string>
  ordered: Record<string, string>
}

const sums = () => ({ payable: new Sums(), accounts: new Sums(), credits: new Sums(), ordered: new Sums() })

const shown = (all: ReturnType<typeof sums>): Standing => ({
  payable: all.payable.shown(),
  accounts: all.accounts.shown(),
  credits: all.credits.shown(),
  ordered: all.ordered.shown(),
})

const ACCOUNTS: Record<string, string> = { 630: '12100', 400: '61000' }
const TAX = '69500'

type Rows = Pick<Purchase['Order'], 'AdditionalCharges'> & { Lines: Purchase['Order']['AdditionalCharges'] }

const rowsOf = ({ Lines, AdditionalCharges }: Rows) => [...Lines, ...AdditionalCharges]

const totalOf = (document: Rows): Big =>
  rowsOf(document).reduce((sum, { Total, Tax }) => sum.plus(Total).plus(Tax), new Big(0))

/** As Cin7 has it. `carried` = numbers of the orders that Acumatica has. */
export const standingInCin7 = (purchases: Purchase[], carried: Set<string>): Standing => {
  const all = sums()
  for (const purchase of purchases) {
    const { Supplier, Order, OrderNumber } = purchase
    for (const document of bookedInvoices(purchase)) {
      all.payable.add(Supplier, totalOf(document))
      for (const { Account, Total, Tax } of rowsOf(document)) {
        all.accounts.add(ACCOUNTS[Account] ?? Account, Total)
        all.accounts.add(TAX, Tax)
      }
    }
    for (const document of bookedCredits(purchase)) all.credits.add(Supplier, totalOf(document))
    if (isOrdered(purchase) && carried.has(OrderNumber)) all.ordered.add(Supplier, totalOf(Order))
  }
  return shown(all)
}

/** As Acumatica has it, whether it is posted, waits for approval or is on hold. */
export const standingInAcumatica = ({ Vendor, Bill, PurchaseOrder }: Awaited<ReturnType<typeof booksOf>>): Standing => {
  const all = sums()
  const nameOf = (code: string) => Vendor.find(({ VendorID }) => VendorID === code)?.VendorName ?? code
  const bills = (type: string): Paper[] => Bill.filter(({ Type }) => Type === type)
  for (const bill of bills('Bill')) {
    all.payable.add(nameOf(bill.Vendor), bill.Amount)
    for (const { Account, Amount } of bill.Details) all.accounts.add(Account, Amount ?? '0')
  }
  for (const { Vendor: code, Amount } of bills('Debit Adj.')) all.credits.add(nameOf(code), Amount)
  for (const { VendorID, OrderTotal } of PurchaseOrder) all.ordered.add(nameOf(VendorID), OrderTotal)
  return shown(all)
}
