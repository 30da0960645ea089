import { z } from 'zod'
import type { Books } from './books'
import { postInvoice } from './sale-invoices'
import { postOrder } from './sale-orders'
import { postPayment } from './sale-payments'
import { totalsOf } from './sale-state'
import { saleView } from './sale-view'
import { createSale, saleById } from './sales'
import { today } from './stamps'

/** A sale as far as `upTo`: every field beside these goes to the header, e.g. `ExternalID`, `Note`. */
export const SaleSeed = z.looseObject({
  upTo: z.enum(['header', 'order', 'invoice', 'payment']).default('payment'),
  customer: z.string(),
  date: z.string().optional(),
  amount: z.coerce.string().default('100'),
  account: z.string().default('200'),
  bank: z.string().default('718'),
})

const header = ({
  upTo: _u,
  amount: _a,
  account: _c,
  bank: _b,
  customer,
  date,
  ...rest
}: z.infer<typeof SaleSeed>) => ({
  Customer: customer,
  Location: 'Main Warehouse',
  SkipQuote: true,
  CurrencyRate: 1,
  ...(date ? { SaleOrderDate: date } : {}),
  ...rest,
})

const charge = (Price: string, Account: string) => [
  { Description: 'Service', Quantity: 1, Price, Discount: 0, Tax: 0, TaxRule: 'Tax Exempt', Total: Price, Account },
]

const toInvoice = (books: Books, SaleID: string, seed: z.infer<typeof SaleSeed>): string => {
  const day = seed.date ?? today(books.world.now())
  const dates = { InvoiceDate: day, InvoiceDueDate: day }
  const rows = { Lines: [], AdditionalCharges: charge(seed.amount, seed.account) }
  const TaskID = '00000000-0000-0000-0000-000000000000'
  return postInvoice(books, { SaleID, TaskID, Status: 'AUTHORISED', ...dates, ...rows })[1].TaskID
}

const toPayment = (books: Books, TaskID: string, SaleID: string, seed: z.infer<typeof SaleSeed>): void => {
  const sale = saleById(books, SaleID)
  const [invoice] = sale.invoices
  const Amount = invoice ? totalsOf(books, sale, invoice).Total : '0'
  const DatePaid = seed.date ?? today(books.world.now())
  postPayment(books, { TaskID, Type: 'Payment', Amount, DatePaid, Account: seed.bank, CurrencyRate: sale.currencyRate })
}

export const seedSale = (books: Books, seed: z.infer<typeof SaleSeed>) => {
  const { ID } = createSale(books, header(seed))
  if (seed.upTo !== 'header') {
    const rows = { Lines: [], AdditionalCharges: charge(seed.amount, seed.account) }
    postOrder(books, { SaleID: ID, Status: 'AUTHORISED', ...rows })
  }
  if (seed.upTo === 'invoice' || seed.upTo === 'payment') {
    const taskId = toInvoice(books, ID, seed)
    if (seed.upTo === 'payment') toPayment(books, taskId, ID, seed)
  }
  return saleView(books, saleById(books, ID), false)
}
