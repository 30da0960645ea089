import type { Lookups } from '../../core/flow'
import { add, type Decimal, divide, multiply } from '../../lib/money'
import { type LineTax, taxCode } from '../../vendors/freshbooks/tax-codes'
import type { Missing } from './missing'

/** The taxes of a line. */
export interface Taxed {
  taxes: LineTax[]
  /** The second is on top of the first. */
  compounded: boolean
}

/** A mapping of taxes, and the rule of lines that have none. */
export interface TaxRules {
  mapping: 'tax' | 'purchase-tax'
  none: string
}

/**
 * Several taxes on a line are one Cin7 tax rule. Its code has names and percents, joined by `+`; or the names alone, which stand for
 * all percents. The more exact one wins.
 */
export const taxCodes = ({ taxes, compounded }: Taxed): string[] => {
  if (taxes.length === 0) return []
  const isStacked = compounded && taxes.length > 1
  const ordered = isStacked ? taxes : taxes.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const end = isStacked ? ' compounded' : ''
  return [ordered.map(taxCode).join('+') + end, ordered.map(({ name }) => name).join('+') + end]
}

export const taxRuleOf = (taxed: Taxed, { mapping, none }: TaxRules, { mapped }: Lookups, missing: Missing): string => {
  const codes = taxCodes(taxed)
  const [exact] = codes
  if (exact === undefined) return none
  const found = codes.map((code) => mapped(mapping, code)).find((rule) => rule !== undefined)
  return missing.or(found, mapping, exact, `tax ${exact}`)
}

/** Percent of all taxes together. */
export const percentOf = ({ taxes, compounded }: Taxed): Decimal => {
  const percents = taxes.map(({ percent }) => percent)
  const [first = '0', second = '0'] = percents
  return add('0', ...percents, compounded ? divide(multiply(first, second), '100', 10) : '0')
}
