import Big from 'big.js'
import type { Office } from './office'

interface WaveInvoice {
  id: string
  customer: string
  stage: string
  currency: string
  items: { account: string; subtotal: string; taxes: { amount: string }[] }[]
  discountTotal: string
  taxTotal: string
  total: string
  amountPaid: string
}

interface Sale {
  Status: string
  Customer: string
  Invoices: {
    Status: string
    Total: number
    Paid: number
    Tax: number
    AdditionalCharges: { Account: string; Total: number }[]
  }[]
}

interface Dump {
  wave: {
    invoices: WaveInvoice[]
    customers: { id: string; name: string }[]
    accounts: { id: string; name: string }[]
  }
  cin7: { sales: Sale[] }
}

/** Sums by name. */
class Ledger {
  readonly #sums = new Map<string, Big>()
  add(name: string, amount: Big.BigSource): void {
    this.#sums.set(name, (this.#sums.get(name) ?? new Big(0)).plus(amount))
  }
  shown(): Record<string, string> {
    return Object.fromEntries(
      [...this.#sums]
        .filter(([, sum]) => !sum.eq(0))
        .map(([name, sum]) => [name, sum.toFixed(3)])
        .sort(),
    )
  }
}

const ACCOUNTS: Record<string, string> = { Sales: '200', 'Consulting income': '201' }

const isInCents = ({ items, total, taxTotal, discountTotal }: WaveInvoice): boolean =>
  [
    total,
    taxTotal,
    discountTotal,
    ...items.flatMap((item) => [item.subtotal, ...item.taxes.map(({ amount }) => amount)]),
  ].every((amount) => new Big(amount).round(2).eq(amount))

/** What stands in both simulators, added up by nothing of the connector's. */
export const booksOfBoth = async ({ world }: Office) => {
  const { wave, cin7 } = await world.dump<Dump>()
  return { wave: waveBooks(wave), cin7: cin7Books(cin7.sales) }
}

const waveBooks = ({ invoices, customers, accounts }: Dump['wave']) => {
  const nameOf = (list: { id: string; name: string }[], id: string) => list.find((one) => one.id === id)?.name ?? ''
  const approved = invoices.filter(({ stage }) => stage !== 'DRAFT')
  const isMapped = ({ items }: WaveInvoice) => items.every(({ account }) => nameOf(accounts, account) !== 'Grants')
  const mapped = approved.filter(isMapped)
  const posted = mapped.filter(isInCents)
  const [byCustomer, byAccount, paid] = [new Ledger(), new Ledger(), new Ledger()]
  for (const invoice of posted) {
    const customer = nameOf(customers, invoice.customer)
    byCustomer.add(customer, invoice.total)
    paid.add(customer, invoice.amountPaid)
    for (const item of invoice.items) byAccount.add(ACCOUNTS[nameOf(accounts, item.account)] ?? '?', item.subtotal)
    byAccount.add('260', new Big(invoice.discountTotal).times(-1))
    byAccount.add('tax', invoice.taxTotal)
  }
  return {
    customers: byCustomer.shown(),
    accounts: byAccount.shown(),
    paid: paid.shown(),
    posted: posted.length,
    drafts: invoices.length - approved.length,
    unmapped: approved.length - mapped.length,
    tooFine: mapped.length - posted.length,
  }
}

const cin7Books = (sales: Sale[]) => {
  const [byCustomer, byAccount, paid] = [new Ledger(), new Ledger(), new Ledger()]
  let posted = 0
  for (const { Status, Customer, Invoices } of sales)
    for (const invoice of Invoices) {
      if (Status === 'VOIDED' || !['AUTHORISED', 'PAID'].includes(invoice.Status)) continue
      posted += 1
      byCustomer.add(Customer, invoice.Total)
      paid.add(Customer, invoice.Paid)
      for (const { Account, Total } of invoice.AdditionalCharges) byAccount.add(Account, Total)
      byAccount.add('tax', invoice.Tax)
    }
  return { customers: byCustomer.shown(), accounts: byAccount.shown(), paid: paid.shown(), posted }
}
