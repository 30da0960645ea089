import { type Invoice, type InvoiceLine, isDraft } from '../../vendors/freshbooks/invoices'

/** What the Cin7 sale is made of. Not the payments, and no status but draft: it is information only. Not the SKUs: history stands. */
export const fingerprint = (invoice: Invoice) => ({
  draft: isDraft(invoice),
  number: invoice.invoice_number,
  date: invoice.create_date,
  due: invoice.due_date ?? '',
  client: invoice.customerid,
  currency: invoice.currency_code,
  po: invoice.po_number,
  notes: invoice.notes,
  discount: [invoice.discount_value, invoice.discount_total?.amount ?? '0'],
  total: invoice.amount.amount,
  lines: invoice.lines.map(lineOf),
})

const lineOf = (line: InvoiceLine) => ({
  name: line.name,
  description: line.description,
  quantity: line.qty,
  price: line.unit_cost.amount,
  amount: line.amount.amount,
  taxes: [line.taxName1, line.taxAmount1, line.taxName2, line.taxAmount2],
  compounded: line.compounded_tax,
})
