import type { Invoice, InvoiceItem } from '../../vendors/wave/invoices'
import { amount } from '../../vendors/wave/shapes'

/** What the Cin7 sale is made of. Not the payments and not SENT, VIEWED, PAID …: they change nothing in the sale. */
export const fingerprint = (invoice: Invoice) => ({
  draft: invoice.status === 'DRAFT',
  number: invoice.invoiceNumber,
  date: invoice.invoiceDate,
  due: invoice.dueDate,
  customer: invoice.customer.id,
  currency: invoice.currency.code,
  rate: invoice.exchangeRate,
  memo: invoice.memo ?? '',
  po: invoice.poNumber ?? '',
  discount: amount(invoice, invoice.discountTotal),
  total: amount(invoice, invoice.total),
  lines: (invoice.items ?? []).map((item) => lineOf(invoice, item)),
})

const lineOf = (invoice: Invoice, item: InvoiceItem) => ({
  description: item.description ?? '',
  product: item.product.id,
  account: item.account.id,
  quantity: item.quantity,
  price: item.unitPrice,
  subtotal: amount(invoice, item.subtotal),
  taxes: item.taxes.map((tax) => ({ tax: tax.salesTax.id, amount: tax.amount && amount(invoice, tax.amount) })),
})
