import { abs, add, atMost, type Decimal, decimalsOf, divide, isZero, round, subtract } from '../../lib/money'
import type { Purchase, PurchaseRow } from '../../vendors/cin7/purchases'
import type { Settings } from './settings'
import type { Translator } from './translate'

/** Acumatica's default for prices and quantities (sheet 6); what a line comes to is said beside them. */
const FINE = 4
const CENTS = 2

/** What an order, an invoice and a credit note have in common. */
export interface Document {
  rows: PurchaseRow[]
  tax: Decimal
  total: Decimal
}

/** One document in work. */
export interface Making {
  purchase: Purchase
  document: Document
  settings: Settings
  translator: Translator
}

/** What bills and orders say of a line alike. */
export interface PlainLine {
  text: string
  /** '' = on an account. */
  item: string
  quantity: Decimal
  unitCost: Decimal
  /** Before tax. */
  amount: Decimal
  account: string
  subaccount: string
  taxCategory: string
  branch: string
}

export interface Sums {
  beforeTax: Decimal
  tax: Decimal
  total: Decimal
}

/** Before tax: Cin7's totals hold it where its prices do. */
export const netOf = ({ taxInclusive }: Purchase, { total, tax }: PurchaseRow): Decimal =>
  round(taxInclusive ? subtract(total, tax) : total, CENTS)

type Place = Pick<PlainLine, 'account' | 'subaccount'>

/** On an account, as one piece: what was counted stands in the text. */
export const accountLine = (making: Making, row: PurchaseRow, place: Place): PlainLine => {
  const amount = netOf(making.purchase, row)
  return {
    ...shared(making, row),
    ...place,
    text: textOf(row, false),
    item: '',
    quantity: '1',
    unitCost: amount,
    amount,
  }
}

export const itemLine = (making: Making, row: PurchaseRow, item: string): PlainLine => {
  const amount = netOf(making.purchase, row)
  const { quantity } = row
  const unitCost = divide(amount, quantity, FINE)
  return {
    ...shared(making, row),
    account: '',
    subaccount: '',
    text: textOf(row, true),
    item,
    quantity,
    unitCost,
    amount,
  }
}

const shared = ({ purchase, translator }: Making, row: PurchaseRow): Pick<PlainLine, 'taxCategory' | 'branch'> => ({
  taxCategory: translator.taxCategory(row),
  branch: translator.branch(purchase),
})

/** What people know the row by. */
const textOf = ({ kind, sku, name, quantity, comment }: PurchaseRow, isItem: boolean): string => {
  const what = [sku, name === sku ? '' : name].filter(Boolean).join(' ')
  const counted = isItem || (kind === 'charge' && quantity === '1') ? what : `${quantity} × ${what}`
  return [counted, comment].filter(Boolean).join(' · ')
}

/** Tax and rounding as lines of their own, where the settings want them, and what all of it has to come to. */
export const extraLines = (making: Making, lines: { amount: Decimal }[]): { extra: PlainLine[]; sums: Sums } => {
  const { settings, document } = making
  const { tax } = settings
  const asLine = tax.as === 'line' && !isZero(document.tax) ? [extraLine(making, 'Tax', document.tax, tax)] : []
  const charged = tax.as === 'line' ? '0' : document.tax
  const beforeTax = subtract(document.total, charged)
  const left = subtract(beforeTax, add('0', ...[...lines, ...asLine].map(({ amount }) => amount)))
  const sums = { beforeTax, tax: charged, total: document.total }
  return { extra: [...asLine, ...roundingLine(making, left)], sums }
}

const extraLine = (
  { translator, purchase, settings }: Making,
  text: string,
  amount: Decimal,
  place: Place,
): PlainLine => ({
  text,
  item: '',
  quantity: '1',
  unitCost: amount,
  amount,
  account: place.account,
  subaccount: place.subaccount || settings.subaccount,
  taxCategory: settings.tax.as === 'line' ? settings.tax.category : '',
  branch: translator.branch(purchase),
})

/** A difference within the limit becomes a line that says so; any other is found by the comparison. */
const roundingLine = (making: Making, left: Decimal): PlainLine[] => {
  const { rounding } = making.settings
  if (!rounding || isZero(left) || decimalsOf(left) > CENTS || !atMost(abs(left), rounding.limit)) return []
  return [extraLine(making, 'Rounding', left, rounding)]
}
