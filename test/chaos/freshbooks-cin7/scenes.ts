import type { Row } from '../../support/freshbooks-cin7-set-up'
import { billOf, expenseOf, invoiceOf, journalOf as journalForm, type Made } from '../../support/freshbooks-quarter'
import { order } from '../office'
import type { Random } from '../random'
import type { Found, Look, Scene } from '../scene'
import { CIN7, FRESHBOOKS } from '../sides'
import { type Books, booksOf } from './books'
import {
  billPaymentsOf,
  costOf,
  customerOf,
  journalOf,
  paymentOf,
  purchaseOf,
  saleOf,
  strays,
  supplierOf,
} from './compare'
import { type FreshbooksCin7, openFreshbooksCin7 } from './office'

/** What is different from flow to flow. */
interface Telling {
  flow: string
  jobs: number
  polled?: boolean
  /** Answers the source's id as the connector has it. */
  make(office: FreshbooksCin7, random: Random, number: number): Promise<string>
  tell(office: FreshbooksCin7, source: string): Promise<unknown>
  look(books: Books, source: string): Found
  strays?(books: Books): number
}

const scene = ({ flow, jobs, polled = false, ...telling }: Telling): Scene => ({
  flow: `freshbooks-cin7/${flow}`,
  review: false,
  jobs,
  polled,
  source: FRESHBOOKS,
  target: CIN7,
  async open(stage, name) {
    const office = await openFreshbooksCin7(stage, name)
    let made = 0
    return {
      office,
      make(random) {
        made += 1
        return telling.make(office, random, made)
      },
      async tell(source) {
        await telling.tell(office, source)
      },
      async look(): Promise<Look> {
        const books = await booksOf(office)
        return { of: (source) => telling.look(books, source), strays: telling.strays?.(books) ?? 0 }
      },
    }
  },
})

interface Answer {
  id: number
}

const act = <T = Answer>({ world }: FreshbooksCin7, action: string, input: Row): Promise<T> =>
  world.act<T>('freshbooks', action, input)

/** Saved once more in the screens, as it is. */
const saved =
  (single: string) =>
  (office: FreshbooksCin7, id: string): Promise<unknown> =>
    act(office, `edit-${single}`, { id, changes: {} })

/** Days of the last quarter, by the office's clock. */
const lately = (office: FreshbooksCin7, random: Random): Made => ({ random, end: office.daysAgo(1) })

const WORDS = ['North', 'Quay', 'Mill', 'Øst', 'Hill', 'Côté', 'Pine', 'Lake'] as const

const party = (random: Random, number: number) => ({
  name: `${random.pick(WORDS)} ${random.pick(WORDS)} No. ${number}`,
  currency_code: random.pick(['USD', 'USD', 'EUR']),
})

const clientToCustomer = scene({
  flow: 'client-to-customer',
  jobs: 1,
  async make(office, random, number) {
    const { name: organization, currency_code } = party(random, number)
    const email = `office-${number}@client.example`
    return String((await act(office, 'create-client', { organization, currency_code, email })).id)
  },
  tell: saved('client'),
  look: customerOf,
  strays: ({ cin7 }) => strays(cin7.customers),
})

const vendorToSupplier = scene({
  flow: 'vendor-to-supplier',
  jobs: 1,
  async make(office, random, number) {
    const { name: vendor_name, currency_code } = party(random, number)
    const form = { vendor_name, currency_code, language: 'en' }
    return String((await act<{ vendorid: number }>(office, 'create-bill_vendor', form)).vendorid)
  },
  tell: saved('bill_vendor'),
  look: supplierOf,
  strays: ({ cin7 }) => strays(cin7.suppliers),
})

/** Sent as soon as it is made. */
const sent = async (office: FreshbooksCin7, random: Random, number: number): Promise<number> =>
  (await act(office, 'create-invoice', { ...invoiceOf(lately(office, random), number), status: 2 })).id

const invoiceToSale = scene({
  flow: 'invoice-to-sale',
  jobs: 1,
  make: async (office, random, number) => String(await sent(office, random, number)),
  tell: (office, invoice) => act(office, 'view-invoice', { invoice }),
  look: saleOf,
  strays: ({ cin7 }) => strays(cin7.customers),
})

/** Less than any invoice, or bill, of chance. */
const part = (random: Random): string => (random.between(20, 50) / 100).toFixed(2)

const paymentToPayment = scene({
  flow: 'payment-to-payment',
  // Its invoice is told of as well.
  jobs: 2,
  async make(office, random, number) {
    const invoice = await sent(office, random, number)
    const type = random.pick(['Check', 'Cash', 'Credit Card', 'Other'])
    const form = { invoice, amount: part(random), date: office.daysAgo(1), type }
    return String((await act(office, 'pay-invoice', form)).id)
  },
  tell: saved('payment'),
  look: paymentOf,
  strays: ({ cin7 }) => strays(cin7.customers),
})

const billed = async (office: FreshbooksCin7, random: Random, number: number): Promise<Answer & { code: unknown }> => {
  const { payments: _, ...form } = billOf(lately(office, random), number)
  const { id } = await act(office, 'create-bill', form)
  return { id, code: form.currency_code }
}

const billToPurchase = scene({
  flow: 'bill-to-purchase',
  // A bill is told to bill-payment-to-payment as well.
  jobs: 2,
  make: async (office, random, number) => String((await billed(office, random, number)).id),
  tell: saved('bill'),
  look: purchaseOf,
  strays: ({ cin7 }) => strays(cin7.suppliers),
})

const billPaymentToPayment = scene({
  flow: 'bill-payment-to-payment',
  jobs: 2,
  async make(office, random, number) {
    const { id, code } = await billed(office, random, number)
    for (let n = random.between(1, 3); n > 0; n -= 1)
      await act(office, 'create-bill_payment', {
        billid: id,
        amount: { amount: part(random), code },
        paid_date: office.daysAgo(1),
        payment_type: random.pick(['Check', 'Cash']),
      })
    return String(id)
  },
  tell: saved('bill'),
  look: billPaymentsOf,
  strays: ({ cin7 }) => strays(cin7.suppliers),
})

const expenseToPurchase = scene({
  flow: 'expense-to-purchase',
  jobs: 1,
  make: async (office, random, number) =>
    String((await act(office, 'create-expense', expenseOf(lately(office, random), number))).id),
  tell: saved('expense'),
  look: costOf,
})

/** No webhook tells of it. */
const journalToJournal = scene({
  flow: 'journal-to-journal',
  jobs: 0,
  polled: true,
  async make(office, random, number) {
    const form = journalForm(lately(office, random), number)
    return `${(await act(office, 'create-journal-entry', form)).id}@${form.user_entered_date}`
  },
  tell: (office) => order(office, 'poll'),
  look: journalOf,
})

export const freshbooksCin7: Scene[] = [
  clientToCustomer,
  vendorToSupplier,
  invoiceToSale,
  paymentToPayment,
  billToPurchase,
  billPaymentToPayment,
  expenseToPurchase,
  journalToJournal,
]
