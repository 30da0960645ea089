import { addDays } from '../../src/lib/dates'
import type { Random } from '../chaos/random'
import type { Row } from './freshbooks-cin7-set-up'
import type { TestWorld } from './world'

export const SIZE = { invoices: 300, payments: 280, bills: 90, expenses: 120, journals: 30 }

export const CLIENTS: [Party, ...Party[]] = [
  ['Harbour Lane', 'USD'],
  ['Fir Tree Bakery', 'USD'],
  ['Quay & Sons', 'USD'],
  ['Atelier du Pont', 'EUR'],
]
export const VENDORS: [Party, ...Party[]] = [
  ['Staples', 'USD'],
  ['City Power', 'USD'],
  ['Papier Nord', 'EUR'],
]
type Party = [name: string, currency: string]

/** What manual entries are on, and the costs. Nobody has said what office expenses are in Cin7: see `UNMAPPED`. */
export const CATEGORIES: [string, ...string[]] = ['Advertising', 'Rent']
export const UNMAPPED = 'Office Expenses & Postage'
export const ACCOUNTS: Record<string, string> = {
  'Petty Cash': '714',
  'Owner Equity': '801',
  'Other Income': '201',
  Sales: '200',
  Advertising: '400',
  Rent: '404',
  'Client Credit': '718',
  'Sales Tax Payable': '820',
  [UNMAPPED]: '310',
}

/** Days of the quarter that ends today. */
export interface Made {
  random: Random
  end: string
}

const dayIn = ({ random, end }: Made): string => addDays(end, -random.between(0, 89))

const money = (amount: number, code: string) => ({ amount: (amount / 100).toFixed(2), code })

const TAXES: [Row, ...Row[]] = [
  {},
  { taxName1: 'HST', taxAmount1: '13' },
  { taxName1: 'QST', taxAmount1: '9.975' },
  { taxName1: 'HST', taxAmount1: '13', taxName2: 'QST', taxAmount2: '9.975' },
  { taxName1: 'HST', taxAmount1: '13', taxName2: 'QST', taxAmount2: '9.975', compounded_tax: true },
]

/** Books of a quarter in every state, by chance: the same for the same seed and day. */
export const quarterOf = (random: Random, end: string): Row => {
  const made = { random, end }
  const count = (n: number, make: (made: Made, n: number) => Row) =>
    Array.from({ length: n }, (_, at) => make(made, at))
  const invoices = count(SIZE.invoices, invoiceOf)
  payAll(made, invoices)
  return {
    clients: CLIENTS.map(([organization, currency_code]) => ({ organization, currency_code })),
    billVendors: VENDORS.map(([vendor_name, currency_code]) => ({ vendor_name, currency_code, language: 'en' })),
    invoices,
    bills: count(SIZE.bills, billOf),
    expenses: count(SIZE.expenses, expenseOf),
    journalEntries: count(SIZE.journals, journalOf),
  }
}

export const invoiceOf = (made: Made, n: number): Row => {
  const { random } = made
  const [client, code] = random.pick(CLIENTS)
  return {
    client,
    invoice_number: String(5001 + n),
    create_date: dayIn(made),
    due_offset_days: random.pick([0, 14, 30]),
    currency_code: code,
    status: random.chance(0.1) ? 1 : 2,
    ...(random.chance(0.25) && { discount_value: random.pick(['5', '12.5', '33.3333']) }),
    lines: linesOf(made, code),
  }
}

export const linesOf = ({ random }: Made, code: string): Row[] =>
  Array.from({ length: random.between(1, 4) }, (_, at) => ({
    name: random.pick(['Loaf', 'Consulting', '', `Free text ${at}`]),
    description: `line ${at + 1}`,
    qty: random.pick(['1', '2', '3', '12', '0.5', '2.25']),
    unit_cost: money(random.between(500, 499_999), code),
    ...random.pick(TAXES),
  }))

/** Parts of what was sent, well below its total; and a few that pay more than is open. */
const payAll = (made: Made, invoices: Row[]): void => {
  const { random } = made
  const sent = invoices.filter(({ status }) => status === 2)
  for (let left = SIZE.payments; left > 0; ) {
    const invoice = sent[random.between(0, sent.length - 1)]
    if (!invoice) return
    const payments = [invoice.payments ?? []].flat()
    if (payments.length > 2 || payments.some((one) => Object(one).whole)) continue
    const whole = random.chance(0.03)
    const amount = money(whole ? 99_999_999 : random.between(100, 900), String(invoice.currency_code))
    const type = random.pick(['Check', 'Cash', 'Credit Card', 'Other'])
    invoice.payments = [...payments, { amount, date: dayIn(made), type, whole }]
    left -= 1
  }
}

export const billOf = (made: Made, n: number): Row => {
  const { random } = made
  const [vendor, code] = random.pick(VENDORS)
  const lines = Array.from({ length: random.between(1, 3) }, (_, at) => ({
    category: random.chance(0.03) ? UNMAPPED : random.pick(CATEGORIES),
    description: `cost ${at + 1}`,
    quantity: random.pick(['1', '2', '7']),
    unit_cost: money(random.between(1_000, 90_000), code),
    ...(random.chance(0.6) && { tax_name1: 'HST', tax_percent1: '13' }),
  }))
  const paid = random.chance(0.6)
    ? [
        {
          amount: money(random.between(100, 900), code),
          paid_date: dayIn(made),
          payment_type: random.pick(['Check', 'Cash']),
        },
      ]
    : []
  const issue_date = dayIn(made)
  return {
    vendor,
    bill_number: `B-${n + 1}`,
    issue_date,
    due_offset_days: 30,
    currency_code: code,
    language: 'en',
    lines,
    payments: paid,
  }
}

export const expenseOf = (made: Made, n: number): Row => {
  const { random } = made
  const net = random.between(500, 50_000)
  const tax = random.chance(0.5) ? Math.round(net * 0.13) : 0
  return {
    category: random.chance(0.03) ? UNMAPPED : random.pick(CATEGORIES),
    amount: money(net + tax, 'USD'),
    ...(tax > 0 && { taxName1: 'HST', taxPercent1: '13', taxAmount1: money(tax, 'USD') }),
    date: dayIn(made),
    vendor: random.pick(['City Taxi', 'Bakery', '']),
    notes: `expense ${n + 1}`,
    staffid: 1,
  }
}

/** Up to nine legs, on as many accounts; the last one takes what is missing. */
export const journalOf = (made: Made, n: number): Row => {
  const { random } = made
  const [last = '', ...others] = random.shuffled(Object.keys(ACCOUNTS)).slice(0, random.between(2, 9))
  const legs = others.map((account) => ({ account, cents: random.between(1, 99_999) * (random.chance(0.5) ? 1 : -1) }))
  const sum = legs.reduce((all, { cents }) => all + cents, 0)
  const all = [...legs, { account: last, cents: -sum }].filter(({ cents }) => cents !== 0)
  return {
    name: `Entry ${n + 1}`,
    description: 'quarter end',
    currency_code: 'USD',
    user_entered_date: dayIn(made),
    details: all.map(({ account, cents }) => {
      const amount = (Math.abs(cents) / 100).toFixed(2)
      return cents > 0 ? { account, debit: amount } : { account, credit: amount }
    }),
  }
}

interface Records {
  invoices: { id: number; status: number; currency_code: string; paid: { amount: string } }[]
  payments: { id: number; invoiceid: number }[]
  bills: { id: number; currency_code: string; bill_payments: { id: number }[] }[]
  expenses: { id: number }[]
  journal_entries: { id: number; source: string }[]
}

/** What people do once everything was carried for the first time. No webhook tells of it. */
export const change = async ({ world }: { world: TestWorld }, random: Random, end: string): Promise<void> => {
  const [books] = (await world.dump<{ freshbooks: { accounts: Records[] } }>()).freshbooks.accounts
  if (!books) throw new Error('no books')
  const act = (action: string, input: Row) => world.act('freshbooks', action, input)
  const paid = new Set(books.payments.map(({ invoiceid }) => invoiceid))
  const invoices = random.shuffled(books.invoices)
  const drafts = invoices.filter(({ status }) => status === 1)
  const open = invoices.filter(({ status, id }) => status !== 1 && !paid.has(id))
  for (const { id } of drafts.slice(0, 4)) await act('send-invoice', { invoice: id })
  for (const { id } of [...drafts.slice(4, 7), ...open.slice(0, 4)]) await act('delete-invoice', { id })
  for (const { id, currency_code } of open.slice(4, 12))
    await act('edit-invoice', { id, changes: { lines: linesOf({ random, end }, currency_code) } })
  for (const { id } of random.shuffled(books.payments).slice(0, 8)) await act('delete-payment', { id })
  const bills = random.shuffled(books.bills)
  for (const { id } of bills.slice(0, 2)) await act('delete-bill', { id })
  for (const { bill_payments } of bills.slice(2, 12))
    for (const { id } of bill_payments) await act('edit-bill_payment', { id, changes: { paid_date: end } })
  for (const { id } of random.shuffled(books.expenses).slice(0, 5)) await act('delete-expense', { id })
  const manual = random.shuffled(books.journal_entries.filter(({ source }) => source.startsWith('manual/')))
  for (const { id } of manual.slice(0, 3)) await act('delete-journal-entry', { id })
  for (const { id } of manual.slice(3, 6))
    await act('edit-journal-entry', { id, changes: { description: 'corrected' } })
}
