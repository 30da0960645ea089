import { z } from 'zod'
import { notFound } from './errors'
import { graphId } from './ids'
import {
  AccountArgs,
  accountsOf,
  ContactArgs,
  customersOf,
  InvoiceArgs,
  invoicesOf,
  ProductArgs,
  productsOf,
  salesTaxesOf,
  TaxArgs,
  vendorsOf,
} from './lists'
import { currencyView } from './money'
import { paged } from './paging'
import type { Business, Kind, Records } from './records'
import type { Scope } from './views'
import { accountView, customerView, invoiceView, paymentView, productView, salesTaxView, vendorView } from './views'

/** Page size where none is asked for (sheet 5). */
const SIZE = 45

const ById = z.object({ id: z.string() })

export const businessView = (scope: Scope, business: Business): object => ({
  ...business,
  id: graphId('Business', business),
  currency: currencyView(business.currency),
  address: null,
  phone: null,
  website: null,
  ...singles(scope, business),
  ...lists(scope, business),
})

const singles = (scope: Scope, business: Business) => {
  /** Whether an unknown id is an error or plain null is not known (sheet 2). */
  const one =
    <K extends Kind>(kind: K, view: (record: Records[K]) => unknown) =>
    (args: unknown) => {
      const { id } = ById.parse(args)
      const found = scope.access.find(kind, id, business.id)
      if (found) return view(found)
      if (scope.book.world.switched<string>('node.missing', 'error') === 'null') return null
      throw notFound(kind, id)
    }
  return {
    account: one('Account', (account) => accountView(scope, account)),
    customer: one('Customer', (customer) => customerView(scope, customer)),
    invoice: one('Invoice', (invoice) => invoiceView(scope, invoice, true)),
    invoicePayment: one('InvoicePayment', (payment) => paymentView(scope, payment)),
    product: one('Product', (product) => productView(scope, product)),
    salesTax: one('SalesTax', (tax) => salesTaxView(scope, tax)),
    vendor: one('Vendor', (vendor) => vendorView(scope, vendor)),
  }
}

const lists = (scope: Scope, { id }: Business) => {
  const { book } = scope
  return {
    accounts(raw: unknown) {
      const args = AccountArgs.parse(raw)
      return paged(book, accountsOf(book, id, args), args, SIZE, (account) => accountView(scope, account))
    },
    customers(raw: unknown) {
      const args = ContactArgs.parse(raw)
      return paged(book, customersOf(book, id, args), args, SIZE, (customer) => customerView(scope, customer))
    },
    invoices(raw: unknown) {
      const args = InvoiceArgs.parse(raw)
      return paged(book, invoicesOf(book, id, args), args, SIZE, (invoice) => invoiceView(scope, invoice))
    },
    products(raw: unknown) {
      const args = ProductArgs.parse(raw)
      return paged(book, productsOf(book, id, args), args, SIZE, (product) => productView(scope, product))
    },
    salesTaxes(raw: unknown) {
      const args = TaxArgs.parse(raw)
      return paged(book, salesTaxesOf(book, id, args), args, SIZE, (tax) => salesTaxView(scope, tax))
    },
    vendors(raw: unknown) {
      const args = ContactArgs.parse(raw)
      return paged(book, vendorsOf(book, id, args), args, SIZE, (vendor) => vendorView(scope, vendor))
    },
  }
}
