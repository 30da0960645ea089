import type { Books } from '../books'
import type { Purchase } from '../purchases/model'
import { supplierName } from '../purchases/view'
import type { Taxed } from '../rows'
import type { Sale } from '../sale-model'
import { systemAccount } from './accounts'
import { inBase, moneyPostings, type Posting, rowPostings, transferPostings } from './money-postings'

export interface Entry extends Posting {
  TaskID: string
  Reference: string
  Transaction: string
  Type: string
}

interface Document {
  TaskID: string
  Reference: string
  Transaction: string
  Type: string
  date: string
  rate: string
}

/** `fromControl`: the control account is debited (sales invoices) instead of credited (bills). */
const documentEntries = (
  books: Books,
  { date, rate, ...named }: Document,
  rows: Taxed[],
  inclusive: boolean,
  control: string,
  fromControl: boolean,
): Entry[] => {
  const pair = (account: string, amount: string): Posting => {
    const Amount = inBase(amount, rate)
    return fromControl
      ? { Debit: control, Credit: account, Amount, EffectiveDate: date }
      : { Debit: account, Credit: control, Amount, EffectiveDate: date }
  }
  return rows.flatMap((row) => rowPostings(books, row, inclusive, pair)).map((posting) => ({ ...named, ...posting }))
}

const rowsOf = <T extends Taxed, U extends Taxed>({
  Lines,
  AdditionalCharges,
}: {
  Lines: T[]
  AdditionalCharges: U[]
}) => [...Lines, ...AdditionalCharges]

interface Paid {
  TaskID: string
  Type: string
  Reference: string
  Amount: string
  CurrencyRate: string
  DatePaid: string
  Account: string
}

/** Money in for a sale and for a supplier's refund; money out for a purchase and for a customer's refund. */
const paymentEntry = (name: string, type: string, control: string, moneyIn: boolean, paid: Paid): Entry => ({
  TaskID: paid.TaskID,
  Reference: paid.Reference,
  Transaction: name,
  Type: type,
  Debit: moneyIn ? paid.Account : control,
  Credit: moneyIn ? control : paid.Account,
  Amount: inBase(paid.Amount, paid.CurrencyRate),
  EffectiveDate: paid.DatePaid,
})

const authorised = ({ Status }: { Status: string }): boolean => Status === 'AUTHORISED'

const saleEntries = (books: Books, sale: Sale): Entry[] => {
  const control = systemAccount(books, 'Accounts receivable')
  const name = books.customers.get(sale.customerId)?.Name ?? ''
  const told = (TaskID: string, number: string, date: string, rate: string): Document => ({
    TaskID,
    Reference: number,
    Transaction: `${name} - ${number}`,
    Type: 'Sale',
    date,
    rate,
  })
  return [
    ...sale.invoices.filter(authorised).flatMap((invoice) => {
      const { TaskID, InvoiceNumber, InvoiceDate, CurrencyConversionRate } = invoice
      const document = told(TaskID, InvoiceNumber, InvoiceDate, CurrencyConversionRate)
      return documentEntries(books, document, rowsOf(invoice), sale.taxInclusive, control, true)
    }),
    ...sale.credits.filter(authorised).flatMap((credit) => {
      const { TaskID, CreditNoteNumber, CreditNoteDate, CreditNoteConversionRate } = credit
      const document = told(TaskID, CreditNoteNumber, CreditNoteDate, CreditNoteConversionRate)
      return documentEntries(books, document, rowsOf(credit), sale.taxInclusive, control, false)
    }),
    ...sale.payments.map((paid) => paymentEntry(name, 'Sale', control, paid.Type !== 'Refund', paid)),
  ]
}

const purchaseEntries = (books: Books, purchase: Purchase): Entry[] => {
  const control = systemAccount(books, 'Accounts payable')
  const name = supplierName(books, purchase) ?? ''
  const told = (TaskID: string, number: string, date: string | null, rate: string): Document => ({
    TaskID,
    Reference: number,
    Transaction: `${name} - ${number}`,
    Type: 'Purchase',
    date: date ?? '',
    rate,
  })
  return [
    ...purchase.groups.flatMap(({ TaskID, invoice }) => {
      if (!authorised(invoice)) return []
      const document = told(TaskID, invoice.InvoiceNumber, invoice.InvoiceDate, invoice.CurrencyRate)
      return documentEntries(books, document, rowsOf(invoice), purchase.taxInclusive, control, false)
    }),
    ...purchase.credits.filter(authorised).flatMap((credit) => {
      const document = told(credit.TaskID, credit.CreditNoteNumber, credit.CreditNoteDate, purchase.currencyRate)
      return documentEntries(books, document, rowsOf(credit), purchase.taxInclusive, control, true)
    }),
    ...purchase.payments.map((paid) => paymentEntry(name, 'Purchase', control, paid.Type === 'Refund', paid)),
  ]
}

const journalEntries = (books: Books): Entry[] =>
  books.journals
    .all()
    .filter(({ Status }) => Status === 'COMPLETED')
    .flatMap(({ TaskID, JournalNumber, EffectiveDate, Lines }) =>
      Lines.map(({ Debit, Credit, BaseAmount, Reference }) => {
        const posting = { Debit, Credit, Amount: BaseAmount, EffectiveDate }
        return { TaskID, Reference, Transaction: JournalNumber, Type: 'Journal', ...posting }
      }),
    )

const MONEY_TYPES = { 'Spend Money': 'MoneySpend', 'Receive Money': 'MoneyReceive', 'Transfer Money': 'BankTransfer' }

const moneyEntries = (books: Books): Entry[] =>
  books.moneyTasks.all().flatMap((task) => {
    const postings = task.TaskType === 'Transfer Money' ? transferPostings(books, task) : moneyPostings(books, task)
    const { TaskID, Reference, TaskType } = task
    const Type = MONEY_TYPES[TaskType]
    return postings.map((posting) => ({ TaskID, Reference, Transaction: TaskType, Type, ...posting }))
  })

/** Every posting of the company: documents, payments, journals and money, as `/transactions` tells them. */
export const entriesOf = (books: Books): Entry[] => [
  ...books.sales.all().flatMap((sale) => saleEntries(books, sale)),
  ...books.purchases.all().flatMap((purchase) => purchaseEntries(books, purchase)),
  ...journalEntries(books),
  ...moneyEntries(books),
]
