import Big from 'big.js'
import type { Books } from './books'
import { ENTITIES } from './entities'
import { notFound } from './errors'
import type { Sent } from './input'
import type { Kept, Row } from './model'
import type { Problems } from './problems'
import { checkListed, checkRecord, currencies, decimalsOf } from './references'
import { blankRow, linesOf, sumOf, textOf, valueIn } from './rows'
import { daysLater } from './stamps'

/** What bills and orders have in common: vendor, terms, currency, lines, tax. `field` is what the document calls its vendor. */
export const applyVendorOf = (
  books: Books,
  row: Row,
  field: 'Vendor' | 'VendorID',
  problems: Problems,
  isNew: boolean,
): Kept | undefined => {
  if (textOf(row, field) === '') problems.empty(field, 'Vendor')
  const vendor = checkRecord(books, row, field, ENTITIES.Vendor, problems)
  if (vendor && isNew && textOf(vendor, 'Status') === 'Inactive')
    problems.add(field, "The vendor status is 'Inactive'.")
  return vendor
}

export const fillFromVendor = (books: Books, row: Row, vendor: Kept | undefined): void => {
  row.values.Terms ??= vendor ? valueIn(vendor, 'Terms') : null
  row.values.CurrencyID ??= (vendor ? valueIn(vendor, 'CurrencyID') : null) ?? books.tenant.baseCurrency
  row.values.Project ??= books.tenant.projects[0] ?? null
}

export const checkHeader = (books: Books, row: Row, branch: string, location: string, problems: Problems): void => {
  const { tenant } = books
  checkListed(
    row,
    'Terms',
    tenant.terms.map(({ id }) => id),
    problems,
  )
  checkListed(row, 'CurrencyID', currencies(books), problems)
  checkListed(row, branch, tenant.branches, problems)
  checkListed(row, location, tenant.locations, problems)
  checkListed(row, 'Project', tenant.projects, problems)
}

export const dueDay = ({ tenant }: Books, row: Row): string => {
  const days = tenant.terms.find(({ id }) => id === textOf(row, 'Terms'))?.days ?? 0
  return daysLater(textOf(row, 'Date'), days)
}

type Mend = (line: Row, sent: Sent, isNew: boolean, path: string) => void

/**
 * A sent line with an id (or its key) changes that line, with `delete` it goes; without either it is added, also when the
 * same was sent before (sheet 5, PUT rules).
 */
export const applyLines = (row: Row, sent: Sent[], key: string | undefined, mend: Mend): void => {
  for (const one of sent) {
    const lines = linesOf(row)
    const known = lineFor(lines, one, key)
    if (one.delete) {
      if (!known) throw notFound()
      row.lines.Details = lines.filter(({ id }) => id !== known.id)
      continue
    }
    const line = known ?? blankRow()
    if (!known) row.lines.Details = [...lines, line]
    mend(line, one, known === undefined, `Details[${linesOf(row).indexOf(line)}].`)
  }
}

const lineFor = (lines: Row[], sent: Sent, key: string | undefined): Row | undefined => {
  const wanted = key === undefined ? undefined : sent.values[key]
  const found = lines.find(({ id, values }) => id === sent.id || (wanted != null && values[key ?? ''] === wanted))
  if (!found && sent.id !== undefined) throw notFound()
  return found
}

/** Quantity × price in the currency's decimals, unless the extended cost itself was sent. */
export const extend = (books: Books, currency: string, line: Row, quantity: string, sent: Sent): void => {
  const { quantityDecimals, unitCostDecimals } = books.tenant.preferences
  const rounded = (name: string, places: number) => {
    line.values[name] = new Big(textOf(line, name) || '0').round(places).toFixed()
  }
  rounded(quantity, quantityDecimals)
  rounded('UnitCost', unitCostDecimals)
  const places = decimalsOf(books, currency)
  const product = new Big(textOf(line, quantity)).times(textOf(line, 'UnitCost')).round(places)
  // [U] Which of quantity, price and extended cost wins when all are sent and differ.
  const isSent =
    sent.values.ExtendedCost != null && books.world.switched<string>('line.extendedCost', 'sent') === 'sent'
  const touched =
    [quantity, 'UnitCost'].some((name) => sent.values[name] !== undefined) || line.values.ExtendedCost == null
  if (isSent) rounded('ExtendedCost', places)
  else if (touched || sent.values.ExtendedCost != null) line.values.ExtendedCost = product.toFixed()
}

/** One row per taxed category, when the vendor has a tax zone. Answers the tax in all. */
export const applyTaxes = (books: Books, row: Row, vendor: Kept | undefined): Big => {
  const places = decimalsOf(books, textOf(row, 'CurrencyID'))
  const isTaxed = vendor !== undefined && textOf(vendor, 'TaxZone') !== ''
  const rates = isTaxed ? Object.entries(books.tenant.taxCategories) : []
  const before = linesOf(row, 'TaxDetails')
  const taxes: Row[] = []
  for (const [category, rate] of rates) {
    const taxable = sumOf(
      linesOf(row).filter((line) => textOf(line, 'TaxCategory') === category),
      'ExtendedCost',
    )
    const TaxAmount = taxable.times(rate).div(100).round(places).toFixed()
    if (TaxAmount === '0') continue
    const known = before.find((one) => textOf(one, 'TaxID') === category) ?? blankRow()
    const values = { TaxID: category, TaxRate: rate, TaxableAmount: taxable.toFixed(), TaxAmount }
    taxes.push({ ...known, values })
  }
  row.lines.TaxDetails = taxes
  return sumOf(taxes, 'TaxAmount')
}
