import type { Failure } from '../../../src/core/failure'
import type { Lookups, Mapped, Need, TargetRef } from '../../../src/core/flow'
import { Settings } from '../../../src/pairs/freshbooks-cin7/settings'
import { Bill } from '../../../src/vendors/freshbooks/bills'
import { Client } from '../../../src/vendors/freshbooks/clients'
import { Expense } from '../../../src/vendors/freshbooks/expenses'
import { Invoice } from '../../../src/vendors/freshbooks/invoices'
import { Payment } from '../../../src/vendors/freshbooks/payments'
import { BillVendor } from '../../../src/vendors/freshbooks/vendors'
import {
  billRow,
  clientRow,
  expenseRow,
  invoiceLine,
  invoiceRow,
  money,
  paymentRow,
  vendorRow,
} from '../../vendors/freshbooks/rows'

export type Row = Record<string, unknown>

export const aClient = (change: Row = {}): Client => Client.parse(clientRow(change))
export const aVendor = (change: Row = {}): BillVendor => BillVendor.parse(vendorRow(change))
export const aBill = (change: Row = {}): Bill => Bill.parse(billRow(change))
export const anExpense = (change: Row = {}): Expense => Expense.parse(expenseRow(change))
export const aPayment = (change: Row = {}): Payment => Payment.parse(paymentRow(change))

/** Two lines, the first of them taxed, and 10 % discount: the vendor's own sample. */
export const anInvoice = (change: Row = {}, skus: Record<string, string> = {}): Invoice =>
  Invoice.parse({ ...invoiceRow({ lines: [invoiceLine(), mugs()], ...change }), skus })

export const mugs = (change: Row = {}): Row =>
  invoiceLine({
    lineid: 2,
    name: 'Mugs',
    description: 'Mug',
    qty: '6',
    unit_cost: money('4.00'),
    amount: money('24.00'),
    taxName1: '',
    taxAmount1: '0',
    ...change,
  })

/** A line of `qty` × `cost` with taxes as given. */
export const lineOf = (qty: string, cost: string, amount: string, taxes: Row = {}): Row =>
  invoiceLine({ qty, unit_cost: money(cost), amount: money(amount), taxName1: '', taxAmount1: '0', ...taxes })

export const settings = (change: object = {}): Settings =>
  Settings.parse({
    accountReceivable: '610',
    revenueAccount: '200',
    taxRule: 'Tax on Sales',
    noTaxRule: 'Tax Exempt',
    paymentTerm: '30 days',
    location: 'Main Warehouse',
    chargeProduct: 'FreshBooks line',
    discountAccount: '260',
    paymentAccount: '713',
    purchases: {
      accountPayable: '800',
      taxRule: 'Tax on Purchases',
      noTaxRule: 'Purchases Exempt',
      chargeProduct: 'FreshBooks cost',
    },
    ...change,
  })

export const MAPPINGS: Record<string, string> = {
  'tax/HST 13%': 'HST 13',
  'tax/GST': 'GST any',
  'tax/GST+PST': 'GST and PST',
  'tax/GST 5%+QST 9.975%': 'Quebec',
  'purchase-tax/HST': 'HST purchases',
  'item/Mugs': 'MUG-1',
  'revenue/Bowls': '201',
  'payment/cash': '715',
  'account/601': '404',
  'account/105': '710',
  'expense-category/65': '405',
  'expense-category/66': '406',
  'bill-payment/check': '716',
}

/** What was carried: parties in any currency, the sale and the purchase. */
const LINKED: Record<string, (need: Need) => TargetRef | undefined> = {
  'freshbooks-cin7/client-to-customer': ({ variant }) => ({ id: `Customer-${variant}`, number: 'Harbour', facts: {} }),
  'freshbooks-cin7/vendor-to-supplier': ({ variant }) => ({ id: `Supplier-${variant}`, number: 'Staples', facts: {} }),
  'freshbooks-cin7/invoice-to-sale': () => ({ id: 'sale-1', number: 'SO-1', facts: { invoice: 'task-1' } }),
  'freshbooks-cin7/bill-to-purchase': () => ({ id: 'purchase-1', number: 'PO-1', facts: { invoice: 'task-2' } }),
}

export const lookups = (change: Partial<Lookups> = {}, mappings = MAPPINGS): Lookups => ({
  mapped: (kind, code) => mappings[`${kind}/${code}`],
  linked: (need) => LINKED[need.flow]?.(need),
  variants: [],
  sourceAccount: { id: 'freshbooks', baseCurrency: null },
  targetAccount: { id: 'cin7', baseCurrency: 'CAD' },
  ...change,
})

export const drafts = <D>(result: Mapped<D>[] | Failure): Mapped<D>[] => {
  if (!Array.isArray(result)) throw new Error(`${result.code}: ${result.message}`)
  return result
}

export const onlyDraft = <D>(result: Mapped<D>[] | Failure): D => {
  const [first, ...more] = drafts(result)
  if (!first || more.length > 0) throw new Error(`${more.length + 1} drafts`)
  return first.draft
}

export const refusal = (result: unknown[] | Failure): Failure => {
  if (Array.isArray(result)) throw new Error('it was not refused')
  return result
}
