import { ACCOUNTS } from '../../support/freshbooks-quarter'
import type { Found } from '../scene'
import type { Books, Document, Paid, Party } from './books'

const NONE: Found = { posted: false, extra: 0, words: 'the source has no such record' }

const cents = (amount: string | number): number => Math.round(Number(amount) * 100)

const beyondOne = (list: unknown[]): number => Math.max(0, list.length - 1)

const beyond = (documents: Document[][]): number => documents.reduce((sum, list) => sum + beyondOne(list), 0)

const mark = (flow: string, source: string): string => `mlc:freshbooks-cin7/${flow}:${source}:`

/** The Cin7 party of a client or vendor, by our mark or by its name. */
const party = (flow: string, parties: Party[], source: string, wanted: { name: string; currency: string }): Found => {
  const own = parties.filter(({ Comments, Name }) => Comments?.includes(mark(flow, source)) || Name === wanted.name)
  const [one] = own
  return {
    posted: one?.Name === wanted.name && one.Currency === wanted.currency,
    extra: beyondOne(own),
    words: `${wanted.name} ${wanted.currency} ↔ ${own.map(({ Name, Currency }) => `${Name} ${Currency}`).join(' + ') || 'nobody'}`,
  }
}

export const customerOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const client = freshbooks.clients.find(({ id }) => String(id) === source)
  if (!client) return NONE
  const wanted = { name: client.organization, currency: client.currency_code }
  return party('client-to-customer', cin7.customers, source, wanted)
}

export const supplierOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const vendor = freshbooks.bill_vendors.find(({ vendorid }) => String(vendorid) === source)
  if (!vendor) return NONE
  const wanted = { name: vendor.vendor_name, currency: vendor.currency_code }
  return party('vendor-to-supplier', cin7.suppliers, source, wanted)
}

/** Parties that a document needed: no mark and no name may be there twice. */
export const strays = (parties: Party[]): number => {
  const marked = parties.filter(({ Comments }) => Comments?.includes('mlc:'))
  const marks = Map.groupBy(marked, ({ Comments }) => Comments)
  const names = Map.groupBy(parties, ({ Name }) => Name)
  return Math.max(marked.length - marks.size, parties.length - names.size)
}

const shown = (documents: Document[]): string => documents.map(({ Status, Total }) => `${Status} ${Total}`).join(', ')

/** By our mark or by the number of the invoice. */
export const saleOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const invoice = freshbooks.invoices.find(({ id }) => String(id) === source)
  if (!invoice) return NONE
  const { amount, code } = invoice.amount
  const own = cin7.sales.filter(
    ({ ExternalID, CustomerReference }) =>
      ExternalID?.startsWith(mark('invoice-to-sale', source)) || CustomerReference === invoice.invoice_number,
  )
  const [sale] = own
  const [booked] = sale?.Invoices ?? []
  return {
    posted:
      sale?.Order.Status === 'AUTHORISED' &&
      sale.CustomerCurrency === code &&
      booked !== undefined &&
      isBooked(booked) &&
      cents(booked.Total) === cents(amount),
    extra: beyondOne(own) + beyond(own.map(({ Invoices }) => Invoices)),
    words: `${code} ${amount} ↔ ${own.map(({ Invoices }) => shown(Invoices)).join(' + ') || 'no sale'}`,
  }
}

const isBooked = ({ Status }: { Status: string }): boolean => ['AUTHORISED', 'PAID'].includes(Status)

/** By our mark or by the number of the bill. */
export const purchaseOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const bill = freshbooks.bills.find(({ id }) => String(id) === source)
  if (!bill) return NONE
  const own = cin7.purchases.filter(
    ({ Note, Invoice }) =>
      Note?.includes(mark('bill-to-purchase', source)) ||
      Invoice.some(({ InvoiceNumber }) => InvoiceNumber === bill.bill_number),
  )
  const [booked] = own[0]?.Invoice ?? []
  return {
    posted: booked !== undefined && isBooked(booked) && cents(booked.Total) === cents(bill.total_amount.amount),
    extra: beyondOne(own) + beyond(own.map(({ Invoice }) => Invoice)),
    words: `${bill.total_amount.amount} ↔ ${own.map(({ Invoice }) => shown(Invoice)).join(' + ') || 'no purchase'}`,
  }
}

type Wanted = { id: number; amount: { amount: string } }[]

/** Each payment says whose it is in its reference. */
const paid = (kind: string, payments: Paid[], wanted: Wanted): Found => {
  const each = wanted.map(({ id, amount }) => {
    const own = payments.filter(({ Reference }) => new RegExp(`^${kind} ${id}\\b`).test(Reference))
    return { own, there: own.some(({ Amount }) => cents(Amount) === cents(amount.amount)) }
  })
  const list = (amounts: (string | number)[]) => amounts.map(cents).join(' ')
  const found = each.flatMap(({ own }) => own.map(({ Amount }) => Amount))
  return {
    posted: each.length > 0 && each.every(({ there }) => there),
    extra: each.reduce((sum, { own }) => sum + beyondOne(own), 0),
    words: `${kind} ${list(wanted.map(({ amount }) => amount.amount))} ↔ ${list(found) || 'none'}`,
  }
}

export const paymentOf = ({ freshbooks, cin7 }: Books, source: string): Found =>
  paid(
    'FreshBooks payment',
    cin7.payments,
    freshbooks.payments.filter(({ id }) => String(id) === source),
  )

export const billPaymentsOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const bill = freshbooks.bills.find(({ id }) => String(id) === source)
  return bill ? paid('FreshBooks bill payment', cin7.purchasePayments, bill.bill_payments) : NONE
}

/** Money spent, by the number of the expense. */
export const costOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const expense = freshbooks.expenses.find(({ id }) => String(id) === source)
  if (!expense) return NONE
  const own = cin7.moneyTasks.filter(({ Reference }) => new RegExp(`^FreshBooks expense ${source}\\b`).test(Reference))
  const [spent] = own
  const total = (spent?.Lines ?? []).reduce((sum, { Total, Tax }) => sum + cents(Total) + cents(Tax), 0)
  return {
    posted: spent !== undefined && spent.Status !== 'DRAFT' && total === cents(expense.amount.amount),
    extra: beyondOne(own),
    words: `${expense.amount.amount} ↔ ${own.map(({ Status, Reference }) => `${Status} ${Reference}`).join(' + ') || 'nothing'}`,
  }
}

/** What each account gets of it, on both sides; `source` = entry at day. */
export const journalOf = ({ freshbooks, cin7 }: Books, source: string): Found => {
  const entry = freshbooks.journal_entries.find(({ id }) => String(id) === source.split('@')[0])
  if (!entry) return NONE
  const wanted = new Sums()
  for (const { sub_accountid, debit, credit } of entry.legs) {
    const name = freshbooks.accounts.find(
      ({ journalId, parent }) => parent !== null && journalId === sub_accountid,
    )?.name
    wanted.add(ACCOUNTS[name ?? ''] ?? `no account ${name}`, cents(debit ?? 0) - cents(credit ?? 0))
  }
  const own = cin7.journals.filter(({ Notes }) => Notes.includes(mark('journal-to-journal', source)))
  const booked = new Sums()
  for (const { Debit, Credit, Amount } of own[0]?.Lines ?? []) {
    booked.add(Debit, cents(Amount))
    booked.add(Credit, -cents(Amount))
  }
  return {
    posted: own[0]?.Status === 'COMPLETED' && booked.text() === wanted.text(),
    extra: beyondOne(own),
    words: `${wanted.text()} ↔ ${own.map(({ Status }) => Status).join(' + ') || 'no journal'} ${booked.text()}`,
  }
}

/** Cents by account. */
class Sums {
  readonly #sums = new Map<string, number>()
  add(account: string, amount: number): void {
    this.#sums.set(account, (this.#sums.get(account) ?? 0) + amount)
  }
  text(): string {
    const some = [...this.#sums].filter(([, sum]) => sum !== 0)
    return some
      .map(([account, sum]) => `${account} ${sum}`)
      .sort()
      .join(', ')
  }
}
