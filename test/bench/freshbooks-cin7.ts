import {
  act,
  enterBill,
  enterEntry,
  enterExpense,
  payBill,
  payInvoice,
  poll,
  sendInvoice,
} from '../demo/freshbooks-cin7/documents'
import { type FreshbooksFirm, setUp } from '../demo/freshbooks-cin7/set-up'
import { type Row, type Stage, until } from '../demo/stage'
import { type Counted, countCalls, type Least, unhurried } from './count'

const RECORDS = 5

const flow = (name: string): string => `freshbooks-cin7/${name}`

const cin7 = (route: string, why: string): Least['readBacks'][number] => ({ vendor: 'cin7', route, why })

const NAME = 'a name is unique; who holds it already is told to people instead of a bare refusal'
const DRAFT = 'made as a draft first: what is not equal to the penny never reaches the books'
const UNSEEN = 'the answer to a draft invoice shows no totals (cin7 sheet, sample), and nothing is booked unseen'
const OPEN = 'what is open on the invoice, and whether somebody entered the payment by hand'

/**
 * Parties are known in steady state, but for their own flows. Cin7 wants header, order and invoice one after the other (sheets 8.1 and
 * 9); a journal or money operation may be born completed (10). A line of an invoice has no SKU, so the items are read, too.
 */
export const freshbooksCin7Leasts: Least[] = [
  {
    flow: flow('client-to-customer'),
    least: { freshbooks: 1, cin7: 1 },
    readBacks: [cin7('GET /customer', NAME)],
  },
  {
    flow: flow('vendor-to-supplier'),
    least: { freshbooks: 1, cin7: 1 },
    readBacks: [cin7('GET /supplier', NAME)],
  },
  {
    flow: flow('invoice-to-sale'),
    least: { freshbooks: 2, cin7: 3 },
    readBacks: [cin7('POST /sale/invoice', DRAFT), cin7('GET /sale', UNSEEN)],
  },
  {
    flow: flow('payment-to-payment'),
    least: { freshbooks: 1, cin7: 1 },
    readBacks: [cin7('GET /sale', OPEN)],
  },
  {
    flow: flow('bill-to-purchase'),
    least: { freshbooks: 1, cin7: 3 },
    readBacks: [cin7('POST /advanced-purchase/invoice', DRAFT), cin7('GET /advanced-purchase', UNSEEN)],
  },
  {
    // One read of the bill serves both of its flows and counts for the first.
    flow: flow('bill-payment-to-payment'),
    least: { cin7: 1 },
    readBacks: [cin7('GET /advanced-purchase', OPEN)],
  },
  {
    flow: flow('expense-to-purchase'),
    least: { freshbooks: 1, cin7: 1 },
    readBacks: [
      cin7('GET /ref/account', 'money is in the currency of its bank account, and cannot be told otherwise'),
      cin7('POST /moneyOperation', DRAFT),
    ],
  },
  {
    flow: flow('journal-to-journal'),
    least: { freshbooks: 1, cin7: 1 },
    readBacks: [cin7('POST /journal', DRAFT)],
  },
]

type Carried = [flow: string, row: Row]

/** One document of each kind first, which brings its party, then some that find it there. */
export const freshbooksCin7Calls = async (stage: Stage): Promise<Counted[]> => {
  const firm = await unhurried(await setUp(stage))
  const rows = new Map<string, Row[]>()
  for (let n = 0; n <= RECORDS; n += 1)
    for (const [name, row] of [...(await parties(firm, n)), ...(await sales(firm)), ...(await costs(firm, n))])
      rows.set(name, [...(rows.get(name) ?? []), row])
  return Promise.all([...rows].map(([name, own]) => countCalls(firm, flow(name), 'cin7', own.slice(1))))
}

const done = async (firm: FreshbooksFirm, name: string, number: string): Promise<Carried> => [
  name,
  await until(firm, flow(name), number, ['done']),
]

const parties = async (firm: FreshbooksFirm, n: number): Promise<Carried[]> => {
  const [organization, vendor_name] = [`Client ${n}`, `Vendor ${n}`]
  await act(firm, 'create-client', { organization, currency_code: 'USD' })
  await act(firm, 'create-bill_vendor', { vendor_name, currency_code: 'USD', language: 'en' })
  return [await done(firm, 'client-to-customer', organization), await done(firm, 'vendor-to-supplier', vendor_name)]
}

const sales = async (firm: FreshbooksFirm): Promise<Carried[]> => {
  const invoice = await sendInvoice(firm)
  const sale = await done(firm, 'invoice-to-sale', invoice.invoice_number)
  const { id } = await payInvoice(firm, invoice)
  return [sale, await done(firm, 'payment-to-payment', `payment ${id}`)]
}

const costs = async (firm: FreshbooksFirm, n: number): Promise<Carried[]> => {
  const number = `S-${n}`
  const bill = await enterBill(firm, number)
  const purchase = await done(firm, 'bill-to-purchase', number)
  await payBill(firm, bill)
  const { id } = await enterExpense(firm, 'Advertising', '49.90')
  // Entries of one day are read together: each has a day of its own here.
  await enterEntry(firm, `Entry ${n}`, n + 1)
  await poll(firm)
  return [
    purchase,
    await done(firm, 'bill-payment-to-payment', number),
    await done(firm, 'expense-to-purchase', `expense ${id}`),
    await done(firm, 'journal-to-journal', `Entry ${n}`),
  ]
}
