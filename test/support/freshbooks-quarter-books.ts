import Big from 'big.js'
import { type Books, booksOf, type Shop } from './freshbooks-cin7'
import { ACCOUNTS, UNMAPPED } from './freshbooks-quarter'

/** Sums by name. */
class Ledger {
  readonly #sums = new Map<string, Big>()
  add(name: string, amount: Big.BigSource): void {
    this.#sums.set(name, (this.#sums.get(name) ?? new Big(0)).plus(amount))
  }
  shown(): Record<string, string> {
    const some = [...this.#sums].filter(([, sum]) => !sum.eq(0))
    return Object.fromEntries(some.map(([name, sum]) => [name, sum.toFixed(2)]).sort())
  }
}

interface Entry {
  source: string
  currency_code: string
  legs: { sub_accountid: number; debit: string | null; credit: string | null }[]
}

interface Records {
  journal_entries: Entry[]
  accounts: { journalId: number; parent: string | null; name: string }[]
  invoices: { id: number; vis_state: number; status: number }[]
  bills: { id: number; vis_state: number; lines: { category: { category: string } }[] }[]
  expenses: { id: number; vis_state: number; categoryid: number }[]
  categories: { id: number; category: string }[]
}

/** FreshBooks' own ledger beside the documents of Cin7, added up by nothing of the connector's. */
export const booksOfBoth = async (shop: Shop) => {
  const [records] = (await shop.world.dump<{ freshbooks: { accounts: Records[] } }>()).freshbooks.accounts
  if (!records) throw new Error('no books')
  return { freshbooks: freshbooksBooks(records), cin7: cin7Books(await booksOf(shop)) }
}

/** Costs in a category that nobody mapped, with their payments, stay out. */
const leftOut = ({ bills, expenses, categories }: Records): Set<string> => {
  const unmapped = categories.find(({ category }) => category === UNMAPPED)?.id
  const refused = bills.filter(({ lines }) => lines.some(({ category }) => category.category === UNMAPPED))
  const costs = expenses.filter(({ categoryid }) => categoryid === unmapped)
  const standing = ({ vis_state }: { vis_state: number }): boolean => vis_state !== 1
  return new Set([
    ...refused.filter(standing).map(({ id }) => `bill/${id}`),
    ...costs.filter(standing).map(({ id }) => `expense/${id}`),
  ])
}

const freshbooksBooks = (records: Records) => {
  const { journal_entries, accounts } = records
  const out = leftOut(records)
  const named = new Map(accounts.flatMap(({ journalId, parent, name }) => (parent === null ? [] : [[journalId, name]])))
  const sums = { sales: new Ledger(), received: new Ledger(), costs: new Ledger(), journals: new Ledger() }
  for (const { source, currency_code, legs } of journal_entries) {
    const kind = source.split('/')[0] ?? ''
    for (const { sub_accountid, debit, credit } of legs) {
      const name = named.get(sub_accountid) ?? ''
      const amount = new Big(debit ?? '0').minus(credit ?? '0')
      if (kind === 'invoice') sums.sales.add(`${currency_code} ${SALES[name] ?? name}`, amount.times(-1))
      if (kind === 'payment' && name === 'Accounts Receivable') sums.received.add(currency_code, amount.times(-1))
      if (kind === 'manual') sums.journals.add(ACCOUNTS[name] ?? name, amount)
      if ((kind === 'bill' || kind === 'expense') && !out.has(source) && !CASH.includes(name))
        sums.costs.add(
          `${currency_code} ${kind === 'bill' ? 'bill' : 'expense'} ${TAX[name] ?? ACCOUNTS[name]}`,
          amount,
        )
    }
  }
  return {
    sales: sums.sales.shown(),
    received: sums.received.shown(),
    costs: sums.costs.shown(),
    journals: sums.journals.shown(),
    drafts: records.invoices.filter(({ vis_state, status }) => vis_state !== 1 && status === 1).length,
    unmapped: out.size,
  }
}

const SALES: Record<string, string> = { Sales: 'net', 'Sales Tax Payable': 'tax', 'Accounts Receivable': 'total' }
const TAX: Record<string, string> = { 'Sales Tax Payable': 'tax' }
const CASH = ['Petty Cash', 'Accounts Payable']

const live = ({ Status }: { Status: string }): boolean => ['AUTHORISED', 'PAID', 'COMPLETED'].includes(Status)

/** The rate tells the currency: one of the two is the base. */
const currency = (rate: number): string => (rate === 1 ? 'USD' : 'EUR')

const cin7Books = (books: Books) => {
  const sums = { sales: new Ledger(), received: new Ledger(), costs: new Ledger(), journals: new Ledger() }
  for (const { Status, CurrencyRate, Invoices } of books.sales.filter(({ Status }) => Status !== 'VOIDED'))
    for (const { Lines, AdditionalCharges, Total } of Invoices.filter(live)) {
      const code = currency(CurrencyRate)
      for (const row of [...Lines, ...AdditionalCharges]) {
        sums.sales.add(`${code} net`, row.Total)
        sums.sales.add(`${code} tax`, row.Tax)
      }
      sums.sales.add(`${code} total`, -Total)
      if (Status === '') throw new Error('a sale without a status')
    }
  for (const { Amount, CurrencyRate } of books.payments) sums.received.add(currency(CurrencyRate), Amount)
  for (const { Invoice } of books.purchases.filter(({ Status }) => Status !== 'VOIDED'))
    for (const { AdditionalCharges, CurrencyRate } of Invoice.filter(live))
      for (const { Account, Total, Tax } of AdditionalCharges) {
        sums.costs.add(`${currency(CurrencyRate)} bill ${Account}`, Total)
        sums.costs.add(`${currency(CurrencyRate)} bill tax`, Tax)
      }
  for (const { Lines } of books.moneyTasks.filter(live))
    for (const { AccountCode, Total, Tax } of Lines) {
      sums.costs.add(`USD expense ${AccountCode}`, Total)
      sums.costs.add('USD expense tax', Tax)
    }
  for (const { Lines } of books.journals.filter(live))
    for (const { Debit, Credit, Amount } of Lines) {
      sums.journals.add(Debit, Amount)
      sums.journals.add(Credit, -Amount)
    }
  return {
    sales: sums.sales.shown(),
    received: sums.received.shown(),
    costs: sums.costs.shown(),
    journals: sums.journals.shown(),
  }
}
