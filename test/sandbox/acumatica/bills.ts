import Big from 'big.js'
import { assign, readLabel } from './assign'
import { mendBillLine } from './bill-lines'
import { billStatus, isEditable } from './bill-state'
import type { Books } from './books'
import { applyLines, applyTaxes, applyVendorOf, checkHeader, dueDay, fillFromVendor } from './documents'
import { ENTITIES } from './entities'
import type { Sent } from './input'
import type { Kept, Row } from './model'
import { spread } from './order-links'
import { applyPeriod } from './periods'
import type { Problems } from './problems'
import { checkAccount } from './references'
import { flagOf, linesOf, sameText, startValues, sumOf, textOf } from './rows'

/** Labels and codes; `Prepayment` is known from one source (sheet 6). */
export const BILL_TYPES = { INV: 'Bill', ADR: 'Debit Adj.', ACR: 'Credit Adj.', PPM: 'Prepayment' }

/** Set by the form's own logic, whatever is sent (sheet 6: a sent Status was ignored). */
const FIXED = [
  'ReferenceNbr',
  'Status',
  'Balance',
  'TaxTotal',
  'Amount',
  'PostPeriod',
  'IsTaxValid',
  'LastModifiedDateTime',
]

/** What PUT Bill does to the form. A released bill cannot be edited: what was sent is dropped. */
export const applyBill = (books: Books, row: Kept, sent: Sent, problems: Problems, isNew: boolean): void => {
  if (!isNew && !isEditable(row)) return
  if (isNew) number(books, row, sent, problems)
  assign(books, ENTITIES.Bill.shape, row, sent, problems, isNew ? FIXED : [...FIXED, 'Type'])
  row.values.Type ??= 'Bill'
  readLabel(row, 'Type', BILL_TYPES, problems)
  row.values.Date ??= books.today
  const vendor = applyVendorOf(books, row, 'Vendor', problems, isNew)
  fillFromVendor(books, row, vendor)
  if (isNew) startBill(books, row)
  checkHeader(books, row, 'BranchID', 'LocationID', problems)
  checkAccount(books, row, 'CashAccount', problems)
  row.values.DueDate ??= dueDay(books, row)
  applyPeriod(books, row, sent.values.PostPeriod, sent.values.Date !== undefined, problems)
  applyLines(row, spread(books, sent.lines.Details ?? []), undefined, (line, one, fresh, path) =>
    mendBillLine(books, row, line, one, problems, path, fresh),
  )
  total(books, row, vendor, sent, problems)
  checkReference(books, row, problems)
  row.values.Status = billStatus(books, row)
}

const number = (books: Books, row: Row, sent: Sent, problems: Problems): void => {
  row.values.ReferenceNbr = '<NEW>'
  if (books.tenant.preferences.documentNumbering === 'auto') return
  const own = sent.values.ReferenceNbr
  if (typeof own === 'string' && own.trim() !== '<NEW>') row.values.ReferenceNbr = own.trim()
  else problems.empty('ReferenceNbr', 'Reference Nbr.')
}

const startBill = (books: Books, row: Row): void => {
  row.values.Hold ??= books.tenant.preferences.holdBillsOnEntry
  row.values.BranchID ??= books.branch
  row.values.LocationID ??= books.tenant.locations[0] ?? null
  startValues(ENTITIES.Bill.shape, row)
}

/** `Amount` is the form's control total: it counts only where totals are validated, and only once off hold (sheet 6). */
const total = (books: Books, row: Kept, vendor: Kept | undefined, sent: Sent, problems: Problems): void => {
  const tax = applyTaxes(books, row, vendor)
  const sum = sumOf(linesOf(row), 'Amount').plus(tax)
  const { validateBillTotals } = books.tenant.preferences
  const control = new Big(String(sent.values.Amount ?? (textOf(row, 'Amount') || '0')))
  if (validateBillTotals && !flagOf(row, 'Hold') && !control.eq(sum))
    problems.add('Amount', 'The document is out of balance.')
  if (!flagOf(row, 'Hold') && sum.lt(0)) problems.add('Amount', 'The document amount must not be less than zero.')
  row.values.TaxTotal = tax.toFixed()
  row.values.Amount = (validateBillTotals ? control : sum).toFixed()
  row.values.Balance = sum.minus(row.paid).toFixed()
}

/** Mandatory and unique by the payables preferences. [U] Unique per vendor and type. */
const checkReference = (books: Books, row: Row, problems: Problems): void => {
  const { requireVendorRef, uniqueVendorRef } = books.tenant.preferences
  const reference = textOf(row, 'VendorRef')
  if (reference === '' && requireVendorRef) problems.empty('VendorRef', 'Vendor Ref.')
  if (reference === '' || !uniqueVendorRef) return
  const sameScope = ['Vendor', ...(books.world.switched('duplicates.acrossTypes', false) ? [] : ['Type'])]
  const twin = books
    .of('Bill')
    .all()
    .find((one) => one.id !== row.id && isTwin(one, row, sameScope, reference))
  if (!twin) return
  problems.add('VendorRef', `The vendor reference number ${reference} is used already.`)
  problems.rule = books.world.switched('duplicates.status', 500) === 500
}

const isTwin = (one: Row, row: Row, scope: string[], reference: string): boolean =>
  textOf(one, 'Status') !== 'Voided' &&
  sameText(textOf(one, 'VendorRef'), reference) &&
  scope.every((name) => sameText(textOf(one, name), textOf(row, name)))
