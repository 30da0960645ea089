import Big from 'big.js'
import { assign, readLabel } from './assign'
import type { Books } from './books'
import { applyLines, applyTaxes, applyVendorOf, checkHeader, fillFromVendor } from './documents'
import { ENTITIES } from './entities'
import type { Sent } from './input'
import type { Kept, Row } from './model'
import { mendOrderLine } from './order-lines'
import { isEditable, orderStatus } from './order-state'
import type { Problems } from './problems'
import { flagOf, linesOf, startValues, sumOf, textOf, valueIn } from './rows'

/** Labels are known, codes are [U]. */
export const ORDER_TYPES = { RO: 'Normal', DP: 'Drop-Ship', BL: 'Blanket', SB: 'Standard' }

const FIXED = [
  'OrderNbr',
  'Status',
  'LineTotal',
  'OrderTotal',
  'TaxTotal',
  'ControlTotal',
  'IsTaxValid',
  'BaseCurrencyID',
  'CurrencyReciprocalRate',
  'LastModifiedDateTime',
]

/** What PUT PurchaseOrder does to the form; an order that is closed or cancelled cannot be edited. */
export const applyOrder = (books: Books, row: Kept, sent: Sent, problems: Problems, isNew: boolean): void => {
  if (!isNew && !isEditable(row)) return
  if (isNew) number(books, row, sent, problems)
  assign(books, ENTITIES.PurchaseOrder.shape, row, sent, problems, isNew ? FIXED : [...FIXED, 'Type'])
  row.values.Type ??= 'Normal'
  readLabel(row, 'Type', ORDER_TYPES, problems)
  row.values.Date ??= books.today
  const vendor = applyVendorOf(books, row, 'VendorID', problems, isNew)
  fillFromVendor(books, row, vendor)
  if (isNew) startOrder(books, row, vendor)
  checkHeader(books, row, 'Branch', 'Location', problems)
  applyLines(row, sent.lines.Details ?? [], 'LineNbr', (line, one, fresh, path) =>
    mendOrderLine(books, row, line, one, problems, path, fresh),
  )
  total(books, row, vendor, sent, problems)
  row.values.Status = orderStatus(books, row, vendor)
}

const number = (books: Books, row: Row, sent: Sent, problems: Problems): void => {
  row.values.OrderNbr = '<NEW>'
  if (books.tenant.preferences.documentNumbering === 'auto') return
  const own = sent.values.OrderNbr
  if (typeof own === 'string' && own.trim() !== '<NEW>') row.values.OrderNbr = own.trim()
  else problems.empty('OrderNbr', 'Order Nbr.')
}

const startOrder = (books: Books, row: Row, vendor: Kept | undefined): void => {
  row.values.Hold ??= books.tenant.preferences.holdOrdersOnEntry
  row.values.Branch ??= books.branch
  row.values.Location ??= books.tenant.locations[0] ?? null
  row.values.PromisedOn ??= valueIn(row, 'Date')
  row.values.CurrencyEffectiveDate ??= valueIn(row, 'Date')
  row.values.BaseCurrencyID = books.tenant.baseCurrency
  row.values.CurrencyRate ??= '1'
  row.values.CurrencyReciprocalRate ??= '1'
  row.values.VendorTaxZone ??= vendor ? valueIn(vendor, 'TaxZone') : null
  startValues(ENTITIES.PurchaseOrder.shape, row)
}

const total = (books: Books, row: Kept, vendor: Kept | undefined, sent: Sent, problems: Problems): void => {
  const lines = sumOf(
    linesOf(row).filter((line) => !flagOf(line, 'Cancelled')),
    'ExtendedCost',
  )
  const tax = applyTaxes(books, row, vendor)
  const sum = lines.plus(tax)
  const { validateOrderTotals } = books.tenant.preferences
  const control = new Big(String(sent.values.ControlTotal ?? (textOf(row, 'ControlTotal') || '0')))
  if (validateOrderTotals && !flagOf(row, 'Hold') && !control.eq(sum))
    problems.add('ControlTotal', 'The document is out of balance.')
  row.values.LineTotal = lines.toFixed()
  row.values.TaxTotal = tax.toFixed()
  row.values.OrderTotal = sum.toFixed()
  row.values.ControlTotal = (validateOrderTotals ? control : sum).toFixed()
}
