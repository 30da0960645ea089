import { assign, readLabel } from './assign'
import type { Books } from './books'
import { ENTITIES } from './entities'
import { ADDRESS, CONTACT } from './fields-vendor'
import type { Sent } from './input'
import type { Row } from './model'
import type { Problems } from './problems'
import { checkAccount, checkListed, checkRecord, checkSubaccount, currencies } from './references'
import { linkedOf, startValues, textOf, valueIn } from './rows'
import { noFills } from './seed-input'

/** `Active` was seen; the others are [U]. Codes are not documented. */
const STATUSES = { A: 'Active', H: 'On Hold', P: 'Hold Payments', I: 'Inactive', T: 'One-Time' }

const FIXED = ['VendorID', 'CreatedDateTime', 'LastModifiedDateTime']

/** What PUT Vendor does to the form. */
export const applyVendor = (books: Books, row: Row, sent: Sent, problems: Problems, isNew: boolean): void => {
  if (isNew) number(books, row, sent, problems)
  assign(books, ENTITIES.Vendor.shape, row, sent, problems, FIXED)
  if (isNew) startVendor(books, row, sent)
  for (const [name, part] of Object.entries(sent.linked)) assignContact(books, row, name, part, problems)
  checkVendor(books, row, problems)
}

/** [U] Vendors can be numbered like customers, whose chosen key was ignored in a recording (sheet 1.3). */
const number = (books: Books, row: Row, sent: Sent, problems: Problems): void => {
  const { vendorNumbering, vendorIdLength } = books.tenant.preferences
  if (vendorNumbering === 'auto') {
    row.values.VendorID = '<NEW>'
    return
  }
  const sentId = sent.values.VendorID
  row.values.VendorID = typeof sentId === 'string' ? sentId.trim() : null
  if (books.world.switched('vendor.upperCase', false)) row.values.VendorID = textOf(row, 'VendorID').toUpperCase()
  if (textOf(row, 'VendorID') === '') problems.empty('VendorID', 'Vendor ID')
  if (textOf(row, 'VendorID').length > vendorIdLength)
    problems.add('VendorID', `The string value is too long: at most ${vendorIdLength} characters are allowed.`)
}

const startVendor = (books: Books, row: Row, sent: Sent): void => {
  row.values.VendorClass ??= books.tenant.defaultVendorClass
  row.values.Status ??= 'Active'
  row.values.LegalName ??= valueIn(row, 'VendorName')
  row.values.LocationName ??= 'Primary Location'
  row.values.PaymentBy ??= 'Due Date'
  row.values.TaxCalculationMode ??= 'Tax Settings'
  row.values.MaxReceipt ??= '100'
  row.values.PaymentLeadTimedays ??= 0
  fill(books, row, sent)
  startValues(ENTITIES.Vendor.shape, row)
  for (const name of ['MainContact', 'RemittanceContact', 'ShippingContact']) startContact(row, name)
}

/** [U] The class fills in what the caller leaves out. */
const fill = ({ tenant }: Books, row: Row, sent: Sent): void => {
  const fills = tenant.classFills[textOf(row, 'VendorClass')] ?? noFills()
  for (const [name, value] of Object.entries(fills)) if (sent.values[name] === undefined) row.values[name] = value
}

const startContact = (row: Row, name: string): void => {
  const contact = linkedOf(row, name)
  contact.values.CompanyName ??= valueIn(row, 'VendorName')
  contact.values.Active ??= true
  startValues(CONTACT, contact)
  startValues(ADDRESS, linkedOf(contact, 'Address'))
}

const assignContact = (books: Books, row: Row, name: string, sent: Sent, problems: Problems): void => {
  startContact(row, name)
  const contact = linkedOf(row, name)
  assign(books, CONTACT, contact, sent, problems, ['ContactID', 'NoteID', 'LastModifiedDateTime'], `${name}.`)
  if (sent.linked.Address)
    assign(
      books,
      ADDRESS,
      linkedOf(contact, 'Address'),
      sent.linked.Address,
      problems,
      ['Validated'],
      `${name}.Address.`,
    )
  const country = textOf(linkedOf(contact, 'Address'), 'Country')
  if (country !== '' && !/^[A-Z]{2}$/.test(country)) problems.notInSystem(`${name}.Address.Country`, 'Country')
}

const checkVendor = (books: Books, row: Row, problems: Problems): void => {
  const { tenant } = books
  if (textOf(row, 'VendorName') === '') problems.empty('VendorName', 'Vendor Name')
  if (textOf(row, 'VendorClass') === '') problems.empty('VendorClass', 'Vendor Class')
  readLabel(row, 'Status', STATUSES, problems)
  checkRecord(books, row, 'VendorClass', ENTITIES.VendorClass, problems)
  checkListed(
    row,
    'Terms',
    tenant.terms.map(({ id }) => id),
    problems,
  )
  checkListed(row, 'CurrencyID', currencies(books), problems)
  checkListed(row, 'PaymentMethod', tenant.paymentMethods, problems)
  checkListed(row, 'TaxZone', tenant.taxZones, problems)
  checkAccount(books, row, 'APAccount', problems)
  checkSubaccount(books, row, 'APSubaccount', problems)
  checkAccount(books, row, 'CashAccount', problems)
}
