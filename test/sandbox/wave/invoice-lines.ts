import Big from 'big.js'
import type { Access } from './access'
import { need } from './access'
import { Refused } from './errors'
import { freshId } from './ids'
import type { DiscountInput, ItemInput } from './invoice-input'
import type { Book } from './model'
import { got } from './model'
import { plain, rounded } from './money'
import type { Discount, Invoice, InvoiceLine, SalesTax } from './records'
import { totalsOf } from './totals'

/** A line before the vendor has computed it. */
export interface OpenLine {
  id: string
  product: string
  account: string
  description: string
  quantity: string
  unitPrice: string
  taxes: string[]
}

export const openLines = (book: Book, access: Access, business: string, items: ItemInput[]): OpenLine[] =>
  items.map((item, n) => openLine(book, access, business, item, ['items', n]))

const openLine = (
  book: Book,
  access: Access,
  business: string,
  item: ItemInput,
  path: (string | number)[],
): OpenLine => {
  const product = need(access, 'Product', item.productId, [...path, 'productId'], business)
  const chosen = item.accountId ? need(access, 'Account', item.accountId, [...path, 'accountId'], business).id : null
  const account = chosen ?? product.incomeAccount
  if (account === null) throw new Refused([...path, 'productId'], 'The product is not sold.')
  const taxes = item.taxes?.map(
    (tax, n) => need(access, 'SalesTax', tax.salesTaxId, [...path, 'taxes', n, 'salesTaxId'], business).id,
  )
  return {
    id: freshId(book.world, 'InvoiceItem'),
    product: product.id,
    account,
    description: item.description ?? product.description ?? '',
    quantity: toEight(item.quantity ?? '1'),
    unitPrice: toEight(item.unitPrice ?? product.unitPrice),
    taxes: taxes ?? product.defaultSalesTaxes,
  }
}

/** Quantities and prices keep 8 decimals, ties away from zero (sheet 5). */
const toEight = (value: string): string => plain(rounded(new Big(value), 8))

export const reopened = (line: InvoiceLine): OpenLine => ({ ...line, taxes: line.taxes.map((tax) => tax.salesTax) })

export const rateOn = (tax: SalesTax, date: string): string =>
  tax.rates
    .filter(({ effective }) => effective <= date)
    .toSorted((a, b) => (a.effective < b.effective ? -1 : 1))
    .at(-1)?.rate ?? '0'

type Priced = Pick<Invoice, 'items' | 'subtotal' | 'discountTotal' | 'taxTotal' | 'total'>

export const priced = (
  book: Book,
  invoice: { currency: string; invoiceDate: string; discount: Discount | null },
  lines: OpenLine[],
): Priced => {
  const drafts = lines.map(({ quantity, unitPrice, taxes }) => ({
    quantity,
    unitPrice,
    taxes: taxes.map((id) => {
      const tax = got(book.records.SalesTax.get(id), id)
      return { salesTax: id, rate: rateOn(tax, invoice.invoiceDate), isCompound: tax.isCompound }
    }),
  }))
  const { lines: totals, ...sums } = totalsOf(book.world, invoice.currency, drafts, invoice.discount)
  return { ...sums, items: lines.map((line, n) => ({ ...line, ...got(totals[n], 'line') })) }
}

/** One discount at most, for the whole invoice. */
export const discountFrom = (inputs: DiscountInput[], now: string): Discount | null => {
  const [input, another] = inputs
  if (another) throw new Refused(['discounts'], 'Only one discount is allowed.')
  if (!input) return null
  const value = input.discountType === 'FIXED' ? input.amount : input.percentage
  const field = input.discountType === 'FIXED' ? 'amount' : 'percentage'
  if (value === undefined || value === null) throw new Refused(['discounts', 0, field], 'This field is required.')
  if (new Big(value).lt(0)) throw new Refused(['discounts', 0, field], 'Must not be negative.')
  return { type: input.discountType, value, name: input.name ?? null, createdAt: now, modifiedAt: now }
}
