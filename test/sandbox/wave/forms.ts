import type { Book } from './model'
import type { Business } from './records'
import type { InvoiceForm, Item } from './seed-input'

/** Finds what a person means: bare id, GraphQL-free name, or abbreviation, within one business. */
export const meant = (
  rows: { id: string; business: string; name: string; abbreviation?: string }[],
  business: string,
  words: string,
): string =>
  rows.find(
    (row) => row.business === business && (row.id === words || row.name === words || row.abbreviation === words),
  )?.id ?? words

export const accountMeant = (book: Book, business: string, words: string): string =>
  meant(book.records.Account.all(), business, words)

export const bankOf = (book: Book, { id }: Business): string =>
  book.records.Account.all().find((account) => account.business === id && account.subtype === 'CASH_AND_BANK')?.id ?? ''

/** From the form as people fill it in to the input of `createInvoice` and `patchInvoice`. */
export const invoiceInput = (book: Book, business: Business, form: InvoiceForm): Record<string, unknown> => {
  const { customer, items, number, discount, ...rest } = form
  return {
    ...rest,
    businessId: business.id,
    ...(customer === undefined ? {} : { customerId: meant(book.records.Customer.all(), business.id, customer) }),
    ...(number === undefined ? {} : { invoiceNumber: number }),
    ...(items === undefined ? {} : { items: items.map((item) => itemInput(book, business.id, item)) }),
    ...(discount === undefined ? {} : { discounts: discount ? [discount] : [] }),
  }
}

const itemInput = (book: Book, business: string, { product, account, taxes, ...rest }: Item) => ({
  ...rest,
  productId: meant(book.records.Product.all(), business, product),
  accountId: account === undefined ? undefined : accountMeant(book, business, account),
  taxes: taxes?.map((tax) => ({ salesTaxId: meant(book.records.SalesTax.all(), business, tax) })),
})
