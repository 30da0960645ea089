import Big from 'big.js'
import { z } from 'zod'
import type { Access } from './access'
import { businessView } from './business-view'
import { graphId } from './ids'
import { rateOn } from './invoice-lines'
import type { Book } from './model'
import { got, today } from './model'
import { currencyView, moneyView, plain, sum } from './money'
import type {
  Account,
  Address,
  Contact,
  Discount,
  Invoice,
  InvoiceLine,
  Kind,
  Payment,
  Product,
  SalesTax,
} from './records'
import { amountDue, isOverdue, statusOf } from './status'
import { subtypeView } from './subtypes'

/** A request's sight of the book. Views are what the GraphQL engine walks; functions run only when asked for. */
export interface Scope {
  book: Book
  access: Access
}

const identity = (scope: Scope, kind: Kind, record: { id: string; business: string }) => ({
  id: graphId(kind, record),
  internalId: record.id,
  business: () => businessView(scope, got(scope.book.records.Business.get(record.business), record.business)),
})

const pointed = <T, V>(found: T | undefined, id: string, view: (record: T) => V): V => view(got(found, id))

export const accountView = (scope: Scope, account: Account) => {
  const { type, ...subtype } = subtypeView(account.subtype)
  return {
    ...account,
    ...identity(scope, 'Account', account),
    balanceInBusinessCurrency: account.balance,
    classicId: account.id,
    currency: currencyView(account.currency),
    normalBalanceType: type.normalBalanceType,
    subtype: { ...subtype, type },
    type,
  }
}

const accountAt = (scope: Scope, id: string) =>
  pointed(scope.book.records.Account.get(id), id, (account) => accountView(scope, account))

const customerAt = (scope: Scope, id: string) =>
  pointed(scope.book.records.Customer.get(id), id, (customer) => customerView(scope, customer))

const taxAt = (scope: Scope, id: string) =>
  pointed(scope.book.records.SalesTax.get(id), id, (tax) => salesTaxView(scope, tax))

const regions = new Intl.DisplayNames(['en'], { type: 'region' })

const addressView = (address: Address | null) =>
  address && {
    ...address,
    country: address.countryCode && { code: address.countryCode, name: regions.of(address.countryCode) },
    province: address.provinceCode && { code: address.provinceCode, name: address.provinceCode },
  }

const contactView = (scope: Scope, kind: 'Customer' | 'Vendor', contact: Contact) => ({
  ...contact,
  ...identity(scope, kind, contact),
  address: addressView(contact.address),
  currency: contact.currency && currencyView(contact.currency),
  shippingDetails: contact.shippingDetails && {
    ...contact.shippingDetails,
    address: addressView(contact.shippingDetails.address),
  },
})

export const vendorView = (scope: Scope, vendor: Contact) => contactView(scope, 'Vendor', vendor)

export const customerView = (scope: Scope, customer: Contact) => ({
  ...contactView(scope, 'Customer', customer),
  outstandingAmount: () => owed(scope.book, customer, (invoice) => invoice.stage !== 'DRAFT'),
  overdueAmount: () => owed(scope.book, customer, (invoice) => isOverdue(scope.book, invoice)),
})

const owed = (book: Book, customer: Contact, counts: (invoice: Invoice) => boolean) => {
  const code = customer.currency ?? got(book.records.Business.get(customer.business), customer.business).currency
  const mine = book.records.Invoice.all().filter(
    (invoice) => invoice.customer === customer.id && invoice.currency === code && counts(invoice),
  )
  return moneyView(book.world, sum(mine.map(amountDue)), code)
}

export const productView = (scope: Scope, product: Product) => ({
  ...product,
  ...identity(scope, 'Product', product),
  isSold: product.incomeAccount !== null,
  isBought: product.expenseAccount !== null,
  incomeAccount: () => product.incomeAccount && accountAt(scope, product.incomeAccount),
  expenseAccount: () => product.expenseAccount && accountAt(scope, product.expenseAccount),
  defaultSalesTaxes: () => product.defaultSalesTaxes.map((id) => taxAt(scope, id)),
})

const RateArgs = z.object({ for: z.string().nullish() })

export const salesTaxView = (scope: Scope, tax: SalesTax) => ({
  ...tax,
  ...identity(scope, 'SalesTax', tax),
  rate: (args: unknown) => rateOn(tax, RateArgs.parse(args).for ?? today(scope.book, tax.business)),
})

/** `payments` is filled only where one invoice is read by its id (sheet 5). */
export const invoiceView = (scope: Scope, invoice: Invoice, full = false): object => {
  const { book } = scope
  const money = (amount: string) => () => moneyView(book.world, amount, invoice.currency)
  const link = (form: string) =>
    `https://accounting.waveapps.com/invoices/${invoice.business}/${form}/${invoice.id}/${invoice.secret}`
  const noItems = invoice.items.length === 0 && book.world.switched('items.emptyIsNull', false)
  return {
    ...invoice,
    ...invoice.texts,
    ...identity(scope, 'Invoice', invoice),
    anonymousId: invoice.secret,
    invoiceNumber: invoice.number,
    status: () => statusOf(book, invoice),
    currency: () => currencyView(invoice.currency),
    customer: () => customerAt(scope, invoice.customer),
    amountDue: money(amountDue(invoice)),
    amountPaid: money(invoice.amountPaid),
    subtotal: money(invoice.subtotal),
    discountTotal: money(invoice.discountTotal),
    taxTotal: money(invoice.taxTotal),
    total: money(invoice.total),
    discounts: invoice.discount ? [discountView(invoice.discount)] : [],
    items: () => (noItems ? null : invoice.items.map((line) => lineView(scope, invoice, line))),
    payments: () => (full ? paymentViews(scope, invoice) : null),
    pdfUrl: `${link('export')}?pdf=1`,
    viewUrl: link('readonly'),
  }
}

const discountView = ({ type, value, ...rest }: Discount) =>
  type === 'FIXED'
    ? { ...rest, __typename: 'FixedInvoiceDiscount', amount: value }
    : { ...rest, __typename: 'PercentageInvoiceDiscount', percentage: value }

const lineView = (scope: Scope, invoice: Invoice, line: InvoiceLine) => {
  const money = (amount: string) => moneyView(scope.book.world, amount, invoice.currency)
  const product = () => got(scope.book.records.Product.get(line.product), line.product)
  return {
    ...line,
    id: graphId('InvoiceItem', { id: line.id, business: invoice.business }),
    price: line.unitPrice,
    account: () => accountAt(scope, line.account),
    product: () => productView(scope, product()),
    subtotal: money(line.subtotal),
    total: money(line.total),
    taxes: () =>
      line.taxes.map(({ salesTax, rate, amount }) => ({
        rate,
        amount: money(amount),
        salesTax: () => taxAt(scope, salesTax),
      })),
  }
}

const paymentViews = (scope: Scope, invoice: Invoice) =>
  invoice.payments.map((id) =>
    pointed(scope.book.records.InvoicePayment.get(id), id, (payment) => paymentView(scope, payment)),
  )

/** `amount` and `displayExchangeRate` are plain texts here, not `Decimal` or `Money` (sheet 3). */
export const paymentView = (scope: Scope, payment: Payment): object => {
  const { records } = scope.book
  const invoice = got(records.Invoice.get(payment.invoice), payment.invoice)
  const account = got(records.Account.get(payment.account), payment.account)
  const business = got(records.Business.get(payment.business), payment.business)
  return {
    ...payment,
    ...identity(scope, 'InvoicePayment', payment),
    amount: new Big(payment.amount).toFixed(currencyView(invoice.currency).exponent),
    displayExchangeRate: plain(payment.exchangeRate),
    account: () => accountView(scope, account),
    active: true,
    origin: 'MANUAL',
    state: 'COMPLETED',
    customer: () => customerAt(scope, invoice.customer),
    invoice: () => invoiceView(scope, invoice),
    businessCurrency: currencyView(business.currency),
    invoiceCurrency: currencyView(invoice.currency),
    paymentCurrency: currencyView(account.currency),
  }
}
