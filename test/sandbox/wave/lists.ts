import Big from 'big.js'
import { z } from 'zod'
import { decodeId } from './ids'
import type { Book } from './model'
import type { Keys } from './paging'
import { ChangeArgs, changedWithin, PageArgs, sorted } from './paging'
import type { Account, Contact, Invoice, Kind, Product, Records, SalesTax } from './records'
import { amountDue, statusOf } from './status'
import { typeOf } from './subtypes'

const texts = z.array(z.string()).nullish()
const flag = z.boolean().nullish()
const Sort = z.object({ sort: z.array(z.string()).default([]) })

export const InvoiceArgs = PageArgs.extend(ChangeArgs.shape).extend({
  ...Sort.shape,
  amountDue: z.string().nullish(),
  currency: z.string().nullish(),
  customerId: z.string().nullish(),
  invoiceDateStart: z.string().nullish(),
  invoiceDateEnd: z.string().nullish(),
  invoiceNumber: z.string().nullish(),
  sourceId: z.string().nullish(),
  status: z.string().nullish(),
})
export const ContactArgs = PageArgs.extend(ChangeArgs.shape).extend({ ...Sort.shape, email: z.string().nullish() })
export const ProductArgs = PageArgs.extend(ChangeArgs.shape).extend({
  ...Sort.shape,
  isArchived: flag,
  isSold: flag,
  isBought: flag,
})
export const TaxArgs = PageArgs.extend(ChangeArgs.shape).extend({ isArchived: flag })
export const AccountArgs = PageArgs.extend({ isArchived: flag, types: texts, subtypes: texts, excludedSubtypes: texts })

const of = <K extends Kind>(book: Book, kind: K, business: string): Records[K][] => {
  const rows: Records[K][] = book.records[kind].all()
  return rows.filter((row) => row.business === business)
}

/** A filter left out, or given as null, lets everything through. */
const equal = <T>(wanted: T | null | undefined, value: T): boolean =>
  wanted === undefined || wanted === null || wanted === value

const among = (wanted: string[] | null | undefined, value: string): boolean => !wanted || wanted.includes(value)

export const invoicesOf = (book: Book, business: string, args: z.infer<typeof InvoiceArgs>): Invoice[] => {
  const changed = changedWithin(book, args)
  const customer = args.customerId ? (decodeId(args.customerId)?.id ?? '') : undefined
  const rows = of(book, 'Invoice', business).filter(
    (invoice) =>
      changed(invoice) &&
      !args.sourceId &&
      equal(customer, invoice.customer) &&
      equal(args.currency, invoice.currency) &&
      invoice.number.includes(args.invoiceNumber ?? '') &&
      invoice.invoiceDate >= (args.invoiceDateStart ?? '') &&
      invoice.invoiceDate <= (args.invoiceDateEnd ?? '9999-12-31') &&
      (!args.amountDue || new Big(args.amountDue).eq(amountDue(invoice))) &&
      (!args.status || args.status === statusOf(book, invoice)),
  )
  return sorted(rows, args.sort, invoiceKeys(book))
}

const STAMPS = {
  CREATED_AT: (row: { createdAt: string }) => row.createdAt,
  MODIFIED_AT: (row: { modifiedAt: string }) => row.modifiedAt,
}
const NAMED = { ...STAMPS, NAME: (row: { name: string }) => row.name.toLowerCase() }

const invoiceKeys = (book: Book): Keys<Invoice> => ({
  ...STAMPS,
  AMOUNT_DUE: (invoice) => Number(amountDue(invoice)),
  AMOUNT_PAID: (invoice) => Number(invoice.amountPaid),
  CUSTOMER_NAME: (invoice) => book.records.Customer.get(invoice.customer)?.name.toLowerCase() ?? '',
  DUE_AT: (invoice) => invoice.dueDate,
  INVOICE_DATE: (invoice) => invoice.invoiceDate,
  INVOICE_NUMBER: (invoice) => invoice.number.padStart(30, '0'),
  STATUS: (invoice) => statusOf(book, invoice),
  TOTAL: (invoice) => Number(invoice.total),
})

type ContactRows = z.infer<typeof ContactArgs>

const contactsOf = (book: Book, kind: 'Customer' | 'Vendor', business: string, args: ContactRows): Contact[] => {
  const changed = changedWithin(book, args)
  return of(book, kind, business).filter((contact) => changed(contact) && equal(args.email, contact.email))
}

export const customersOf = (book: Book, business: string, args: ContactRows): Contact[] =>
  sorted(contactsOf(book, 'Customer', business, args), args.sort, NAMED)

export const vendorsOf = (book: Book, business: string, args: ContactRows): Contact[] =>
  contactsOf(book, 'Vendor', business, args)

export const productsOf = (book: Book, business: string, args: z.infer<typeof ProductArgs>): Product[] => {
  const changed = changedWithin(book, args)
  const rows = of(book, 'Product', business).filter(
    (product) =>
      changed(product) &&
      equal(args.isArchived, product.isArchived) &&
      equal(args.isSold, product.incomeAccount !== null) &&
      equal(args.isBought, product.expenseAccount !== null),
  )
  return sorted(rows, args.sort, NAMED)
}

export const salesTaxesOf = (book: Book, business: string, args: z.infer<typeof TaxArgs>): SalesTax[] => {
  const changed = changedWithin(book, args)
  return of(book, 'SalesTax', business).filter((tax) => changed(tax) && equal(args.isArchived, tax.isArchived))
}

/** Accounts have no `modifiedAt`: they are always read in full (sheet 5). */
export const accountsOf = (book: Book, business: string, args: z.infer<typeof AccountArgs>): Account[] =>
  of(book, 'Account', business).filter(
    (account) =>
      equal(args.isArchived, account.isArchived) &&
      among(args.types, typeOf(account.subtype)) &&
      among(args.subtypes, account.subtype) &&
      !args.excludedSubtypes?.includes(account.subtype),
  )
